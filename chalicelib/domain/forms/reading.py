"""From what somebody filled in to values, every wrong field named at once."""

import json
import re
from collections.abc import Collection, Mapping, Sequence
from typing import cast

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.forms.cells import CELLS, Cell, Row, blank
from chalicelib.domain.forms.files import asked_for, file_rows
from chalicelib.domain.forms.form import FORM_FILES_LIMIT, KEY, ROWS_LIMIT, Field, Form, Kind
from chalicelib.domain.forms.world import File, World

type Value = Cell | Sequence[Row]
type Values = Mapping[str, Value]
"""By field key; a field that was left empty has none."""

VALUES_LIMIT = 200_000
"""Bytes of all values of a form, so that they fit into one item."""
UNKNOWN_NAMED = 20
"""Fields that no form has are named so many at most."""
MISSING = frozenset({"required", "too_few_rows", "too_few_files"})
"""What may be wrong with a draft, because somebody is still at it."""


def read(form: Form, raw: object, world: World, place: str = "values") -> Values:
    """What was filled in, as values; reading values again gives the same.

    Raises Invalid naming every wrong field by its path under `place`. Codes: `required`, `unknown_field`,
    `bad_format`, `too_short`, `too_long`, `too_small`, `too_large`, `too_early`, `too_late`, `too_many_decimals`,
    `not_whole`, `too_few_rows`, `too_many_rows`, `bad_choice`, `pattern_mismatch`, `not_listed`, `unknown_person`,
    `departed_person`, `unknown_department`, `body_too_large`, `wrong_type`, `too_few_files`, `too_many_files`,
    `file_type_not_taken`, `file_too_large`, and what the world says of files.
    """
    return _without(read_with_faults(form, raw, world, place), frozenset())


def read_draft(form: Form, raw: object, world: World, place: str = "values") -> Values:
    """As `read`, but what is missing may be filled in later."""
    return _without(read_with_faults(form, raw, world, place), MISSING)


def carry_over(form: Form, values: Values, world: World) -> Values:
    """Of another request's values those that this form takes, too; the rest is left to be filled in.

    Files stay behind: each belongs to one document.
    """
    known = {key: value for key, value in values.items() if (field := form.field(key)) and field.kind is not Kind.FILE}
    found, faults = read_with_faults(form, known, world, "values")
    wrong = {fault.path.split(".")[1] for fault in faults if fault.code not in MISSING and "." in fault.path}
    return {key: value for key, value in found.items() if key not in wrong}


def read_with_faults(form: Form, raw: object, world: World, place: str) -> tuple[Values, Sequence[FieldError]]:
    """What can be read, and what is wrong with the rest."""
    reading = _Reading(world)
    reading.look_at_files(form, raw, place)
    values = cast(Values, reading.fields(form.fields, raw, place))
    reading.look_up()
    if len(json.dumps(values, ensure_ascii=False).encode()) > VALUES_LIMIT:
        reading.faults.append(FieldError(place, "body_too_large", {"limit": str(VALUES_LIMIT // 1000)}))
    return values, reading.faults


def _without(found: tuple[Values, Sequence[FieldError]], forgiven: Collection[str]) -> Values:
    values, faults = found
    wrong = [fault for fault in faults if fault.code not in forgiven]
    if wrong:
        raise Invalid(*wrong)
    return values


class _Reading:
    """The faults found so far, and whom and what the world is to be asked about in the end."""

    def __init__(self, world: World) -> None:
        self.faults: list[FieldError] = []
        self._world = world
        self._people: dict[str, str] = {}
        self._listed: dict[str, dict[str, str]] = {}
        self._files: Mapping[str, File | str] = {}

    def look_at_files(self, form: Form, raw: object, place: str) -> None:
        """Ask about all files at once, beforehand: what is kept of them says more than their ids."""
        ids = asked_for(form.fields, raw) if isinstance(raw, Mapping) else []
        if len(ids) > FORM_FILES_LIMIT:
            self.faults.append(FieldError(place, "too_many_files", {"max": str(FORM_FILES_LIMIT)}))
        self._files = self._world.files(ids[:FORM_FILES_LIMIT]) if ids else {}

    def fields(self, fields: Collection[Field], raw: object, place: str) -> dict[str, object]:
        """The values of the fields."""
        if not isinstance(raw, Mapping):
            self.faults.append(FieldError(place, "wrong_type"))
            return {}
        for key in sorted(raw.keys() - {field.key for field in fields})[:UNKNOWN_NAMED]:
            # A key that could not be a field's is not repeated: it may hold anything.
            named = f"{place}.{key}" if re.fullmatch(KEY, str(key)) else place
            self.faults.append(FieldError(named, "unknown_field"))
        found = {field.key: self._field(field, raw.get(field.key), f"{place}.{field.key}") for field in fields}
        return {key: value for key, value in found.items() if value is not None}

    def _field(self, field: Field, raw: object, path: str) -> object:
        if blank(raw):
            if field.required:
                self.faults.append(FieldError(path, "required"))
            return None
        if field.kind is Kind.TABLE:
            return self._table(field, raw, path)
        if field.kind is Kind.FILE:
            return self._file(field, raw, path)
        value = CELLS[field.kind](field, raw, path, self._world)
        if isinstance(value, FieldError):
            self.faults.append(value)
            return None
        if field.kind is Kind.PERSON:
            self._people[path] = str(value)
        if field.check:
            self._listed.setdefault(field.check, {})[path] = str(value)
        return value

    def _file(self, field: Field, raw: object, path: str) -> object:
        found = list(file_rows(field, raw, path, self._files))
        self.faults += [each for each in found if isinstance(each, FieldError)]
        return [each for each in found if not isinstance(each, FieldError)] or None

    def _table(self, field: Field, raw: object, path: str) -> object:
        """Rows, without those in which nothing was filled in."""
        if not isinstance(raw, list) or not all(isinstance(row, Mapping) for row in raw):
            self.faults.append(FieldError(path, "bad_format"))
            return None
        rows = [(number, row) for number, row in enumerate(raw) if not all(blank(cell) for cell in row.values())]
        if fault := _row_fault(field, len(rows), path):
            self.faults.append(fault)
        read = [self.fields(field.fields, row, f"{path}.{number}") for number, row in rows[:ROWS_LIMIT]]
        return read or None

    def look_up(self) -> None:
        """Ask the world about everybody and everything that was named, in bulk."""
        known = self._world.people(set(self._people.values())) if self._people else {}
        for path, id in self._people.items():
            if id not in known:
                self.faults.append(FieldError(path, "unknown_person"))
            elif not known[id]:
                self.faults.append(FieldError(path, "departed_person"))
        for reference, asked in self._listed.items():
            found = self._world.listed(reference, set(asked.values()))
            self.faults += [FieldError(path, "not_listed") for path, text in asked.items() if text not in found]


def _row_fault(field: Field, count: int, path: str) -> FieldError | None:
    least, most = rows_of(field)
    if count > most:
        return FieldError(path, "too_many_rows", {"max_length": str(most)})
    if count == 0:
        return FieldError(path, "required") if field.required else None
    return FieldError(path, "too_few_rows", {"min_length": str(least)}) if count < least else None


def rows_of(field: Field) -> tuple[int, int]:
    """How many rows a table takes, at least and at most."""
    least = field.min if isinstance(field.min, int) else 0
    return least, min(field.max, ROWS_LIMIT) if isinstance(field.max, int) else ROWS_LIMIT
