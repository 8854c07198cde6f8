"""What conditions may ask about a form, and how programs are told what it takes."""

from decimal import Decimal
from typing import Any

import jsonschema
import pytest

from chalicelib.domain.approvals.conditions import Compare, FactSpec, FactType, Operator, holds
from chalicelib.domain.errors import Invalid
from chalicelib.domain.forms import fact_types, facts, json_schema, read
from tests.domain.forms.test_check import WHOLE
from tests.domain.forms.world import SmallWorld, a, form

VALUES: dict[str, Any] = {
    "serial": "C-1",
    "why": "Because",
    "days": "2.5",
    "cost": "10.01",
    "day": "2026-03-02",
    "colour": "red",
    "buddy": "ann",
    "unit": "sales",
    "items": [{"what": "Pens", "amount": "3.20"}, {"what": "Ink"}, {"what": "Paper", "amount": 80}],
}


def test_every_field_has_a_fact_and_a_table_its_count_and_sums() -> None:
    values = read(WHOLE, VALUES, SmallWorld())
    assert facts(WHOLE, values, SmallWorld()) == {
        "serial": "C-1",
        "why": "Because",
        "days": Decimal("2.5"),
        "cost": 1001,
        "day": "2026-03-02",
        "colour": "red",
        "buddy": "ann",
        "unit": ("root", "sales"),
        "items.count": 3,
        "items.amount": 400,
    }


def test_facts_have_the_types_that_were_promised() -> None:
    types = fact_types(WHOLE)
    assert set(types) == set(facts(WHOLE, read(WHOLE, VALUES, SmallWorld()), SmallWorld()))
    assert types["serial"] == FactSpec(FactType.TEXT, required=True)
    assert types["colour"] == FactSpec(FactType.CHOICE, ("red", "blue"))
    assert types["items.amount"] == FactSpec(FactType.MONEY, currency="CNY", required=True)


def test_what_was_left_empty_is_no_fact_and_an_empty_table_adds_up_to_nothing() -> None:
    assert facts(form(a("text"), a("table", "items", fields=(a("money", "amount"),))), {}, SmallWorld()) == {
        "items.count": 0,
        "items.amount": 0,
    }


def test_sums_with_decimals_are_exact() -> None:
    asked = form(a("table", "t", fields=(a("number", "n", decimals=2),)))
    found = facts(asked, read(asked, {"t": [{"n": "0.1"}] * 3}, SmallWorld()), SmallWorld())
    assert holds(Compare("t.n", Operator.EQ, "0.3"), found)


def test_the_schema_is_valid_and_takes_what_the_form_takes() -> None:
    schema = json_schema(WHOLE)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(VALUES, schema)
    jsonschema.validate(read(WHOLE, VALUES, SmallWorld()), schema)
    assert schema["properties"]["serial"]["description"] == "As printed"


@pytest.mark.parametrize(
    "wrong",
    [{"serial": "X-1"}, {"serial": ""}, {"cost": 1.5}, {"colour": "green"}, {"other": 1}, {"items": [{"none": 1}]}],
)
def test_the_schema_refuses_what_the_form_refuses(wrong: dict[str, Any]) -> None:
    with pytest.raises(Invalid):
        read(WHOLE, VALUES | wrong, SmallWorld())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(VALUES | wrong, json_schema(WHOLE))
