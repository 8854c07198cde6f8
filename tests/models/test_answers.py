"""Our reading of DynamoDB's answers says what botocore's own says."""

from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.loaders import Loader
from botocore.model import ServiceModel
from botocore.parsers import ResponseParserFactory

from chalicelib.models.store.answers import ParserFactory

SERVICE = ServiceModel(Loader().load_service_model("dynamodb", "service-2"))
ITEM = {
    "text": {"S": "门"},
    "number": {"N": "12"},
    "bytes": {"B": "AAEC"},
    "flag": {"BOOL": False},
    "nothing": {"NULL": True},
    "texts": {"SS": ["a", "b"]},
    "parts": {"BS": ["AAEC", "/w=="]},
    "rows": {"L": [{"S": ""}, {"B": "AAEC"}, {"L": [{"M": {}}]}]},
    "tree": {"M": {"leaf": {"B": "AAEC"}, "branch": {"M": {"n": {"N": "1"}}}}},
}
CANCELLED = {
    "__type": "com.amazonaws.dynamodb.v20120810#TransactionCanceledException",
    "Message": "cancelled",
    "CancellationReasons": [{"Code": "None"}, {"Code": "ConditionalCheckFailed", "Item": ITEM}],
}
ANSWERS: list[tuple[str, int, dict[str, Any]]] = [
    ("Query", 200, {"Items": [ITEM, {}], "Count": 2, "LastEvaluatedKey": {"pk": {"S": "a"}}}),
    ("BatchGetItem", 200, {"Responses": {"t": [ITEM]}, "UnprocessedKeys": {"t": {"Keys": [{"pk": {"S": "a"}}]}}}),
    ("TransactWriteItems", 200, {"ConsumedCapacity": [{"TableName": "t", "CapacityUnits": 1.0}]}),
    ("TransactWriteItems", 400, CANCELLED),
]


@pytest.mark.parametrize(("operation", "status", "body"), ANSWERS)
def test_an_answer_is_read_as_botocore_reads_it(operation: str, status: int, body: dict[str, Any]) -> None:
    response = {"status_code": status, "headers": {}, "body": json.dumps(body).encode()}
    shape = SERVICE.operation_model(operation).output_shape
    own, theirs = (factory.create_parser("json").parse(response, shape) for factory in _factories())
    assert own == theirs


def _factories() -> tuple[ParserFactory, ResponseParserFactory]:
    return ParserFactory(), ResponseParserFactory()
