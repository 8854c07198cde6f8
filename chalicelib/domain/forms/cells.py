"""One field's value, or what is wrong with it. Tables and what the world knows are for `reading`."""

from collections.abc import Callable, Iterator, Mapping

from chalicelib.domain.errors import FieldError
from chalicelib.domain.forms.amounts import decimals_of, iso_date, major_units, minor_units, number, plain
from chalicelib.domain.forms.form import LINE_LIMIT, TEXT_LIMIT, Field, Kind
from chalicelib.domain.forms.world import World

type Cell = str | int
"""A text, a choice's key, an id, an ISO date, a decimal text; a whole number, or money in minor units."""
type Row = Mapping[str, Cell]
"""A row of a table by column key, or what is kept of a file."""


def blank(raw: object) -> bool:
    """Whether nothing was filled in."""
    return raw is None or raw == [] or (isinstance(raw, str) and not raw.strip())


def length_limit(field: Field) -> int:
    """How many characters a text field takes."""
    limit = LINE_LIMIT if field.kind is Kind.TEXT else TEXT_LIMIT
    return min(field.max, limit) if isinstance(field.max, int) else limit


def _text(field: Field, raw: object, path: str, world: World) -> Cell | FieldError:
    text = _typed(raw, "" if field.kind is Kind.TEXT else "\n\t")
    if text is None:
        return FieldError(path, "bad_format")
    if len(text) > length_limit(field):
        return FieldError(path, "too_long", {"max_length": str(length_limit(field))})
    if isinstance(field.min, int) and len(text) < field.min:
        return FieldError(path, "too_short", {"min_length": str(field.min)})
    if field.pattern and not world.matches(field.pattern, text):
        return FieldError(path, "pattern_mismatch")
    return text


def _typed(raw: object, kept: str) -> str | None:
    """The text without blanks around it; None when it is none, or holds what no keyboard types."""
    if not isinstance(raw, str):
        return None
    text = raw.strip().replace("\r\n", "\n").replace("\r", "\n")
    return None if any(_unwanted(text, kept)) else text


def _unwanted(text: str, kept: str) -> Iterator[bool]:
    return ((char < " " and char not in kept) or char == "\x7f" or "\ud800" <= char <= "\udfff" for char in text)


def _number(field: Field, raw: object, path: str, world: World) -> Cell | FieldError:
    value = number(raw)
    if value is None:
        return FieldError(path, "bad_format")
    if decimals_of(value) > field.decimals:
        code = "too_many_decimals" if field.decimals else "not_whole"
        return FieldError(path, code, {"decimals": str(field.decimals)})
    if (least := number(field.min)) is not None and value < least:
        return FieldError(path, "too_small", {"ge": str(plain(least))})
    if (most := number(field.max)) is not None and value > most:
        return FieldError(path, "too_large", {"le": str(plain(most))})
    return plain(value)


def _money(field: Field, raw: object, path: str, world: World) -> Cell | FieldError:
    digits = world.digits(field.currency) or 0
    value = minor_units(raw, digits)
    if value is None:
        return FieldError(path, "bad_format")
    if (least := minor_units(field.min, digits)) is not None and value < least:
        return FieldError(path, "too_small", {"ge": f"{major_units(least, digits)} {field.currency}"})
    if (most := minor_units(field.max, digits)) is not None and value > most:
        return FieldError(path, "too_large", {"le": f"{major_units(most, digits)} {field.currency}"})
    return value


def _date(field: Field, raw: object, path: str, world: World) -> Cell | FieldError:
    day = iso_date(raw)
    if day is None:
        return FieldError(path, "bad_format")
    if (first := iso_date(field.min)) is not None and day < first:
        return FieldError(path, "too_early", {"min": first.isoformat()})
    if (last := iso_date(field.max)) is not None and day > last:
        return FieldError(path, "too_late", {"max": last.isoformat()})
    return day.isoformat()


def _choice(field: Field, raw: object, path: str, world: World) -> Cell | FieldError:
    if not isinstance(raw, str) or field.choice(raw) is None:
        return FieldError(path, "bad_choice")
    return raw


def _person(field: Field, raw: object, path: str, world: World) -> Cell | FieldError:
    """The id; whether it is somebody's is asked for all people of the form at once."""
    id = _typed(raw, "")
    return FieldError(path, "unknown_person") if id is None or len(id) > LINE_LIMIT else id


def _department(field: Field, raw: object, path: str, world: World) -> Cell | FieldError:
    if not isinstance(raw, str) or world.department(raw) is None:
        return FieldError(path, "unknown_department")
    return raw


CELLS: Mapping[Kind, Callable[[Field, object, str, World], Cell | FieldError]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DATE: _date,
    Kind.CHOICE: _choice,
    Kind.PERSON: _person,
    Kind.DEPARTMENT: _department,
}
"""By kind: (field, what was filled in, its path, world) -> the value to keep, or the fault."""
