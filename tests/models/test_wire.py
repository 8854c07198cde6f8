"""Clients that speak plain JSON send and read what botocore's own would."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from botocore.awsrequest import AWSResponse
from botocore.exceptions import ClientError
from botocore.session import Session

from chalicelib.models.store.wire import AGENT, use_plain_json

ITEM = {"pk": {"S": "门"}, "n": {"N": "1"}, "on": {"BOOL": True}, "none": {"NULL": True}, "l": {"L": [{"S": "B"}]}}
BYTES = ITEM | {"content": {"B": b"\x00\xff"}}


class _Raw:
    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self) -> Iterator[bytes]:
        yield self._body


class Line:
    """A client and what it has sent; the answers are those it is given."""

    def __init__(self, plain: bool) -> None:
        session = Session()
        session.set_credentials("key", "secret")
        if plain:
            use_plain_json(session)
        self.client = session.create_client("dynamodb", "eu-west-1")
        self.client.meta.events.register_first("before-send", self._answer)  # before a mock that is still there
        self.requests: list[Any] = []
        self.answers: list[tuple[int, Any]] = []

    def _answer(self, request: Any, **_: Any) -> AWSResponse:
        self.requests.append(request)
        status, document = self.answers.pop(0)
        body = document if isinstance(document, bytes) else json.dumps(document).encode()
        return AWSResponse(request.url, status, {"x-amzn-requestid": "1"}, _Raw(body))


def _put(line: Line, item: Any) -> None:
    line.client.transact_write_items(
        TransactItems=[{"Put": {"TableName": "t", "Item": item}}], ClientRequestToken="once"
    )


@pytest.fixture
def lines() -> tuple[Line, Line]:
    return Line(plain=True), Line(plain=False)


@pytest.mark.parametrize("item", [ITEM, BYTES])
def test_the_same_is_sent_to_the_same_place(lines: tuple[Line, Line], item: Any) -> None:
    for line in lines:
        line.answers = [(200, {}), (200, {})]
        for _ in range(2):
            _put(line, item)
    ours, own = (line.requests for line in lines)
    assert [json.loads(each.body) for each in ours] == [json.loads(each.body) for each in own]
    assert [each.url for each in ours] == [each.url for each in own]
    assert ours[1].headers["X-Amz-Target"] == own[1].headers["X-Amz-Target"]
    assert b"eu-west-1/dynamodb/aws4_request" in ours[1].headers["Authorization"]
    assert ours[1].headers["User-Agent"].decode() == AGENT


@pytest.mark.parametrize("content", [None, {"B": "AP8="}])
def test_an_answer_means_the_same(lines: tuple[Line, Line], content: Any) -> None:
    item = ITEM | ({"content": content} if content else {})
    found = []
    for line in lines:
        line.answers = [(200, {"Items": [item], "Count": 1, "ScannedCount": 1, "LastEvaluatedKey": {"pk": {"S": "a"}}})]
        found.append(line.client.query(TableName="t", KeyConditionExpression="pk = :p"))
        found[-1].pop("ResponseMetadata")
    assert found[0] == found[1]


def test_a_refused_transaction_says_why(lines: tuple[Line, Line]) -> None:
    reasons = [{"Code": "None"}, {"Code": "ConditionalCheckFailed", "Message": "failed", "Item": ITEM}]
    refusal = {"__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException", "Message": "cancelled"}
    told = []
    for line in lines:
        line.answers = [(400, refusal | {"CancellationReasons": reasons})]
        with pytest.raises(ClientError) as refused:
            _put(line, ITEM)
        told.append((refused.value.response["Error"], refused.value.response["CancellationReasons"]))
    assert told[0] == told[1]
    assert told[0][1][1]["Item"] == ITEM


@pytest.mark.parametrize("body", [b"", b"<html>Bad gateway</html>"])
def test_an_answer_that_is_no_json_is_an_error_all_the_same(lines: tuple[Line, Line], body: bytes) -> None:
    told = []
    for line in lines:
        line.answers = [(400, body)]
        with pytest.raises(ClientError) as refused:
            _put(line, ITEM)
        told.append(refused.value.response["Error"])
    assert told[0] == told[1]
