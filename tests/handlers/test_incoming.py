"""Forms and JSON as nested values: rows in order, gaps closed alike for values and errors, numbers exact."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from chalice.app import Request

from chalicelib.domain.errors import Malformed
from chalicelib.handlers.incoming import Incoming
from chalicelib.handlers.nesting import nested, without_gaps

TYPED = {
    "why": "x",
    "steps.2.rules.1.person": "ann",
    "steps.2.rules.4.person": "bob",
    "steps.5.title.en": "Two",
    "steps.3.title.en": " ",
    "items.0.a": "1",
}


def sent(body: str) -> Any:
    event = {
        "requestContext": {"resourcePath": "/", "httpMethod": "POST", "identity": {}},
        "headers": {"content-type": "application/json"},
        "pathParameters": None,
        "multiValueQueryStringParameters": None,
        "body": body,
        "isBase64Encoded": False,
        "stageVariables": None,
    }
    return Incoming(Request(event)).document()


def test_rows_within_rows_keep_their_order_and_gaps_close() -> None:
    filled = {name: value for name, value in TYPED.items() if value.strip()}
    assert nested(filled) == {
        "why": "x",
        "steps": [{"rules": [{"person": "ann"}, {"person": "bob"}]}, {"title": {"en": "Two"}}],
        "items": [{"a": "1"}],
    }


def test_what_was_typed_is_numbered_as_the_rows_are_counted() -> None:
    assert without_gaps(TYPED) == {
        "why": "x",
        "steps.0.rules.0.person": "ann",
        "steps.0.rules.1.person": "bob",
        "steps.1.title.en": "Two",
        "items.0.a": "1",
    }


def test_names_nested_too_deep_are_refused_and_cost_nothing() -> None:
    deep = {"a" + ".0" * 200_000: "x"}
    with pytest.raises(Malformed):
        nested(deep)
    assert len(without_gaps(deep)) == 1


def test_numbers_with_a_fraction_stay_exact() -> None:
    assert sent('{"a": 0.1, "b": 12345678901234567.89}') == {"a": Decimal("0.1"), "b": Decimal("12345678901234567.89")}


@pytest.mark.parametrize(
    "body", ["[NaN]", "[Infinity]", "[-Infinity]", "[1E9999999999999999999999]", "[1" + "0" * 5000 + "]"]
)
def test_what_is_no_number_is_malformed(body: str) -> None:
    with pytest.raises(Malformed):
        sent(body)
