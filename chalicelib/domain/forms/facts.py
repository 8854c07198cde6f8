"""What conditions may ask about a form: its facts, and of which type each is.

A table has no fact for each row: of its numbers and amounts the sum (`items.amount`), and the rows' `items.count`.
Of files there is their number (`receipts.count`).
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import cast

from chalicelib.domain.approvals.conditions import Fact, Facts, FactSpec, FactType, FactTypes
from chalicelib.domain.forms.amounts import number, plain
from chalicelib.domain.forms.cells import Cell, Row
from chalicelib.domain.forms.check import COUNT
from chalicelib.domain.forms.form import Field, Form, Kind
from chalicelib.domain.forms.reading import Value, Values
from chalicelib.domain.forms.world import World

_TYPES: Mapping[Kind, FactType] = {
    Kind.TEXT: FactType.TEXT,
    Kind.LONG_TEXT: FactType.TEXT,
    Kind.NUMBER: FactType.NUMBER,
    Kind.MONEY: FactType.MONEY,
    Kind.DATE: FactType.DATE,
    Kind.CHOICE: FactType.CHOICE,
    Kind.PERSON: FactType.PERSON,
    Kind.DEPARTMENT: FactType.DEPARTMENT,
}
_SUMMED = (Kind.NUMBER, Kind.MONEY)
_COUNTED = (Kind.TABLE, Kind.FILE)


def fact_types(form: Form) -> FactTypes:
    """The facts that every request on this form may have, by name."""
    return dict(_types(form))


def _types(form: Form) -> Iterator[tuple[str, FactSpec]]:
    for field in form.fields:
        if field.kind not in _COUNTED:
            yield field.key, _spec(field, field.required)
            continue
        yield f"{field.key}.{COUNT}", FactSpec(FactType.NUMBER, required=True)
        for column in _summed(field):
            yield f"{field.key}.{column.key}", _spec(column, True)


def _spec(field: Field, required: bool) -> FactSpec:
    choices = tuple(choice.key for choice in field.choices)
    return FactSpec(_TYPES[field.kind], choices, field.currency or None, required)


def _summed(table: Field) -> Iterator[Field]:
    return (column for column in table.fields if column.kind in _SUMMED)


def facts(form: Form, values: Values, world: World) -> Facts:
    """The facts of one request; of fields that were left empty there are none, of an empty table the sums are 0."""
    return {name: fact for name, fact in _facts(form, values, world) if fact != ()}


def _facts(form: Form, values: Values, world: World) -> Iterator[tuple[str, Fact]]:
    for field in form.fields:
        value = values.get(field.key)
        if field.kind in _COUNTED:
            yield from _of_table(field, cast(Sequence[Row], value or ()))
        elif value is not None:
            yield field.key, _fact(field, value, world)


def _of_table(table: Field, rows: Sequence[Row]) -> Iterator[tuple[str, Fact]]:
    yield f"{table.key}.{COUNT}", len(rows)
    for column in _summed(table):
        total = sum((_exact(row[column.key]) for row in rows if column.key in row), Decimal(0))
        yield f"{table.key}.{column.key}", _whole(total)


def _fact(field: Field, value: Value, world: World) -> Fact:
    if field.kind is Kind.DEPARTMENT:
        return tuple(world.department(str(value)) or ())
    return _whole(_exact(cast(Cell, value))) if field.kind in _SUMMED else str(value)


def _exact(value: Cell) -> Decimal:
    return number(value) or Decimal(0)


def _whole(value: Decimal) -> int | Decimal:
    return value if isinstance(plain(value), str) else int(value)
