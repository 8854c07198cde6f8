"""Reading untrusted data: each helper names the place of what it cannot read."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from chalicelib.domain.errors import FieldError, Invalid


def read[T](data: object, name: str, kind: type[T], place: str) -> T:
    """The value of that name and type in an object; raises Invalid `required` or `wrong_type`."""
    value = given(data, name, place)
    if value is None:
        raise unreadable(place, name, "required")
    if not isinstance(value, kind) or isinstance(value, bool):
        raise unreadable(place, name, "wrong_type")
    return value


def given(data: object, name: str, place: str) -> Any:
    """What an object holds under that name, None if nothing; raises Invalid for what is no object."""
    if not isinstance(data, Mapping):
        raise Invalid(FieldError(place, "wrong_type"))
    return data.get(name)


def member[M: StrEnum](data: object, name: str, members: type[M], place: str) -> M:
    """One of a closed set of words; raises Invalid `unknown_value` for another."""
    value = read(data, name, str, place)
    try:
        return members(value)
    except ValueError:
        raise unreadable(place, name, "unknown_value") from None


def unreadable(place: str, name: str, code: str) -> Invalid:
    """The refusal of what stands under that name."""
    return Invalid(FieldError(f"{place}.{name}".lstrip("."), code))
