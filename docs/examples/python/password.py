"""Password: an older application exchanges what the person typed into it for tokens, and counts their devices.

Run:   INSIDERS_CLIENT_SECRET=... INSIDERS_USERNAME=... INSIDERS_PASSWORD=... python3 password.py
Needs: Python 3.9 or later; pip install requests. Prefer the authorization code where you can: it needs no password.
"""

import os
import sys

import requests

INSIDERS_URL = os.environ.get("INSIDERS_URL", "https://api.insiders.example")
CLIENT_ID = os.environ.get("INSIDERS_CLIENT_ID", "YOUR_CLIENT_ID_HERE")
TIMEOUT = 10  # seconds


def main():
    tokens = log_in(needed("INSIDERS_USERNAME"), needed("INSIDERS_PASSWORD"))
    # Forget the password now and keep tokens["refresh_token"]: it gets new access tokens from here on.
    print(f"You currently own {count_devices(tokens['access_token'])} devices.")


def log_in(username, password):
    form = {"grant_type": "password", "username": username, "password": password}
    credentials = (CLIENT_ID, needed("INSIDERS_CLIENT_SECRET"))
    return read(requests.post(
        f"{INSIDERS_URL}/oauth2/token/", data=form, auth=credentials, timeout=TIMEOUT, allow_redirects=False,
    ))


def count_devices(access_token):
    headers = {"Authorization": f"Bearer {access_token}"}
    url = f"{INSIDERS_URL}/api/v1/devices/"
    return read(requests.get(url, params={"current": True}, headers=headers, timeout=TIMEOUT))["count"]


def read(response):
    """The JSON of a 200; anything else ends the program, with the reasons that the server gives."""
    if response.status_code == 200:
        return response.json()
    is_json = response.headers.get("Content-Type", "").startswith("application/json")
    body = response.json() if is_json else {}
    reasons = [body[name] for name in ("error", "error_description", "detail") if name in body]
    sys.exit(": ".join([f"{response.request.path_url} answered {response.status_code}", *reasons]))


def needed(name):
    return os.environ.get(name) or sys.exit(f"{name} is not set")


if __name__ == "__main__":
    try:
        main()
    except requests.RequestException as problem:
        sys.exit(f"Insiders API cannot be reached: {type(problem).__name__}")
