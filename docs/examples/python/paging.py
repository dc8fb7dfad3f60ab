"""Paging: walks through all pages of the devices that a person owns or has owned.

Run:   ACCESS_TOKEN=... python3 paging.py
Needs: Python 3.9 or later; pip install requests
"""

import os
import sys
import time

import requests

INSIDERS_URL = os.environ.get("INSIDERS_URL", "https://api.insiders.example")
TIMEOUT = 10  # seconds
TRIES = 5


def main():
    access_token = os.environ.get("ACCESS_TOKEN") or sys.exit("ACCESS_TOKEN is not set")
    number = 0
    for device in devices(access_token):
        print(device["serial_number"], device["custom_name"])
        number += 1
    print(f"{number} devices")


def devices(access_token):
    """All devices, one after the other; each page is fetched when it is needed."""
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {access_token}"
        page = 1
        while page is not None:
            answer = get(session, "/api/v1/devices/", {"page": page, "limit": 100})
            yield from answer["results"]
            page = answer["next"]  # a page number; None on the last page


def get(session, path, parameters):
    for _ in range(TRIES):
        response = session.get(INSIDERS_URL + path, params=parameters, timeout=TIMEOUT)
        if response.status_code == 200:
            return response.json()
        if response.status_code != 429:
            break
        seconds = int(response.headers.get("Retry-After", "1"))
        print(f"Too many requests: waiting {seconds} s", file=sys.stderr)
        time.sleep(seconds)
    is_json = response.headers.get("Content-Type", "").startswith("application/json")
    reason = response.json().get("detail", "") if is_json else response.reason
    sys.exit(f"{path} answered {response.status_code}: {reason}")


if __name__ == "__main__":
    try:
        main()
    except requests.RequestException as problem:
        sys.exit(f"Insiders API cannot be reached: {type(problem).__name__}")
