"""A form as JSON Schema (draft 2020-12), for programs that fill it in."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from chalicelib.domain.forms.amounts import number, plain
from chalicelib.domain.forms.cells import length_limit
from chalicelib.domain.forms.files import files_of, media_of, size_of
from chalicelib.domain.forms.form import Field, Form, Kind
from chalicelib.domain.forms.reading import rows_of

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ID = {"type": "string", "minLength": 1, "maxLength": 64}
_DECIMAL = r"^[+-]?[0-9]+(\.[0-9]+)?$"


def json_schema(form: Form, language: str = "en") -> dict[str, Any]:
    """What `read` takes of the form, with titles in `language` (en or zh).

    What only the company knows (people, departments, reference lists) and the bounds of amounts are for `read`.
    """
    return {"$schema": DIALECT} | _object(form.fields, language)


def _object(fields: Collection[Field], language: str) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {field.key: _property(field, language) for field in fields},
        "required": [field.key for field in fields if field.required],
    }


def _property(field: Field, language: str) -> dict[str, Any]:
    described = {"title": field.title.get(language, "")}
    if help := field.help.get(language):
        described["description"] = help
    if field.check:
        described["x-reference"] = field.check
    return described | _BY_KIND[field.kind](field, language)


def _text(field: Field, language: str) -> dict[str, Any]:
    pattern = {"pattern": f"^(?:{field.pattern})$"} if field.pattern else {}
    least = max(int(field.required), field.min if isinstance(field.min, int) else 0)
    return {"type": "string", "minLength": least, "maxLength": length_limit(field)} | pattern


def _number(field: Field, language: str) -> dict[str, Any]:
    if field.decimals:
        return {"anyOf": [_bounded(field, "number"), {"type": "string", "pattern": _DECIMAL}]}
    return _bounded(field, "integer")


def _bounded(field: Field, type: str) -> dict[str, Any]:
    """Bounds with a fraction are left to `read`: JSON has only floats for them."""
    bounds = {"minimum": number(field.min), "maximum": number(field.max)}
    whole = {name: plain(value) for name, value in bounds.items() if value is not None}
    return {"type": type} | {name: value for name, value in whole.items() if isinstance(value, int)}


def _money(field: Field, language: str) -> dict[str, Any]:
    minor = {"type": "integer", "description": f"Minor units of {field.currency}."}
    amount = {"type": "string", "pattern": _DECIMAL, "description": f"An amount in {field.currency}."}
    return {"anyOf": [minor, amount], "x-currency": field.currency}


def _choice(field: Field, language: str) -> dict[str, Any]:
    return {"oneOf": [{"const": choice.key, "title": choice.title.get(language, "")} for choice in field.choices]}


def _table(field: Field, language: str) -> dict[str, Any]:
    least, most = rows_of(field)
    least = max(least, 1) if field.required else 0  # an empty table that need not be filled in breaks no bound
    return {"type": "array", "minItems": least, "maxItems": most, "items": _object(field.fields, language)}


def _file(field: Field, language: str) -> dict[str, Any]:
    least, most = files_of(field)
    least = max(least, 1) if field.required else 0
    taken = {"x-content-types": media_of(field), "x-max-bytes": size_of(field)}
    about = "Ids of files, each announced by POST /uploads."
    return {
        "type": "array",
        "minItems": least,
        "maxItems": most,
        "uniqueItems": True,
        "items": {**_ID, "description": about},
    } | taken


_BY_KIND: Mapping[Kind, Callable[[Field, str], dict[str, Any]]] = {
    Kind.TEXT: _text,
    Kind.LONG_TEXT: _text,
    Kind.NUMBER: _number,
    Kind.MONEY: _money,
    Kind.DATE: lambda field, language: {"type": "string", "format": "date"},
    Kind.CHOICE: _choice,
    Kind.PERSON: lambda field, language: dict(_ID),
    Kind.DEPARTMENT: lambda field, language: dict(_ID),
    Kind.TABLE: _table,
    Kind.FILE: _file,
}
