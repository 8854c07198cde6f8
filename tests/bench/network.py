"""The network below botocore: every AWS call is answered in the process, counted, and can be played back."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from botocore import handlers
from botocore.awsrequest import AWSResponse

from tests.bench.tables import Refused, Tables

EVENT = "before-send"


@dataclass(frozen=True)
class Sent:
    """One call and what it was answered; `beside`: while another one was on its way."""

    service: str
    operation: str
    status: int
    body: bytes
    beside: bool = False


class _Raw:
    """A body as botocore reads it from a connection."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self) -> Iterator[bytes]:
        yield self._body

    def read(self, size: int | None = None) -> bytes:
        body, self._body = self._body[:size], self._body[size:] if size else b""
        return body


class Network:
    """Answers DynamoDB from `tables` and other services from `others` (operation -> body)."""

    def __init__(self, tables: Tables, others: Mapping[str, Callable[[Any], bytes]]) -> None:
        self.tables = tables
        self.sent: list[Sent] = []
        self._others = others
        self._recording: list[Sent] | None = None
        self.thinking_ns = 0

    @contextmanager
    def attached(self) -> Iterator[Network]:
        """Clients made in here never reach a network, nor a mock that is still there: botocore asks all who answer."""
        others = [each for each in handlers.BUILTIN_HANDLERS if each[0] == EVENT]
        handlers.BUILTIN_HANDLERS[:] = [
            (EVENT, self.answer),
            *(each for each in handlers.BUILTIN_HANDLERS if each[0] != EVENT),
        ]
        try:
            yield self
        finally:
            handlers.BUILTIN_HANDLERS.remove((EVENT, self.answer))
            handlers.BUILTIN_HANDLERS.extend(others)

    @property
    def dynamodb_calls(self) -> list[str]:
        """The operations that DynamoDB was asked for one after another."""
        return [each.operation for each in self.sent if each.service == "dynamodb" and not each.beside]

    def play(self, recording: list[Sent] | None) -> None:
        """Answer the next calls in turn from a recording, at no cost worth mentioning; None: think again."""
        self._recording = None if recording is None else list(recording)

    def answer(self, request: Any, event_name: str, **_: Any) -> AWSResponse:
        """botocore's hook."""
        if self._recording is None:
            sent = self._answered(request, event_name)
        else:
            asked = event_name.rpartition(".")[2]
            sent = next(each for each in self._recording if each.operation == asked and each.beside == _is_beside())
            self._recording.remove(sent)
        return AWSResponse(request.url, sent.status, {"x-amzn-requestid": "1"}, _Raw(sent.body))

    def _answered(self, request: Any, event_name: str) -> Sent:
        """A new answer; the CPU time that it took is the network's own."""
        started = time.process_time_ns()
        _, service, operation = event_name.split(".")
        asked = request.body or request.url
        sent = Sent(service, operation, *self._think(service, operation, asked), beside=_is_beside())
        self.sent.append(sent)
        self.thinking_ns += time.process_time_ns() - started
        return sent

    def _think(self, service: str, operation: str, asked: Any) -> tuple[int, bytes]:
        """Status and body of the answer to a request's body, or to its address where it has none."""
        if service != "dynamodb":
            return 200, self._others[operation](asked)
        try:
            answer = self.tables.answer(operation, json.loads(asked))
        except Refused as refusal:
            return 400, json.dumps(refusal.body).encode()
        return 200, json.dumps(answer, ensure_ascii=False).encode()


def _is_beside() -> bool:
    return threading.current_thread() is not threading.main_thread()


def answering(document: Mapping[str, Any]) -> Callable[[Any], bytes]:
    """A service that always says the same."""
    body = json.dumps(document).encode()
    return lambda _: body


SNS_ANSWER = b"<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>"
PICTURE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>'


DATA_KEY = {"Plaintext": "a2tr" * 10 + "a2s=", "CiphertextBlob": "a2tr"}
"""A data key of 32 bytes (base64)."""


def other_services(token: Callable[[], str]) -> dict[str, Callable[[Any], bytes]]:
    """What the services besides DynamoDB say; `token` makes the access token of a sign-in."""

    def signed_in(_: Any) -> bytes:
        result = {"AccessToken": token(), "RefreshToken": "refresh", "ExpiresIn": 3600, "TokenType": "Bearer"}
        return json.dumps({"AuthenticationResult": result}).encode()

    silent = ("AdminCreateUser", "AdminSetUserPassword", "AdminUserGlobalSignOut", "AdminDisableUser")
    started = {"executionArn": "arn:aws:states:us-east-1:123456789012:execution:visit:1", "startDate": 1}
    return {
        **dict.fromkeys((*silent, "SendTaskSuccess", "StopExecution"), answering({})),
        "AdminInitiateAuth": signed_in,
        "StartExecution": answering(started),
        "GetSecretValue": answering({"SecretString": "a secret of the benches"}),
        "Publish": lambda _: SNS_ANSWER,
        "SendEmail": answering({"MessageId": "1"}),
        **dict.fromkeys(
            ("GenerateDataKey", "Decrypt"), answering({"Plaintext": "a2tr" * 10 + "a2s=", "CiphertextBlob": "a2tr"})
        ),
        "PutObject": lambda _: b"",
        "GetObject": lambda url: DRAWING if url.endswith(".svg") else PICTURE,
        "CopyObject": lambda _: b"<CopyObjectResult><ETag>1</ETag></CopyObjectResult>",
    }
