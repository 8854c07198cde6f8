"""The whole of Atrium, started as a newcomer starts it, and people who use it through HTTP."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import boto3
import pyotp
import requests

START_LIMIT = 240
WAIT_LIMIT = 120
FRESH = 300
"""Seconds after which somebody signs in anew: a token lasts a quarter of an hour, a run longer."""


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Person:
    """One of the example company's people and their Bearer token."""

    url: str
    facts: dict[str, Any]
    token: str = ""
    since: float = 0.0

    def sign_in(self) -> Person:
        """Get a token, with the second factor where one is enrolled."""
        answer = self._session({"password": self.facts["password"]})
        if answer.get("challenge") == "SOFTWARE_TOKEN_MFA":
            answer = self._session({"session": answer["session"], "code": self.code()})
        self.token, self.since = answer["access_token"], time.monotonic()
        return self

    def code(self) -> str:
        """The six digits of this moment."""
        return pyotp.TOTP(self.facts["totp_secret"]).now()

    def _session(self, body: dict[str, str]) -> dict[str, Any]:
        answer = requests.post(f"{self.url}/session", json={"login": self.facts["login"], **body}, timeout=30)
        answer.raise_for_status()
        found: dict[str, Any] = answer.json()
        return found

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> requests.Response:
        """One request as this person."""
        sent = {"Authorization": f"Bearer {self.token}", "Accept-Language": "en"} | headers
        return requests.request(method, self.url + path, json=body, headers=sent, timeout=30)

    def get(self, path: str) -> Any:
        """The JSON at a path that must answer 200."""
        answer = self.send("GET", path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def post(self, path: str, body: Any, status: int = 200) -> Any:
        """The JSON that a POST answers, which must be with `status`."""
        answer = self.send("POST", path, body)
        assert answer.status_code == status, answer.text
        return answer.json()


@dataclass
class Stack:
    """A running Atrium: where it is, its people by a role or a task that they have, and the folder of its data."""

    url: str
    emulator: str
    people: list[dict[str, Any]]
    data: Path
    signed_in: dict[str, Person] = field(default_factory=dict)

    def person(self, login: str) -> Person:
        """The person of that login, signed in."""
        if login not in self.signed_in:
            facts = next(each for each in self.people if each["login"] == login)
            self.signed_in[login] = Person(self.url, facts)
        person = self.signed_in[login]
        return person if person.token and time.monotonic() - person.since < FRESH else person.sign_in()

    def command(self, module: str) -> tuple[int, str]:
        """An operator's command on this copy: its exit code and what it said."""
        environment = {name: value for name, value in os.environ.items() if name != "STAGE"}  # it is no stage on AWS
        done = subprocess.run(
            [sys.executable, "-m", "infra.installed", module],
            env=environment | {"DATA": str(self.data)},
            capture_output=True,
            text=True,
            timeout=WAIT_LIMIT,
        )
        return done.returncode, done.stdout + done.stderr

    def aws(self, service: str) -> Any:
        """A client of one of the emulator's services that may do everything."""
        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test", "region_name": "us-east-1"}
        return boto3.client(service, endpoint_url=self.emulator, **keys)  # type: ignore[call-overload]

    def messages_to(self, phone: str) -> list[str]:
        """The texts sent to a phone number, oldest first."""
        answer = requests.get(f"{self.emulator}/_ministack/sns/sms-messages", timeout=10).json()
        return [each["Message"] for each in answer["sms_messages"].get(phone, [])]


def wait_for[T](look: Callable[[], T | None], what: str, limit: float = WAIT_LIMIT) -> T:
    """What `look` finds, asked again until it finds something."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.5)
    raise AssertionError(f"{what} did not happen within {limit} s")


@contextmanager
def running(data: Path) -> Iterator[Stack]:
    """Atrium on free ports with its data in `data`; stopped at the end as Ctrl-C stops it.

    Every function may do only what its role in the template allows: all journeys are tests of the policies, too.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    environment |= {"PORT": str(free_port()), "DATA": str(data), "AUTH": "true"}
    log = (data.parent / "atrium.log").open("a")
    process = subprocess.Popen([sys.executable, "-m", "infra.local"], env=environment, stdout=log, stderr=log)
    try:
        yield _ready(process, data, environment["PORT"])
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)
        log.close()


def _ready(process: subprocess.Popen[bytes], data: Path, port: str) -> Stack:
    def found() -> Stack | None:
        assert process.poll() is None, (data.parent / "atrium.log").read_text()
        file = data / "run.json"
        facts = json.loads(file.read_text()) if file.exists() else {}
        if f":{port}" not in facts.get("url", ""):
            return None
        return Stack(facts["url"].rstrip("/"), facts["emulator"], facts["people"], data)

    return wait_for(found, "the start", START_LIMIT)
