"""Revoke: gives a refresh token back, for instance when a person disconnects your application.

Run:   INSIDERS_CLIENT_SECRET=... REFRESH_TOKEN=... python3 revoke.py
Needs: Python 3.9 or later; pip install requests
"""

import os
import sys

import requests

INSIDERS_URL = os.environ.get("INSIDERS_URL", "https://api.insiders.example")
CLIENT_ID = os.environ.get("INSIDERS_CLIENT_ID", "YOUR_CLIENT_ID_HERE")
TIMEOUT = 10  # seconds


def main():
    response = requests.post(
        f"{INSIDERS_URL}/oauth2/revoke-token/",
        data={"token": needed("REFRESH_TOKEN"), "token_type_hint": "refresh_token"},
        auth=(CLIENT_ID, needed("INSIDERS_CLIENT_SECRET")),
        timeout=TIMEOUT,
        allow_redirects=False,
    )
    # 200 says that the token is good for nothing any more, also if it never was: there is nothing left to do.
    if response.status_code == 200:
        print("Revoked: this refresh token and its access tokens no longer work.")
        return
    is_json = response.headers.get("Content-Type", "").startswith("application/json")
    body = response.json() if is_json else {}
    reasons = [body[name] for name in ("error", "error_description") if name in body]
    sys.exit(": ".join([f"/oauth2/revoke-token/ answered {response.status_code}", *reasons]))


def needed(name):
    return os.environ.get(name) or sys.exit(f"{name} is not set")


if __name__ == "__main__":
    try:
        main()
    except requests.RequestException as problem:
        sys.exit(f"Insiders API cannot be reached: {type(problem).__name__}")
