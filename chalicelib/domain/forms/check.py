"""Whether a form may be saved: every fault with its place, before anybody fills it in."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from chalicelib.domain.approvals import LANGUAGES
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.file_types import FAMILIES
from chalicelib.domain.forms.amounts import decimals_of, iso_date, minor_units, number
from chalicelib.domain.forms.form import (
    CHOICES_LIMIT,
    COLUMNS_LIMIT,
    DECIMALS_LIMIT,
    FIELDS_LIMIT,
    FILES_LIMIT,
    HELP_LIMIT,
    KEY,
    LINE_LIMIT,
    PATTERN_LIMIT,
    ROWS_LIMIT,
    TEXT_LIMIT,
    TITLE_LIMIT,
    Bound,
    Field,
    Form,
    Kind,
)
from chalicelib.domain.forms.world import World
from chalicelib.domain.uploads import SIZE_LIMIT

COUNT = "count"
"""No column has this key: `TABLE.count` is the fact of how many rows there are."""

_ONLY_FOR: Mapping[str, frozenset[Kind]] = {
    "min": frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.NUMBER, Kind.MONEY, Kind.DATE, Kind.TABLE, Kind.FILE}),
    "max": frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.NUMBER, Kind.MONEY, Kind.DATE, Kind.TABLE, Kind.FILE}),
    "decimals": frozenset({Kind.NUMBER}),
    "currency": frozenset({Kind.MONEY}),
    "choices": frozenset({Kind.CHOICE}),
    "pattern": frozenset({Kind.TEXT}),
    "check": frozenset({Kind.TEXT}),
    "fields": frozenset({Kind.TABLE}),
    "types": frozenset({Kind.FILE}),
    "size": frozenset({Kind.FILE}),
}


def check_form(form: Form, world: World) -> None:
    """Raises Invalid with every fault of the form, by the paths of its data (`fields.0.choices.2.title.zh`).

    Codes: `required`, `bad_key`, `duplicate`, `too_many` (max), `too_long`, `out_of_range`, `not_for_kind`,
    `no_nested_tables`, `no_files_in_tables`, `unknown_value`, `unknown_currency`,
    `bad_pattern`, `unknown_reference`, `bad_format`, `min_above_max`.
    """
    faults = [*_listing(form.fields, FIELDS_LIMIT, "fields")]
    for place, field in form.each():
        faults += _field(field, place, world)
    if faults:
        raise Invalid(*faults)


def _listing(fields: Collection[Field], most: int, place: str) -> Iterator[FieldError]:
    if not fields:
        yield FieldError(place, "required")
    elif len(fields) > most:
        yield FieldError(place, "too_many", {"max": str(most)})
    yield from _keys((field.key for field in fields), place)
    yield from _same_titles(fields, place)


def _keys(keys: Iterable[str], place: str) -> Iterator[FieldError]:
    seen: set[str] = set()
    for index, key in enumerate(keys):
        if not re.fullmatch(KEY, key):
            yield FieldError(f"{place}.{index}.key", "bad_key")
        elif key in seen:
            yield FieldError(f"{place}.{index}.key", "duplicate")
        seen.add(key)


def _same_titles(fields: Iterable[Field], place: str) -> Iterator[FieldError]:
    """Two fields of one name could not be told apart in a condition, a list or an export."""
    for language in LANGUAGES:
        seen: set[str] = set()
        for index, field in enumerate(fields):
            title = field.title.get(language, "").strip()
            if title and title in seen:
                yield FieldError(f"{place}.{index}.title.{language}", "duplicate")
            seen.add(title)


def _field(field: Field, place: str, world: World) -> Iterator[FieldError]:
    yield from _texts(field.title, TITLE_LIMIT, f"{place}.title")
    for language, text in field.help.items():
        yield from _length(text, HELP_LIMIT, f"{place}.help.{language}")
    for name, kinds in _ONLY_FOR.items():
        if field.kind not in kinds and getattr(field, name) not in (None, 0, "", ()):
            yield FieldError(f"{place}.{name}", "not_for_kind")
    if check := _BY_KIND.get(field.kind):
        yield from check(field, place, world)
    if bound := _bound_of(field, world):
        yield from _bounds(field, bound, place)


def _texts(texts: Mapping[str, str], most: int, place: str) -> Iterator[FieldError]:
    for language in LANGUAGES:
        text = texts.get(language, "").strip()
        if not text:
            yield FieldError(f"{place}.{language}", "required")
        yield from _length(text, most, f"{place}.{language}")


def _length(text: str, most: int, place: str) -> Iterator[FieldError]:
    if len(text) > most:
        yield FieldError(place, "too_long", {"max_length": str(most)})


def _text(field: Field, place: str, world: World) -> Iterator[FieldError]:
    if len(field.pattern) > PATTERN_LIMIT:
        yield FieldError(f"{place}.pattern", "too_long", {"max_length": str(PATTERN_LIMIT)})
    elif field.pattern and world.matches(field.pattern, "") is None:
        yield FieldError(f"{place}.pattern", "bad_pattern")
    if field.check and not world.reference(field.check):
        yield FieldError(f"{place}.check", "unknown_reference")


def _number(field: Field, place: str, world: World) -> Iterator[FieldError]:
    if not 0 <= field.decimals <= DECIMALS_LIMIT:
        yield FieldError(f"{place}.decimals", "out_of_range", {"min": "0", "max": str(DECIMALS_LIMIT)})


def _money(field: Field, place: str, world: World) -> Iterator[FieldError]:
    if not field.currency:
        yield FieldError(f"{place}.currency", "required")
    elif world.digits(field.currency) is None:
        yield FieldError(f"{place}.currency", "unknown_currency")


def _choice(field: Field, place: str, world: World) -> Iterator[FieldError]:
    if not field.choices:
        yield FieldError(f"{place}.choices", "required")
    elif len(field.choices) > CHOICES_LIMIT:
        yield FieldError(f"{place}.choices", "too_many", {"max": str(CHOICES_LIMIT)})
    yield from _keys((choice.key for choice in field.choices), f"{place}.choices")
    for index, choice in enumerate(field.choices[:CHOICES_LIMIT]):
        yield from _texts(choice.title, TITLE_LIMIT, f"{place}.choices.{index}.title")


def _table(field: Field, place: str, world: World) -> Iterator[FieldError]:
    yield from _listing(field.fields, COLUMNS_LIMIT, f"{place}.fields")
    for index, column in enumerate(field.fields):
        if column.kind is Kind.TABLE:
            yield FieldError(f"{place}.fields.{index}.kind", "no_nested_tables")
        if column.kind is Kind.FILE:
            yield FieldError(f"{place}.fields.{index}.kind", "no_files_in_tables")
        if column.key == COUNT:
            yield FieldError(f"{place}.fields.{index}.key", "duplicate")


def _file(field: Field, place: str, world: World) -> Iterator[FieldError]:
    largest = SIZE_LIMIT // (1024 * 1024)
    if not 0 <= field.size <= largest:
        yield FieldError(f"{place}.size", "out_of_range", {"min": "1", "max": str(largest)})
    for index, family in enumerate(field.types):
        if family not in FAMILIES:
            yield FieldError(f"{place}.types.{index}", "unknown_value")


_BY_KIND: Mapping[Kind, Callable[[Field, str, World], Iterator[FieldError]]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.CHOICE: _choice,
    Kind.TABLE: _table,
    Kind.FILE: _file,
}


def _bound_of(field: Field, world: World) -> Callable[[Bound], object] | None:
    """What makes a comparable value of a bound, or None of one that is none for this kind."""
    most = {Kind.TEXT: LINE_LIMIT, Kind.LONG_TEXT: TEXT_LIMIT, Kind.TABLE: ROWS_LIMIT, Kind.FILE: FILES_LIMIT}.get(
        field.kind
    )
    if most is not None:
        return lambda bound: bound if isinstance(bound, int) and 0 <= bound <= most else None
    match field.kind:
        case Kind.NUMBER:
            return lambda bound: _with_decimals(bound, field.decimals)
        case Kind.MONEY:
            digits = world.digits(field.currency)
            return None if digits is None else lambda bound: minor_units(bound, digits)
        case Kind.DATE:
            return iso_date
    return None


def _with_decimals(bound: Bound, decimals: int) -> object:
    value = number(bound)
    return value if value is not None and decimals_of(value) <= decimals else None


def _bounds(field: Field, comparable: Callable[[Bound], object], place: str) -> Iterator[FieldError]:
    found = {name: comparable(bound) for name in ("min", "max") if (bound := getattr(field, name)) is not None}
    for name, value in found.items():
        if value is None:
            yield FieldError(f"{place}.{name}", "bad_format")
    least, most = found.get("min"), found.get("max")
    if least is not None and most is not None and least > most:  # type: ignore[operator]
        yield FieldError(f"{place}.max", "min_above_max")
