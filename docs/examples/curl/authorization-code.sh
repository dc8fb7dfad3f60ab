#!/usr/bin/env bash
# Authorization code, by hand: prints the address to open, takes the address that the browser comes back to, and
# counts the person's devices. A server of yours does the same at its two addresses.
#
# Run:   INSIDERS_CLIENT_SECRET=... bash authorization-code.sh
# Needs: bash, curl, openssl
set -euo pipefail

INSIDERS_URL=${INSIDERS_URL:-https://api.insiders.example}
CLIENT_ID=${INSIDERS_CLIENT_ID:-YOUR_CLIENT_ID_HERE}
REDIRECT_URI=${INSIDERS_REDIRECT_URI:-http://127.0.0.1:8000/authorized/}
CLIENT_SECRET=${INSIDERS_CLIENT_SECRET:?}

fail() {
  echo "$*" >&2
  exit 1
}

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
    fail "${1%%\?*} answered $status: $(field error <<<"$answer"): $(field error_description <<<"$answer")"
  fi
  printf '%s' "$answer"
}

# A text or a number of the JSON on standard input.
field() {
  sed -nE "s/.*\"$1\": ?(\"([^\"]*)\"|([0-9]+)).*/\2\3/p"
}

# A parameter of the address that the browser came back to.
parameter() {
  local value
  value=$(tr '?&' '\n' <<<"$callback" | sed -n "s/^$1=//p")
  value=${value//+/ }
  printf '%b' "${value//%/\\x}"
}

base64url() {
  openssl base64 -A | tr '+/' '-_' | tr -d '='
}

urlencode() {
  local LC_ALL=C text=$1 index character
  for ((index = 0; index < ${#text}; index++)); do
    character=${text:index:1}
    case $character in
      [a-zA-Z0-9.~_-]) printf '%s' "$character" ;;
      *) printf '%%%02X' "'$character" ;;
    esac
  done
}

state=$(openssl rand -hex 32)
verifier=$(openssl rand 32 | base64url)
challenge=$(printf '%s' "$verifier" | openssl dgst -sha256 -binary | base64url)

echo 'Open this address in your browser, and decide:'
printf '%s/oauth2/authorize/?client_id=%s&response_type=code&redirect_uri=%s' \
  "$INSIDERS_URL" "$(urlencode "$CLIENT_ID")" "$(urlencode "$REDIRECT_URI")"
printf '&state=%s&code_challenge=%s&code_challenge_method=S256\n\n' "$state" "$challenge"
echo 'Then paste the address that it led to (the page itself need not load):'
read -r callback

[[ $(parameter state) == "$state" ]] || fail 'The state is wrong: this is not the answer to the request above.'
error=$(parameter error)
[[ -z $error ]] || fail "$error: $(parameter error_description)"

tokens=$({
  option user "$CLIENT_ID:$CLIENT_SECRET"
  option data-urlencode 'grant_type=authorization_code'
  option data-urlencode "code=$(parameter code)"
  option data-urlencode "redirect_uri=$REDIRECT_URI"
  option data-urlencode "code_verifier=$verifier"
} | call /oauth2/token/)

# The answer also holds a refresh_token. Keep it in a safe place: it gets new access tokens without asking again.
access_token=$(field access_token <<<"$tokens")
devices=$(option header "Authorization: Bearer $access_token" | call '/api/v1/devices/?current=true')

echo 'Success'
echo "You currently own $(field count <<<"$devices") devices."
