"""Refresh: keeps the tokens of one person, and has a good access token whenever one is needed.

Run:   INSIDERS_CLIENT_SECRET=... REFRESH_TOKEN=... python3 refresh.py
       From then on without REFRESH_TOKEN: the tokens are in insiders-tokens.json (or INSIDERS_TOKEN_FILE).
Needs: Python 3.9 or later; pip install requests
"""

import concurrent.futures
import json
import os
import pathlib
import sys
import threading
import time

import requests

INSIDERS_URL = os.environ.get("INSIDERS_URL", "https://api.insiders.example")
CLIENT_ID = os.environ.get("INSIDERS_CLIENT_ID", "YOUR_CLIENT_ID_HERE")
CLIENT_SECRET = os.environ.get("INSIDERS_CLIENT_SECRET") or sys.exit("INSIDERS_CLIENT_SECRET is not set")
TOKEN_FILE = pathlib.Path(os.environ.get("INSIDERS_TOKEN_FILE", "insiders-tokens.json"))
MARGIN = 5 * 60  # seconds before its end at which an access token is replaced
TIMEOUT = 10  # seconds


class Refused(Exception):
    pass


class TokenKeeper:
    """Threads of a process share one keeper. Several processes need one lock for all: a row in a database, say."""

    def __init__(self, file):
        self._file = file
        self._lock = threading.Lock()
        self._tokens = self._load()

    def access_token(self):
        with self._lock:  # callers that had to wait find the new token
            if time.time() >= self._tokens["expires_at"] - MARGIN:
                self._refresh()
            return self._tokens["access_token"]

    def _refresh(self):
        form = {"grant_type": "refresh_token", "refresh_token": self._tokens["refresh_token"]}
        response = requests.post(
            f"{INSIDERS_URL}/oauth2/token/",
            data=form, auth=(CLIENT_ID, CLIENT_SECRET), timeout=TIMEOUT, allow_redirects=False,
        )
        is_json = response.headers.get("Content-Type", "").startswith("application/json")
        body = response.json() if is_json else {}
        if response.status_code == 200:
            # Always the refresh token of the answer: it may be a new one.
            self._tokens = {
                "access_token": body["access_token"],
                "refresh_token": body["refresh_token"],
                "expires_at": int(time.time()) + body["expires_in"],
            }
            self._store()
            print(f"Refreshed: good for {body['expires_in']} s")
            return
        reason = f"{body.get('error', '')}: {body.get('error_description', '')}"
        if body.get("error") == "invalid_grant":
            self._file.unlink(missing_ok=True)
            raise Refused(f"The user must authorize again ({reason})")
        raise Refused(f"/oauth2/token/ answered {response.status_code}: {reason}")

    def _load(self):
        if self._file.exists():
            return json.loads(self._file.read_text())
        refresh_token = os.environ.get("REFRESH_TOKEN")
        if not refresh_token:
            raise Refused("There is no refresh token yet: the user must authorize, then set REFRESH_TOKEN")
        return {"access_token": "", "refresh_token": refresh_token, "expires_at": 0}

    def _store(self):
        """Readable by its owner only, and never half written."""
        part = self._file.with_name(self._file.name + ".part")
        with open(part, "w", opener=lambda path, flags: os.open(path, flags, 0o600)) as file:
            json.dump(self._tokens, file)
        part.replace(self._file)


def count_devices(access_token):
    response = requests.get(
        f"{INSIDERS_URL}/api/v1/devices/",
        params={"current": True}, headers={"Authorization": f"Bearer {access_token}"}, timeout=TIMEOUT,
    )
    if response.status_code != 200:
        raise Refused(f"/api/v1/devices/ answered {response.status_code}")
    return response.json()["count"]


def main():
    keeper = TokenKeeper(TOKEN_FILE)
    with concurrent.futures.ThreadPoolExecutor() as pool:
        callers = [pool.submit(keeper.access_token) for _ in range(3)]
        access_tokens = {caller.result() for caller in callers}
    print(f"Access tokens of {len(callers)} parallel callers: {len(access_tokens)}")
    print(f"You currently own {count_devices(keeper.access_token())} devices.")


if __name__ == "__main__":
    try:
        main()
    except (Refused, requests.RequestException) as problem:
        sys.exit(str(problem) if isinstance(problem, Refused) else "Insiders API cannot be reached")
