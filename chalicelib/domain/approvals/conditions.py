"""Conditions (条件): rule trees over a document's facts, for skipping a step or approving it without asking.

A fact that is missing (absent, an empty text, no department) makes every comparison false but `empty`, so a
condition never has to guess; `Not` turns that into true like everything else that is false.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import ClassVar

MAX_DEPTH = 5
"""Levels of a tree, its leaves included."""
MAX_PARTS = 20
"""Comparisons in one tree."""


class FactType(StrEnum):
    """What kind of value a fact has, and so which operators it knows."""

    TEXT = "text"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"
    CHOICE = "choice"
    PERSON = "person"
    DEPARTMENT = "department"


class Operator(StrEnum):
    """How a fact is compared with a value."""

    EQ = "eq"
    NE = "ne"
    GT = "gt"
    GE = "ge"
    LT = "lt"
    LE = "le"
    CONTAINS = "contains"  # without regard to capitals
    IN = "in"
    WITHIN = "within"  # the department or one below it
    EMPTY = "empty"


_ORDER = frozenset({Operator.EQ, Operator.NE, Operator.GT, Operator.GE, Operator.LT, Operator.LE, Operator.EMPTY})
_ONE_OF_MANY = frozenset({Operator.EQ, Operator.NE, Operator.IN, Operator.EMPTY})

OPERATORS: Mapping[FactType, frozenset[Operator]] = {
    FactType.TEXT: frozenset({Operator.EQ, Operator.NE, Operator.CONTAINS, Operator.EMPTY}),
    FactType.NUMBER: _ORDER,
    FactType.MONEY: _ORDER,
    FactType.DATE: _ORDER,
    FactType.CHOICE: _ONE_OF_MANY,
    FactType.PERSON: _ONE_OF_MANY,
    FactType.DEPARTMENT: frozenset({Operator.EQ, Operator.NE, Operator.WITHIN, Operator.EMPTY}),
}
"""The operators that make sense for each type."""


@dataclass(frozen=True, slots=True)
class FactSpec:
    """What is known of a fact before any document has it: its type, and whether every document has it.

    `choices` are the keys of a choice, `currency` the one currency of a sum of money.
    """

    type: FactType
    choices: tuple[str, ...] = ()
    currency: str | None = None
    required: bool = False


type FactTypes = Mapping[str, FactSpec]
"""The facts that documents of a process have, by name."""

type Fact = str | int | Decimal | tuple[str, ...]
"""Text, the key of a choice, a person's id and an ISO date are str; a number is int or Decimal; money is int in minor
units of the fact's currency; a department is its path from the root, itself last."""

type Facts = Mapping[str, Fact]
"""One document's facts, by name."""

type Value = str | int | tuple[str, ...] | None
"""What a fact is compared with, of the fact's own type but: a department is an id, a number with decimals the text of
one, several values for `in`, None for `empty`."""


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    kind: ClassVar[str] = "all"
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one part holds."""

    kind: ClassVar[str] = "any"
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    kind: ClassVar[str] = "not"
    part: Condition


@dataclass(frozen=True, slots=True)
class Compare:
    """The fact named `field` compares with the value as the operator says."""

    kind: ClassVar[str] = "compare"
    field: str
    operator: Operator
    value: Value = None


type Condition = All | Any | Not | Compare

_NUMERIC: Mapping[Operator, Callable[[int | Decimal, int | Decimal], bool]] = {
    Operator.EQ: operator.eq,
    Operator.NE: operator.ne,
    Operator.GT: operator.gt,
    Operator.GE: operator.ge,
    Operator.LT: operator.lt,
    Operator.LE: operator.le,
}
_TEXTUAL: Mapping[Operator, Callable[[str, str], bool]] = {
    Operator.EQ: operator.eq,
    Operator.NE: operator.ne,
    Operator.GT: operator.gt,
    Operator.GE: operator.ge,
    Operator.LT: operator.lt,
    Operator.LE: operator.le,
    Operator.CONTAINS: lambda fact, value: value.casefold() in fact.casefold(),
}
_PATHS: Mapping[Operator, Callable[[tuple[str, ...], str], bool]] = {
    Operator.EQ: lambda path, department: path[-1] == department,
    Operator.NE: lambda path, department: path[-1] != department,
    Operator.WITHIN: lambda path, department: department in path,
}


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether the condition is true of a document with these facts; what cannot be compared is false."""
    match condition:
        case Compare():
            return _compares(facts.get(condition.field), condition.operator, condition.value)
        case All():
            return all(holds(part, facts) for part in condition.parts)
        case Any():
            return any(holds(part, facts) for part in condition.parts)
        case Not():
            return not holds(condition.part, facts)


def comparisons(condition: Condition, place: str) -> Iterator[tuple[str, Compare]]:
    """Every comparison of the tree with its path in the tree's data (`place.parts.0`)."""
    match condition:
        case All(parts) | Any(parts):
            for index, part in enumerate(parts):
                yield from comparisons(part, f"{place}.parts.{index}")
        case Not(part):
            yield from comparisons(part, f"{place}.part")
        case Compare():
            yield place, condition


def number(value: object) -> Decimal | None:
    """The finite number that a whole number or a text is, else None."""
    if not isinstance(value, int | str):
        return None
    try:
        found = Decimal(value)
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _compares(fact: Fact | None, how: Operator, value: Value) -> bool:
    if fact is None or fact == "" or fact == ():
        return how is Operator.EMPTY
    match fact:
        case int() | Decimal():
            limit, numeric = value if isinstance(value, int) else number(value), _NUMERIC.get(how)
            return limit is not None and numeric is not None and numeric(fact, limit)
        case str() if isinstance(value, str):
            textual = _TEXTUAL.get(how)
            return textual is not None and textual(fact, value)
        case str():
            return how is Operator.IN and isinstance(value, tuple) and fact in value
        case tuple():
            path = _PATHS.get(how)
            return path is not None and isinstance(value, str) and path(fact, value)
