"""Authorization code: a person allows this application to read their data, and it says how many devices they own.

Run:   INSIDERS_CLIENT_SECRET=... python3 authorization-code.py
       and open http://127.0.0.1:8000/authenticate in your browser
Needs: Python 3.9 or later; pip install fastapi uvicorn requests
"""

import base64
import hashlib
import html
import os
import secrets
import sys
import urllib.parse

import fastapi
import requests
import uvicorn
from fastapi.responses import HTMLResponse, RedirectResponse

INSIDERS_URL = os.environ.get("INSIDERS_URL", "https://api.insiders.example")
CLIENT_ID = os.environ.get("INSIDERS_CLIENT_ID", "YOUR_CLIENT_ID_HERE")
REDIRECT_URI = os.environ.get("INSIDERS_REDIRECT_URI", "http://127.0.0.1:8000/authorized/")
CLIENT_SECRET = os.environ.get("INSIDERS_CLIENT_SECRET") or sys.exit("INSIDERS_CLIENT_SECRET is not set")
TIMEOUT = 10  # seconds

app = fastapi.FastAPI()


class Refused(Exception):
    """Why there is nothing to show, for the person to read."""


@app.get("/authenticate")
def authenticate():
    """Sends the browser to Insiders, where the person logs in and decides."""
    state = secrets.token_urlsafe(32)
    verifier = secrets.token_urlsafe(32)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    query = urllib.parse.urlencode({
        "client_id": CLIENT_ID,
        "response_type": "code",
        "redirect_uri": REDIRECT_URI,
        "state": state,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    })
    answer = RedirectResponse(f"{INSIDERS_URL}/oauth2/authorize/?{query}", status_code=302)
    # The cookies bind the request to this browser: nobody else's answer fits. On https, add secure=True.
    for name, value in (("state", state), ("verifier", verifier)):
        answer.set_cookie(name, value, max_age=600, path="/authorized/", httponly=True, samesite="lax")
    return answer


@app.get("/authorized/")
def authorized(request: fastapi.Request):
    """Insiders sends the browser back here, with a code or with an error."""
    query = request.query_params
    state = request.cookies.get("state", "")
    if not state or not secrets.compare_digest(state.encode(), query.get("state", "").encode()):
        raise Refused("The state is wrong: this is not the answer to a request of this browser.")
    if "error" in query:
        raise Refused(f"{query['error']}: {query.get('error_description', '')}")
    tokens = exchange(query.get("code", ""), request.cookies.get("verifier", ""))
    # Keep tokens["refresh_token"] in a safe place: it gets new access tokens without asking the person again.
    answer = page("Success", f"You currently own {count_devices(tokens['access_token'])} devices.")
    for name in ("state", "verifier"):
        answer.delete_cookie(name, path="/authorized/")
    return answer


def exchange(code, verifier):
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": REDIRECT_URI,
        "code_verifier": verifier,
    }
    credentials = (CLIENT_ID, CLIENT_SECRET)
    return read(requests.post(
        f"{INSIDERS_URL}/oauth2/token/", data=form, auth=credentials, timeout=TIMEOUT, allow_redirects=False,
    ))


def count_devices(access_token):
    headers = {"Authorization": f"Bearer {access_token}"}
    url = f"{INSIDERS_URL}/api/v1/devices/"
    return read(requests.get(url, params={"current": True}, headers=headers, timeout=TIMEOUT))["count"]


def read(response):
    """The JSON of a 200; anything else is refused, with the reasons that the server gives."""
    if response.status_code == 200:
        return response.json()
    is_json = response.headers.get("Content-Type", "").startswith("application/json")
    body = response.json() if is_json else {}
    reasons = [body[name] for name in ("error", "error_description", "detail") if name in body]
    raise Refused(": ".join([f"{urllib.parse.urlsplit(response.url).path} answered {response.status_code}", *reasons]))


@app.exception_handler(Refused)
def refused(_request, problem):
    return page("Not authorized", str(problem), status=400)


@app.exception_handler(requests.RequestException)
def unreachable(_request, problem):
    return page("Not authorized", f"Insiders API cannot be reached: {type(problem).__name__}", status=502)


def page(title, text, status=200):
    content = f"<!doctype html><title>{title}</title><h1>{title}</h1><p>{html.escape(text)}</p>"
    return HTMLResponse(content, status_code=status)


if __name__ == "__main__":
    port = urllib.parse.urlsplit(REDIRECT_URI).port or 80
    print(f"Open http://127.0.0.1:{port}/authenticate in your browser")
    # Without the log of requests: the addresses in it hold codes.
    uvicorn.run(app, host="127.0.0.1", port=port, access_log=False)
