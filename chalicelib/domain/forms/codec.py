"""Forms to and from data that JSON and DynamoDB can hold, defaults left out."""

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.forms.form import Choice, Field, Form, Kind

_COUNTED = frozenset({Kind.TEXT, Kind.LONG_TEXT, Kind.TABLE, Kind.FILE})
"""Kinds whose bounds count characters, rows or files."""
_COUNT = re.compile("[0-9]{1,6}")
_PLAIN: Mapping[str, type | tuple[type, ...]] = {
    "required": bool,
    "min": (int, str),
    "max": (int, str),
    "decimals": int,
    "currency": str,
    "pattern": str,
    "check": str,
    "size": int,
}
_DEFAULTS = {field.name: field.default for field in fields(Field)}


def form_to_data(form: Form) -> list[dict[str, Any]]:
    """The form's fields as dicts, lists, strings, whole numbers and truths."""
    return [_field_to_data(field) for field in form.fields]


def form_from_data(data: object, place: str = "fields") -> Form:
    """The form that such data describes; whether it makes sense is for `check_form` to say.

    Raises Invalid naming the first place that cannot be read: `required`, `wrong_type` or `unknown_value`.
    """
    return Form(tuple(_fields(data, place)))


def _field_to_data(field: Field) -> dict[str, Any]:
    data: dict[str, Any] = {"key": field.key, "title": dict(field.title), "kind": field.kind.value}
    data |= {name: value for name in _PLAIN if (value := getattr(field, name)) != _DEFAULTS[name]}
    if field.help:
        data["help"] = dict(field.help)
    if field.choices:
        data["choices"] = [{"key": choice.key, "title": dict(choice.title)} for choice in field.choices]
    if field.types:
        data["types"] = list(field.types)
    if field.fields:
        data["fields"] = [_field_to_data(inner) for inner in field.fields]
    return data


def _fields(data: object, place: str) -> list[Field]:
    return [_field(each, f"{place}.{index}") for index, each in enumerate(_list(data, place))]


def _field(data: object, place: str) -> Field:
    given = _mapping(data, place)
    kind = _kind(given, place)
    plain = {
        name: _typed(given[name], _PLAIN[name], f"{place}.{name}") for name in _PLAIN if given.get(name) is not None
    }
    if kind in _COUNTED:
        plain |= {name: int(text) for name in ("min", "max") if _COUNT.fullmatch(text := str(plain.get(name)))}
    choices = _list(given.get("choices") or [], f"{place}.choices")
    return Field(
        key=_typed(given.get("key"), str, f"{place}.key"),
        title=_texts(given.get("title"), f"{place}.title"),
        kind=kind,
        help=_texts(given.get("help") or {}, f"{place}.help"),
        choices=tuple(_choice(each, f"{place}.choices.{index}") for index, each in enumerate(choices)),
        types=tuple(_families(given.get("types") or [], f"{place}.types")),
        fields=tuple(_fields(given.get("fields") or [], f"{place}.fields")),
        **plain,
    )


def _families(data: object, place: str) -> list[str]:
    return [_typed(each, str, f"{place}.{index}") for index, each in enumerate(_list(data, place))]


def _kind(given: Mapping[str, Any], place: str) -> Kind:
    text = _typed(given.get("kind"), str, f"{place}.kind")
    try:
        return Kind(text)
    except ValueError:
        raise Invalid(FieldError(f"{place}.kind", "unknown_value")) from None


def _choice(data: object, place: str) -> Choice:
    given = _mapping(data, place)
    return Choice(_typed(given.get("key"), str, f"{place}.key"), _texts(given.get("title"), f"{place}.title"))


def _texts(data: object, place: str) -> dict[str, str]:
    return {language: _typed(text, str, f"{place}.{language}") for language, text in _mapping(data, place).items()}


def _mapping(data: object, place: str) -> Mapping[str, Any]:
    checked: Mapping[str, Any] = _typed(data, Mapping, place)
    return checked


def _list(data: object, place: str) -> list[Any]:
    checked: list[Any] = _typed(data, list, place)
    return checked


def _typed(value: object, kind: Any, place: str) -> Any:
    if value is None:
        raise Invalid(FieldError(place, "required"))
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise Invalid(FieldError(place, "wrong_type"))
    return value
