#!/usr/bin/env bash
# Revoke: gives a refresh token back, for instance when a person disconnects your application.
#
# Run:   INSIDERS_CLIENT_SECRET=... REFRESH_TOKEN=... bash revoke.sh
# Needs: bash, curl
set -euo pipefail

INSIDERS_URL=${INSIDERS_URL:-https://api.insiders.example}
CLIENT_ID=${INSIDERS_CLIENT_ID:-YOUR_CLIENT_ID_HERE}
CLIENT_SECRET=${INSIDERS_CLIENT_SECRET:?}
REFRESH_TOKEN=${REFRESH_TOKEN:?}

# The configuration comes on standard input, so that no list of processes shows a secret.
answer=$(
  curl --silent --show-error --max-time 10 --write-out '\n%{http_code}' --config - <<END
url = "$INSIDERS_URL/oauth2/revoke-token/"
user = "$CLIENT_ID:$CLIENT_SECRET"
data-urlencode = "token=$REFRESH_TOKEN"
data-urlencode = "token_type_hint=refresh_token"
END
)

# 200 says that the token is good for nothing any more, also if it never was: there is nothing left to do.
if [[ ${answer##*$'\n'} == 200 ]]; then
  echo 'Revoked: this refresh token and its access tokens no longer work.'
else
  reason=$(sed -nE 's/.*"error": ?"([^"]*)".*"error_description": ?"([^"]*)".*/: \1: \2/p' <<<"$answer")
  echo "/oauth2/revoke-token/ answered ${answer##*$'\n'}$reason" >&2
  exit 1
fi
