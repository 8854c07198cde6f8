"""Rule trees over a document's facts: what they say, what they survive, and why they are refused."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.approvals import (
    MAX_DEPTH,
    MAX_PARTS,
    OPERATORS,
    All,
    Any,
    Compare,
    Condition,
    FactSpec,
    FactType,
    Not,
    Operator,
    condition_faults,
    condition_from_data,
    condition_to_data,
    holds,
)
from chalicelib.domain.errors import Invalid
from tests.domain.approvals import strategies
from tests.domain.approvals.strategies import TYPES

FACTS = {
    "amount": 12,
    "rate": Decimal("0.25"),
    "cost": 150_00,
    "day": "2026-03-02",
    "note": "Rack for Building B",
    "kind": "a",
    "buddy": "fay",
    "budget_department": ("company", "east", "sales"),
}


@pytest.mark.parametrize(
    ("field", "operator", "value", "expected"),
    [
        ("amount", "eq", 12, True),
        ("amount", "ne", 12, False),
        ("amount", "gt", 11, True),
        ("amount", "gt", 12, False),
        ("amount", "ge", 12, True),
        ("amount", "lt", 13, True),
        ("amount", "le", 11, False),
        ("amount", "le", "12.5", True),
        ("rate", "eq", "0.25", True),
        ("rate", "lt", "0.3", True),
        ("rate", "ge", 1, False),
        ("cost", "ge", 15000, True),
        ("day", "lt", "2026-03-10", True),
        ("day", "ge", "2026-03-03", False),
        ("note", "contains", "building", True),
        ("note", "contains", "tower", False),
        ("note", "eq", "rack for building b", False),
        ("kind", "in", ("b", "a"), True),
        ("kind", "in", ("b",), False),
        ("buddy", "eq", "fay", True),
        ("buddy", "ne", "fay", False),
        ("budget_department", "eq", "sales", True),
        ("budget_department", "eq", "east", False),
        ("budget_department", "ne", "east", True),
        ("budget_department", "within", "east", True),
        ("budget_department", "within", "west", False),
        ("amount", "empty", None, False),
        ("nothing", "empty", None, True),
    ],
)
def test_a_comparison_says_what_its_operator_means(field, operator, value, expected):
    assert holds(Compare(field, Operator(operator), value), FACTS) is expected


@pytest.mark.parametrize("facts", [{}, {"x": ""}, {"x": ()}])
@pytest.mark.parametrize("operator", [each for each in Operator if each is not Operator.EMPTY])
def test_a_missing_fact_makes_every_comparison_but_empty_false(facts, operator):
    for value in (0, "", "a", ("a",), None):
        assert not holds(Compare("x", operator, value), facts)
    assert holds(Compare("x", Operator.EMPTY), facts)


@pytest.mark.parametrize(
    "compare",
    [
        Compare("amount", Operator.EQ, "many"),
        Compare("amount", Operator.EQ, "NaN"),
        Compare("amount", Operator.CONTAINS, "1"),
        Compare("amount", Operator.IN, ("12",)),
        Compare("note", Operator.GT, 5),
        Compare("kind", Operator.CONTAINS, ("a",)),
        Compare("budget_department", Operator.GT, "sales"),
        Compare("budget_department", Operator.EQ, 5),
    ],
)
def test_what_cannot_be_compared_is_false(compare):
    assert not holds(compare, FACTS)


YES, NO = Compare("amount", Operator.EQ, 12), Compare("amount", Operator.EQ, 13)


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (All((YES, YES)), True),
        (All((YES, NO)), False),
        (Any((NO, YES)), True),
        (Any((NO, NO)), False),
        (Not(NO), True),
        (Not(Any((NO, All((YES, Not(YES)))))), True),
    ],
)
def test_groups_join_their_parts(tree, expected):
    assert holds(tree, FACTS) is expected


@given(strategies.conditions, strategies.facts)
def test_not_turns_every_answer_round(condition, facts):
    assert holds(Not(condition), facts) is not holds(condition, facts)


@given(strategies.conditions)
def test_a_condition_survives_the_way_through_json(condition):
    assert condition_from_data(json.loads(json.dumps(condition_to_data(condition))), "c") == condition


def nested(levels: int) -> Condition:
    return Not(nested(levels - 1)) if levels > 1 else YES


def refused(data: object) -> tuple[str, str]:
    with pytest.raises(Invalid) as refusal:
        condition_from_data(data, "c")
    return refusal.value.fields[0].path, refusal.value.fields[0].code


def compare_data(**changes: object) -> dict[str, object]:
    return {"kind": "compare", "field": "amount", "operator": "gt", "value": 5} | changes


@pytest.mark.parametrize(
    ("data", "place", "code"),
    [
        (None, "c", "wrong_type"),
        ({"kind": "most"}, "c.kind", "unknown_value"),
        ({"kind": "all"}, "c.parts", "required"),
        ({"kind": "any", "parts": {}}, "c.parts", "wrong_type"),
        ({"kind": "all", "parts": [compare_data(), 5]}, "c.parts.1", "wrong_type"),
        ({"kind": "not"}, "c.part", "wrong_type"),
        ({"kind": "not", "part": compare_data(field=None)}, "c.part.field", "required"),
        (compare_data(operator="almost"), "c.operator", "unknown_value"),
        (compare_data(value=1.5), "c.value", "wrong_type"),
        (compare_data(value=True), "c.value", "wrong_type"),
        (compare_data(value=["a", 1]), "c.value", "wrong_type"),
        (condition_to_data(nested(MAX_DEPTH + 1)), "c" + ".part" * MAX_DEPTH, "too_deep"),
    ],
)
def test_unreadable_trees_are_refused_with_their_place(data, place, code):
    assert refused(data) == (place, code)


def test_a_bottomless_tree_is_refused_without_being_followed():
    bottomless: dict[str, object] = {"kind": "not"}
    bottomless["part"] = bottomless
    assert refused(bottomless)[1] == "too_deep"


def faults(condition: Condition) -> list[tuple[str, str]]:
    return [(fault.path, fault.code) for fault in condition_faults(condition, "c", TYPES)]


@pytest.mark.parametrize("kind", FactType)
@pytest.mark.parametrize("operator", Operator)
def test_every_type_takes_its_own_operators_and_no_others(kind, operator):
    types = {"x": FactSpec(kind, choices=("a",))}
    found = {fault.code for fault in condition_faults(Compare("x", operator, None), "c", types)}
    assert ("bad_operator" in found) is (operator not in OPERATORS[kind])


@pytest.mark.parametrize(
    ("condition", "place", "code"),
    [
        (Compare("ghost", Operator.EQ, 1), "c.field", "unknown_field"),
        (Compare("amount", Operator.CONTAINS, "1"), "c.operator", "bad_operator"),
        (Compare("amount", Operator.GT), "c.value", "required"),
        (Compare("note", Operator.EQ, ""), "c.value", "required"),
        (Compare("kind", Operator.IN, ()), "c.value", "required"),
        (Compare("amount", Operator.GT, "lots"), "c.value", "bad_value"),
        (Compare("amount", Operator.GT, "Infinity"), "c.value", "bad_value"),
        (Compare("cost", Operator.GT, "5"), "c.value", "bad_value"),
        (Compare("day", Operator.GT, "02.03.2026"), "c.value", "bad_value"),
        (Compare("day", Operator.GT, "20260302"), "c.value", "bad_value"),
        (Compare("kind", Operator.EQ, "c"), "c.value", "bad_value"),
        (Compare("kind", Operator.IN, ("a", "c")), "c.value", "bad_value"),
        (Compare("kind", Operator.IN, "a"), "c.value", "bad_value"),
        (Compare("note", Operator.CONTAINS, "x" * 201), "c.value", "bad_value"),
        (Compare("note", Operator.EMPTY, "x"), "c.value", "bad_value"),
        (All(()), "c.parts", "required"),
        (Any((Not(Any(())),)), "c.parts.0.part.parts", "required"),
        (nested(MAX_DEPTH + 1), "c" + ".part" * MAX_DEPTH, "too_deep"),
        (All((YES,) * (MAX_PARTS + 1)), "c", "too_many"),
        (All((YES, Not(Compare("ghost", Operator.EMPTY)))), "c.parts.1.part.field", "unknown_field"),
    ],
)
def test_every_fault_has_its_place_and_code(condition, place, code):
    assert faults(condition) == [(place, code)]


def test_trees_at_their_bounds_are_accepted():
    assert faults(nested(MAX_DEPTH)) == faults(All((YES,) * MAX_PARTS)) == []


@given(st.integers(1, 6), st.integers(1, 6))
def test_only_the_depth_and_the_number_of_comparisons_are_bounded(wide, deep):
    tree: Condition = All((YES,) * wide)
    for _ in range(deep - 1):
        tree = Any((tree,))
    assert (faults(tree) == []) is (deep + 1 <= MAX_DEPTH)
