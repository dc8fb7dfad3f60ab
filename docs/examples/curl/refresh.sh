#!/usr/bin/env bash
# Refresh: keeps the tokens of one person, and has a good access token whenever one is needed.
#
# Run:   INSIDERS_CLIENT_SECRET=... REFRESH_TOKEN=... bash refresh.sh
#        From then on without REFRESH_TOKEN: the tokens are in insiders-tokens.json (or INSIDERS_TOKEN_FILE).
# Needs: bash, curl, flock (of util-linux)
set -euo pipefail

INSIDERS_URL=${INSIDERS_URL:-https://api.insiders.example}
CLIENT_ID=${INSIDERS_CLIENT_ID:-YOUR_CLIENT_ID_HERE}
CLIENT_SECRET=${INSIDERS_CLIENT_SECRET:?}
TOKEN_FILE=${INSIDERS_TOKEN_FILE:-insiders-tokens.json}
MARGIN=300 # seconds before its end at which an access token is replaced

umask 077 # what is written here is for its owner only

fail() {
  echo "$*" >&2
  exit 1
}

# One line of a configuration for curl. It comes on standard input, so that no list of processes shows a secret.
option() {
  local value=${2//\\/\\\\}
  printf '%s = "%s"\n' "$1" "${value//\"/\\\"}"
}

# A text or a number of the JSON on standard input.
field() {
  sed -nE "s/.*\"$1\": ?(\"([^\"]*)\"|([0-9]+)).*/\2\3/p"
}

# Prints an access token that is good for some minutes more. Callers that had to wait for the lock find the new one.
access_token() (
  flock 9
  expires_at=0
  [[ ! -f $TOKEN_FILE ]] || expires_at=$(field expires_at <"$TOKEN_FILE")
  (($(date +%s) < expires_at - MARGIN)) || refresh
  field access_token <"$TOKEN_FILE"
) 9>"$TOKEN_FILE.lock"

refresh() {
  local refresh_token=${REFRESH_TOKEN:-} answer status
  [[ ! -f $TOKEN_FILE ]] || refresh_token=$(field refresh_token <"$TOKEN_FILE")
  [[ -n $refresh_token ]] || fail 'There is no refresh token yet: the user must authorize, then set REFRESH_TOKEN'
  answer=$({
    option user "$CLIENT_ID:$CLIENT_SECRET"
    option data-urlencode 'grant_type=refresh_token'
    option data-urlencode "refresh_token=$refresh_token"
  } | curl --silent --show-error --max-time 10 --write-out '\n%{http_code}' --config - "$INSIDERS_URL/oauth2/token/") ||
    exit 1
  status=${answer##*$'\n'}
  answer=${answer%$'\n'*}
  [[ $status == 200 ]] || refused "$status" "$answer"
  store "$answer"
  echo "Refreshed: good for $(field expires_in <<<"$answer") s" >&2
}

# Always the refresh token of the answer: it may be a new one. The file is never half written.
store() {
  local expires_at=$(($(date +%s) + $(field expires_in <<<"$1")))
  printf '{"access_token": "%s", "refresh_token": "%s", "expires_at": %d}\n' \
    "$(field access_token <<<"$1")" "$(field refresh_token <<<"$1")" "$expires_at" >"$TOKEN_FILE.part"
  mv -f "$TOKEN_FILE.part" "$TOKEN_FILE"
}

refused() {
  local error reason
  error=$(field error <<<"$2")
  reason="$error: $(field error_description <<<"$2")"
  if [[ $error == invalid_grant ]]; then
    rm -f "$TOKEN_FILE"
    fail "The user must authorize again ($reason)"
  fi
  fail "/oauth2/token/ answered $1: $reason"
}

token=$(access_token)
answer=$(option header "Authorization: Bearer $token" | curl --silent --show-error --max-time 10 \
  --write-out '\n%{http_code}' --config - "$INSIDERS_URL/api/v1/devices/?current=true")
[[ ${answer##*$'\n'} == 200 ]] || fail "/api/v1/devices/ answered ${answer##*$'\n'}"
echo "You currently own $(field count <<<"$answer") devices."
