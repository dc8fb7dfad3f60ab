#!/usr/bin/env bash
# Password: an older application exchanges what the person typed into it for tokens, and counts their devices.
#
# Run:   INSIDERS_CLIENT_SECRET=... INSIDERS_USERNAME=... INSIDERS_PASSWORD=... bash password.sh
# Needs: bash, curl. Prefer the authorization code where you can: it needs no password.
set -euo pipefail

INSIDERS_URL=${INSIDERS_URL:-https://api.insiders.example}
CLIENT_ID=${INSIDERS_CLIENT_ID:-YOUR_CLIENT_ID_HERE}
CLIENT_SECRET=${INSIDERS_CLIENT_SECRET:?}
USERNAME=${INSIDERS_USERNAME:?}
PASSWORD=${INSIDERS_PASSWORD:?}

# One line of a configuration for curl. It comes on standard input, so that no list of processes shows a secret.
option() {
  local value=${2//\\/\\\\}
  printf '%s = "%s"\n' "$1" "${value//\"/\\\"}"
}

# Prints the answer to the request that the options on standard input describe, if it is a 200.
call() {
  local answer status
  answer=$(curl --silent --show-error --max-time 10 --write-out '\n%{http_code}' --config - "$INSIDERS_URL$1") || exit 1
  status=${answer##*$'\n'}
  answer=${answer%$'\n'*}
  if [[ $status != 200 ]]; then
    echo "${1%%\?*} answered $status: $(field error <<<"$answer"): $(field error_description <<<"$answer")" >&2
    exit 1
  fi
  printf '%s' "$answer"
}

# A text or a number of the JSON on standard input.
field() {
  sed -nE "s/.*\"$1\": ?(\"([^\"]*)\"|([0-9]+)).*/\2\3/p"
}

tokens=$({
  option user "$CLIENT_ID:$CLIENT_SECRET"
  option data-urlencode 'grant_type=password'
  option data-urlencode "username=$USERNAME"
  option data-urlencode "password=$PASSWORD"
} | call /oauth2/token/)

# Forget the password now and keep the refresh_token of the answer: it gets new access tokens from here on.
access_token=$(field access_token <<<"$tokens")
devices=$(option header "Authorization: Bearer $access_token" | call '/api/v1/devices/?current=true')
echo "You currently own $(field count <<<"$devices") devices."
