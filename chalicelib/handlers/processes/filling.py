"""The builder of a process as a browser needs it: the draft as the names of its inputs, and what there is to choose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from chalicelib.domain.approvals import FactTypes, definition_to_data
from chalicelib.domain.directory import ROLES
from chalicelib.domain.forms import Form, Kind, fact_types, form_to_data, major_units, without_files
from chalicelib.domain.processes import Design, Process
from chalicelib.handlers.processes.shown import process_data
from chalicelib.handlers.requests.filling import inputs_of
from chalicelib.services import directory, processes, references
from chalicelib.services.call import Call
from chalicelib.services.forms import CompanyWorld
from chalicelib.services.permissions import COMPANY

type Typed = Mapping[str, str]

BLANK = {
    "prefix": "",
    "fields.0.kind": "text",
    "fields.0.required": "true",
    "steps.0.rules.0.kind": "manager",
    "steps.0.rules.0.levels": "1",
    "steps.0.title.en": "Line manager",
    "steps.0.title.zh": "直属上级",
}
"""A new process starts with one field and the step that most processes have."""


def new_builder(call: Call, typed: Typed | None = None) -> dict[str, Any]:
    """The empty builder."""
    call.permit("process:manage", COMPANY)
    return {"process": None, "moves": (), "published": None, "values": BLANK} | _choices(
        call, {**BLANK, **(typed or {})}
    )


def builder(call: Call, key: str, typed: Typed | None = None) -> dict[str, Any]:
    """The builder filled with a process's draft; raises NotFound."""
    call.permit("process:manage", COMPANY)
    found = processes.detail(call, key)
    values = _values(call, found.process, found.draft) if found.draft else {}
    data = {"process": process_data(call, found.process), "moves": found.moves, "published": found.process.published}
    return data | {"values": values} | _choices(call, {**values, **(typed or {})})


def trial(call: Call, key: str, typed: Typed | None = None) -> dict[str, Any]:
    """The draft's own form, to be filled in with a sample; raises NotFound."""
    call.permit("process:manage", COMPANY)
    found = processes.detail(call, key)
    form = without_files(found.draft.form) if found.draft else Form(())
    asked = inputs_of(call, form, {}, typed)
    sample = (typed or {}).get("applicant") or call.me.id
    people = asked["people"] | directory.People(call.store, call.now).named([sample])
    return {"process": process_data(call, found.process), "steps": None, "sample": sample} | asked | {"people": people}


def _values(call: Call, process: Process, draft: Design) -> dict[str, str]:
    world, form = CompanyWorld(call.store, call.now), draft.form
    definition = definition_to_data(draft.definition)
    data = {
        "prefix": process.prefix,
        "title": definition["title"],
        "description": dict(process.description),
        "fields": [_field(each, world) for each in form_to_data(form)],
        "steps": [_step(each, fact_types(form), world) for each in definition["steps"]],
        "copies": definition["copies"],
    }
    return dict(flat(data, ""))


def _field(field: dict[str, Any], world: CompanyWorld) -> dict[str, Any]:
    """Bounds of money in the currency's own unit, as an administrator wrote them."""
    columns = {"fields": [_field(each, world) for each in field.get("fields") or ()]}
    if field["kind"] != Kind.MONEY:
        return field | columns
    return field | {name: _amount(field.get(name), field.get("currency", ""), world) for name in ("min", "max")}


def _step(step: dict[str, Any], types: FactTypes, world: CompanyWorld) -> dict[str, Any]:
    return step | {name: _group(_tree(step[name], types, world)) for name in ("condition", "auto_approve")}


def _group(tree: Any) -> Any:
    """The builder shows groups of comparisons: a single one is a group of one."""
    return {"kind": "all", "parts": [tree]} if tree and tree["kind"] == "compare" else tree


def _tree(tree: Any, types: FactTypes, world: CompanyWorld) -> Any:
    if not tree:
        return None
    changed = dict(tree)
    if tree.get("parts"):
        changed["parts"] = [_tree(part, types, world) for part in tree["parts"]]
    if tree.get("part"):
        changed["part"] = _tree(tree["part"], types, world)
    spec = types.get(tree.get("field", ""))
    if spec and spec.currency:
        changed["value"] = _amount(tree.get("value"), spec.currency, world)
    return changed


def _amount(value: Any, currency: str, world: CompanyWorld) -> Any:
    return major_units(value, world.digits(currency) or 0) if isinstance(value, int) else value


def flat(value: Any, name: str) -> Iterator[tuple[str, str]]:
    """Nested values by the names of their inputs; what is not set has none."""
    match value:
        case Mapping():
            for key, part in value.items():
                yield from flat(part, f"{name}.{key}" if name else str(key))
        case list() | tuple():
            for number, part in enumerate(value):
                yield from flat(part, f"{name}.{number}")
        case None | False:
            return
        case True:
            yield name, "true"
        case _:
            yield name, str(value)


def _choices(call: Call, values: Mapping[str, str]) -> dict[str, Any]:
    people = [value for name, value in values.items() if name.endswith(".person") and value]
    return {
        "people": directory.People(call.store, call.now).named(people[:100]),
        "roles": [role for role in ROLES if role != "employee"],
        "references": [(each.id, each.title.get(call.locale[:2], each.id)) for each in references.listed(call)],
    }
