"""The processes in which Atrium's functions run: their clients, and how a fresh one is started."""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import jwt
import pytest
from botocore.exceptions import BotoCoreError, ClientError
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from chalicelib.gateways import aws, jwks, lots, signer
from chalicelib.gateways.outbound import Answered
from chalicelib.gateways.provider import NotSent
from chalicelib.handlers import callers, endpoint
from chalicelib.models.store import dynamo
from chalicelib.services import closing, inviting, payments, qr
from chalicelib.services.payments import answering, batching
from chalicelib.settings import settings
from chalicelib.workflows import context, deliver, record
from tests import cloud
from tests.faults.hook import Hook
from tests.payments import KIND, document_key, settle

SERVICES = ("cognito-idp", "kms", "s3", "secretsmanager", "sesv2", "sns", "stepfunctions")
KEPT = (settings, callers.store, context.store, record.bucket)
"""What a process keeps from one invocation to the next, besides its gateways and what it read."""


class Current:
    """The hook that the clients of this process report to; they are made once, hooks come and go."""

    hook: Hook

    def call(self, **facts: Any) -> Any:
        """See Hook.call."""
        return self.hook.call(**facts)


current = Current()


@cache
def client(service: str) -> Any:
    """A client whose calls go to the present hook (making clients costs more than all else)."""
    import boto3

    return _attached(boto3.client(service))


@cache
def connection() -> Any:
    """PynamoDB's connection. Its calls reach the hook as they are: the wire's form, two thirds of a call's time, is
    what the tests on the mock go through."""
    from pynamodb.connection import Connection

    made = Connection(region="us-east-1")
    made.client._make_api_call = _dynamodb
    return made


def _dynamodb(operation: str, parameters: Mapping[str, Any]) -> Any:
    if operation == "TransactWriteItems":  # botocore draws a token for one that has none
        parameters = {"ClientRequestToken": str(uuid4()), **parameters}
    http, answer = current.hook.asked("dynamodb", operation, parameters)
    if http.status_code >= 300:
        raise ClientError(answer, operation)
    return answer


def _attached(client: Any) -> Any:
    """The client reports to the hook; where a request would go is not worked out, which is half of a call's time."""
    client._resolve_endpoint_ruleset = lambda *given, **named: ("https://aws.example", {}, {})
    client._user_agent_creator = SimpleNamespace(to_string=lambda: "tests")
    Hook.attach(client, current.call)
    return client


class Outside:
    """The way out into the internet: posts are calls like those of AWS, and are taken note of."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answered:
        """See gateways/outbound.py."""
        model = SimpleNamespace(service_model=SimpleNamespace(service_name="outbound"), name="Post")
        try:
            answer, _ = current.call(model=model, context={"parameters": {"url": url, "body": body.decode()}})
        except BotoCoreError as error:
            raise NotSent("unreachable", final=False) from error
        return Answered(answer.status_code, b'{"errcode": 0}')


def prepare() -> None:
    """Make the clients and the key (by the real clock)."""
    connection()
    public_key()
    for service in SERVICES:
        client(service)


def install(hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every AWS call of this process go to the hook."""
    current.hook = hook
    monkeypatch.setattr(aws, "client", client)
    monkeypatch.setattr(lots, "signing_secret", signer.signing_secret)  # AWS is asked for it, and may fail
    monkeypatch.setattr(dynamo, "Connection", lambda region: connection())
    monkeypatch.setattr(deliver, "outbound", Outside)
    monkeypatch.setattr("chalicelib.handlers.webhooks.open_addresses", lambda host: ["192.0.2.1"])
    monkeypatch.setattr(endpoint, "time", SimpleNamespace(sleep=lambda seconds: None))
    monkeypatch.setitem(payments.SETTLED, KIND, settle)
    monkeypatch.setitem(payments.READS, KIND, lambda document: [document_key(document)])
    for form in ("png", "svg"):
        monkeypatch.setattr(qr, form, _drawn(form))


@cache
def _drawn(form: str) -> Any:
    """The same picture is drawn once."""
    return cache(getattr(qr, form))


def start() -> None:
    """A fresh process: nothing is remembered from invocations before."""
    for each in KEPT:
        each.cache_clear()
    cloud.forget_gateways()
    cloud.forget_directory()
    jwks.key_set()._fetch = lambda: {"keys": [public_key()]}


@cache
def _key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@cache
def public_key() -> dict[str, Any]:
    """The user pool's public key as a JSON Web Key (RFC 7517)."""
    return RSAAlgorithm.to_jwk(_key().public_key(), as_dict=True) | {"kid": "1", "use": "sig", "alg": "RS256"}


def token(person_id: str, signed_in_at: float) -> str:
    """An access token that never expires, as the pool would sign it."""
    claims = {"username": person_id, "token_use": "access", "auth_time": int(signed_in_at), "exp": 4_000_000_000}
    claims |= {"iss": jwks.issuer(), "client_id": settings().user_pool_client_id}
    return jwt.encode(claims, _key(), algorithm="RS256", headers={"kid": "1"})


def application() -> Any:
    """The API."""
    return importlib.import_module("app").app


def function(name: str) -> Any:
    """The entry point of a Lambda function by the name that the template gives it."""
    return getattr(importlib.import_module("chalicelib.workflows.functions"), name)


def shorten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two visitors or payments at a time, so that few make several batches; few questions whether all have left."""
    monkeypatch.setattr(inviting, "BATCH", 2)
    monkeypatch.setattr(batching, "AT_ONCE", 2)
    monkeypatch.setattr(answering, "AT_A_TIME", 2)
    monkeypatch.setattr(closing, "ASK_AGAIN_AFTER", timedelta(hours=4))
