"""What was filled in, as people read it: with the fields' titles, names instead of ids, amounts in their currency."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from chalicelib.domain.forms import Cell, Field, Form, Kind, Row, Values, major_units
from chalicelib.domain.sites import localised
from chalicelib.services.call import Call
from chalicelib.services.directory import reading
from chalicelib.services.forms.world import CompanyWorld


@dataclass(frozen=True)
class Shown:
    """One field with its text, "" where nothing was filled in.

    A table has `columns` (their titles) and `rows`; `files` are those handed in (`id`, `name`, `media`, `size`).
    """

    key: str
    title: str
    kind: str
    text: str = ""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    files: tuple[Row, ...] = ()


def labels(call: Call, form: Form, values: Values) -> list[Shown]:
    """Every field of the form in its order, in the caller's language."""
    words = _Words(call, _people_in(form, values))
    return [words.shown(field, values) for field in form.fields]


def cells(call: Call, form: Form, values: Values) -> dict[str, str | int | Decimal | date]:
    """What was filled in, by field key, as a spreadsheet takes it: numbers, amounts and days as such, else text."""
    words = _Words(call, _people_in(form, values))
    return {field.key: words.cell(field, values) for field in form.fields if field.key in values}


def _names(files: Sequence[Row]) -> str:
    return "\n".join(str(each["name"]) for each in files)


def _people_in(form: Form, values: Values) -> Iterator[str]:
    for field in form.fields:
        if field.kind is Kind.PERSON and field.key in values:
            yield str(values[field.key])
        columns = [column.key for column in field.fields if column.kind is Kind.PERSON]
        for row in cast(Sequence[Row], values.get(field.key, ()) if columns else ()):
            yield from (str(row[key]) for key in columns if key in row)


class _Words:
    """Texts of values. People are read once for the whole form."""

    def __init__(self, call: Call, people: Iterator[str]) -> None:
        self._call = call
        self._world = CompanyWorld(call.store, call.now)
        self._people = reading.people(call.store, people, call.now)

    def shown(self, field: Field, values: Values) -> Shown:
        """The field as people read it."""
        title = localised(field.title, self._call.locale)
        if field.kind is Kind.TABLE:
            rows = cast(Sequence[Row], values.get(field.key, ()))
            columns = tuple(localised(column.title, self._call.locale) for column in field.fields)
            texts = tuple(tuple(self.text(column, row.get(column.key)) for column in field.fields) for row in rows)
            return Shown(field.key, title, str(field.kind), columns=columns, rows=texts)
        if field.kind is Kind.FILE:
            held = tuple(cast(Sequence[Row], values.get(field.key, ())))
            return Shown(field.key, title, str(field.kind), _names(held), files=held)
        return Shown(field.key, title, str(field.kind), self.text(field, cast(Cell | None, values.get(field.key))))

    def cell(self, field: Field, values: Values) -> str | int | Decimal | date:
        """The field's value as a spreadsheet takes it; the rows of a table as lines of text."""
        value = values[field.key]
        match field.kind:
            case Kind.NUMBER:
                return Decimal(str(value))
            case Kind.MONEY:
                return Decimal(major_units(int(cast(Cell, value)), self._world.digits(field.currency) or 0))
            case Kind.DATE:
                return date.fromisoformat(str(value))
            case Kind.TABLE:
                return "\n".join(" | ".join(row) for row in self.shown(field, values).rows)
            case Kind.FILE:
                return _names(cast(Sequence[Row], value))
            case _:
                return self.text(field, cast(Cell, value))

    def text(self, field: Field, value: Cell | None) -> str:
        """What stands for the value."""
        if value is None:
            return ""
        match field.kind:
            case Kind.MONEY:
                return f"{self._amount(field, int(value))} {field.currency}"
            case Kind.CHOICE:
                choice = field.choice(str(value))
                return localised(choice.title, self._call.locale) if choice else str(value)
            case Kind.PERSON:
                person = self._people.get(str(value))
                return person.name if person else ""
            case Kind.DEPARTMENT:
                departments = reading.departments(self._call.store, self._call.now)
                return next((each.name for each in departments if each.id == value), "")
            case _:
                return str(value)

    def _amount(self, field: Field, minor: int) -> str:
        whole, point, rest = major_units(minor, self._world.digits(field.currency) or 0).partition(".")
        return f"{int(whole):,}{point}{rest}" if not whole.startswith("-0") else f"{whole}{point}{rest}"
