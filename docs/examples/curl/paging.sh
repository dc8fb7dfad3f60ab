#!/usr/bin/env bash
# Paging: walks through all pages of the devices that a person owns or has owned.
#
# Run:   ACCESS_TOKEN=... bash paging.sh
# Needs: bash, curl 7.66 or later
set -euo pipefail

INSIDERS_URL=${INSIDERS_URL:-https://api.insiders.example}
ACCESS_TOKEN=${ACCESS_TOKEN:?}

answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

# Leaves the answer in its file, and prints the status. After a 429, --retry waits as long as Retry-After says.
# The header comes on standard input, so that no list of processes shows the token.
get() {
  curl --silent --show-error --max-time 10 --retry 5 --output "$answer" --write-out '%{http_code}' \
    --header @- "$INSIDERS_URL$1" <<<"Authorization: Bearer $ACCESS_TOKEN"
}

number=0
page=1
while [[ $page != null ]]; do
  status=$(get "/api/v1/devices/?page=$page&limit=100")
  if [[ $status != 200 ]]; then
    echo "/api/v1/devices/ answered $status: $(sed -nE 's/.*"detail": ?"([^"]*)".*/\1/p' "$answer")" >&2
    exit 1
  fi
  while read -r serial_number; do
    echo "$serial_number"
    number=$((number + 1))
  done < <(grep -oE '"serial_number": ?"[^"]*"' "$answer" | sed -E 's/.*"([^"]*)"$/\1/')
  # The number of the next page, or null on the last.
  page=$(sed -nE 's/.*"next": ?([0-9]+|null).*/\1/p' "$answer")
done
echo "$number devices"
