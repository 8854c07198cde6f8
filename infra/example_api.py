"""A small client of the HTTP API, for the example company."""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from typing import Any

import pyotp

PATIENCE_SECONDS = 60


class Api:
    """The API at `url`, as whoever signed in."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._token = ""

    def get(self, path: str) -> Any:
        """The answer to a GET; raises RuntimeError for a refusal."""
        return _expected(self._send("GET", path, None, {}))

    def post(self, path: str, body: dict[str, Any], key: str) -> Any:
        """The answer to a POST with its Idempotency-Key; raises RuntimeError for a refusal."""
        return _expected(self._send("POST", path, body, {"Idempotency-Key": f"example-{key}"}))

    def sign_in(self, login: str, password: str, secret: str) -> None:
        """Sign in with the second factor. A code counts once, so it may take until the next one."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            time.sleep(1.1)  # a sign-in within the second in which the factor was set up does not count
            step = self._session({"login": login, "password": password})
            code = pyotp.TOTP(secret).now()
            done = self._session({"login": login, "session": step.get("session"), "code": code})
            if done.get("access_token"):
                self._token = str(done["access_token"])
                return
            time.sleep(15)  # five failures would lock the login out
        raise RuntimeError(f"{login} cannot sign in: {done}")

    def sign_in_alone(self, login: str, password: str) -> None:
        """Sign in without a second factor, once the account is there."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not self._token:
            done = self._session({"login": login, "password": password})
            self._token = str(done.get("access_token", ""))
            if not self._token and time.monotonic() > until:
                raise RuntimeError(f"{login} cannot sign in: {done}")
            time.sleep(0 if self._token else 1)

    def set_up_second_factor(self, login: str, password: str, reset: tuple[str, dict[str, Any]] | None = None) -> str:
        """The secret (base32) of a new second factor; one that an interrupted run left is `reset` first."""
        until = time.monotonic() + PATIENCE_SECONDS
        step = self._session({"login": login, "password": password})
        if step.get("challenge") == "SOFTWARE_TOKEN_MFA" and reset:
            _expected(self._send("POST", reset[0], reset[1], {}))
        while step.get("challenge") != "MFA_SETUP":
            if time.monotonic() > until:
                raise RuntimeError(f"{login} cannot set up a second factor: {step}")
            time.sleep(1)
            step = self._session({"login": login, "password": password})
        code = pyotp.TOTP(step["secret"]).now()
        done = self._session({"login": login, "session": step["session"], "code": code})
        if done.get("challenge") != "SIGN_IN_AGAIN":
            raise RuntimeError(f"{login} cannot set up a second factor: {done}")
        return str(step["secret"])

    def _session(self, body: dict[str, Any]) -> dict[str, Any]:
        _, answer = self._send("POST", "/session", body, {})
        return dict(answer)

    def _send(self, method: str, path: str, body: Any, headers: dict[str, str]) -> tuple[int, Any]:
        content = json.dumps(body).encode() if body is not None else None
        headers = {"Accept": "application/json", "Content-Type": "application/json"} | headers
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        request = urllib.request.Request(self._url + path, content, headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as refusal:
            return refusal.code, json.load(refusal)


def _expected(answer: tuple[int, Any]) -> Any:
    status, body = answer
    if status >= 300:
        raise RuntimeError(f"{status}: {body}")
    return body
