"""The example company, made through the HTTP API as its administrator would make it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

import boto3

STAGE = "local"
REGION = "us-east-1"


@dataclass(frozen=True)
class Person:
    """Someone who can sign in; `department` is a code."""

    login: str
    password: str
    name: str
    roles: tuple[str, ...]
    department: str


ADMINISTRATOR = Person("admin", "Atrium-Example-1", "Ada Admin", ("administrator",), "office")


def create(url: str, emulator: str) -> list[dict[str, Any]]:
    """Create the company at `url`, whose AWS services answer at `emulator`; the people who can sign in.

    Running it again over what an interrupted run left is safe.
    """
    bootstrap(emulator, ADMINISTRATOR)
    return [asdict(ADMINISTRATOR)]


def bootstrap(emulator: str, person: Person) -> None:
    """Make the first administrator, as docs/operations.md says for AWS; raises RuntimeError if that fails."""
    functions: Any = boto3.client(
        "lambda",
        endpoint_url=emulator,
        region_name=REGION,
        aws_access_key_id="test",
        aws_secret_access_key="test",  # noqa: S106 - the emulator's
    )
    event = {
        "login": person.login,
        "password": person.password,
        "name": person.name,
        "email": f"{person.login}@example.com",
    }
    answer = functions.invoke(FunctionName=f"atrium-{STAGE}-bootstrap", Payload=json.dumps(event))
    if "FunctionError" in answer:
        raise RuntimeError(answer["Payload"].read().decode())
