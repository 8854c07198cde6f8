"""The form of a request as a browser needs it: each field in the reader's words, and what stands in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from chalicelib.domain.errors import IllegalMove, NotFound
from chalicelib.domain.forms import Cell, Field, Form, Kind, Row, Value, Values, major_units
from chalicelib.domain.sites import localised
from chalicelib.handlers.attached import upload_facts
from chalicelib.handlers.requests.attached import attached
from chalicelib.handlers.requests.shown import blank_data, page_data
from chalicelib.services import directory, requests
from chalicelib.services.call import Call
from chalicelib.services.forms import CompanyWorld

PEOPLE_LIMIT = 100
"""Names behind ids that a form looks up."""


def new_form(call: Call, process: str, typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the empty form of a process needs; of what was `typed` before a refusal, the names behind the ids."""
    found, form = requests.blank(call, process)
    return blank_data(call, found, form) | {"request": None} | inputs_of(call, form, {}, typed)


def new_form_again(call: Call, typed: Mapping[str, str]) -> dict[str, Any]:
    """The same form after a refusal; raises NotFound when the process was not among what was sent."""
    if not typed.get("process"):
        raise NotFound
    return new_form(call, typed["process"], typed)


def change_form(call: Call, id: str, typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the form of an existing request needs. Raises Forbidden for who may only see it, IllegalMove when it cannot
    be changed now."""
    view = requests.view(call, id)
    running = view.approval.running if view.approval else None
    call.permit("request:change", requests.resource_of(view.request, running))
    if "change" not in view.moves:
        raise IllegalMove("request_illegal_move", state=view.request.status, move="change")
    data = page_data(call, view) | {"process": {"key": view.request.process, "title": view.request.title}}
    data["process"]["title"] = localised(view.request.title, call.locale)
    return data | inputs_of(call, view.form, view.request.values, typed)


def inputs_of(call: Call, form: Form, kept: Values, typed: Mapping[str, str] | None) -> dict[str, Any]:
    """The inputs of a form, what is `kept` in them by name, and the names behind the ids in them."""
    values = dict(_flat(call, form, kept))
    listed = sorted(directory.departments(call.store, call.now), key=lambda each: each.name)
    return {
        "fields": [_shown(call, field) for field in form.fields],
        "values": values,
        "people": _names(call, form, {**values, **(typed or {})}),
        "attached": attached(call, form, kept, {**values, **(typed or {})}),
        "departments": [(each.id, each.name) for each in listed] if _asks_for(form, Kind.DEPARTMENT) else [],
    }


def _shown(call: Call, field: Field) -> dict[str, Any]:
    most = field.max if isinstance(field.max, int) else None
    shown = {
        "key": field.key,
        "kind": str(field.kind),
        "label": localised(field.title, call.locale),
        "help": localised(field.help, call.locale) if field.help else "",
        "required": field.required,
        "currency": field.currency,
        "choices": [(choice.key, localised(choice.title, call.locale)) for choice in field.choices],
        "min": field.min,
        "max": most if field.kind in (Kind.TEXT, Kind.LONG_TEXT, Kind.TABLE) else field.max,
        "columns": [_shown(call, column) for column in field.fields],
    }
    return shown | upload_facts(field) if field.kind is Kind.FILE else shown


def _flat(call: Call, form: Form, values: Values) -> Iterator[tuple[str, str]]:
    """What is kept, by the names of the form's inputs: `values.reason`, `values.items.0.amount`."""
    world = CompanyWorld(call.store, call.now)
    for field in form.fields:
        value = values.get(field.key)
        if value is None:
            continue
        if field.kind is Kind.TABLE:
            for number, row in enumerate(cast(Sequence[Row], value)):
                for column in field.fields:
                    if column.key in row:
                        yield f"values.{field.key}.{number}.{column.key}", _text(world, column, row[column.key])
        elif field.kind is Kind.FILE:
            for number, row in enumerate(cast(Sequence[Row], value)):
                yield f"values.{field.key}.{number}", str(row["id"])
        else:
            yield f"values.{field.key}", _text(world, field, value)


def _text(world: CompanyWorld, field: Field, value: Value | Cell) -> str:
    if field.kind is Kind.MONEY and isinstance(value, int):
        return major_units(value, world.digits(field.currency) or 0)
    return str(value)


def _asks_for(form: Form, kind: Kind) -> bool:
    return any(field.kind is kind for _, field in form.each())


def _names(call: Call, form: Form, values: Mapping[str, str]) -> dict[str, str]:
    """The names of the people who are chosen in the form."""
    keys = {field.key for _, field in form.each() if field.kind is Kind.PERSON}
    ids = [value for name, value in values.items() if value and name.rpartition(".")[2] in keys]
    return directory.People(call.store, call.now).named(ids[:PEOPLE_LIMIT])
