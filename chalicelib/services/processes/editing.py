"""Making processes: a draft that is checked whenever it is saved, versions that never change, retirement."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chalicelib.domain.approvals import Definition, check_definition, definition_from_data
from chalicelib.domain.errors import FieldError, Invalid, NotFound, Stale
from chalicelib.domain.forms import KEY, Form, check_form, fact_types, form_from_data
from chalicelib.domain.processes import BUILT_IN, Design, Process, check_heading, move
from chalicelib.models.item import Key
from chalicelib.models.processes import DraftItem, PrefixItem, ProcessItem, VersionItem
from chalicelib.models.references import ReferenceItem
from chalicelib.models.store import Delete, Operation, Put
from chalicelib.models.store import create as create_item
from chalicelib.models.store import replace as replace_item
from chalicelib.services.ahead import read_ahead
from chalicelib.services.call import Answer, Call
from chalicelib.services.directory import People, reading
from chalicelib.services.forms import CompanyWorld
from chalicelib.services.permissions import COMPANY
from chalicelib.services.processes.amounts import with_minor_units

MANAGE = "process:manage"


@dataclass(frozen=True)
class Sent:
    """A process as an administrator sends it; `fields`, `steps` and `copies` are data (see the codecs)."""

    prefix: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    fields: Sequence[Any]
    steps: Sequence[Any]
    copies: Sequence[Any] = ()


def create(call: Call, key: str, sent: Sent) -> Answer:
    """A new process as a draft. Raises Invalid naming every fault of form and steps by its place."""
    call.permit(MANAGE, COMPANY)
    faults = [] if re.fullmatch(KEY, key) else [FieldError("key", "bad_key")]
    taken = Invalid(FieldError("key", "duplicate"))
    if any(name == key for name, _ in BUILT_IN):
        raise taken
    design = _design(call, key, 1, sent, faults)
    process = Process(key, sent.prefix, sent.title, sent.description, call.now)
    head = create_item(ProcessItem.from_process(process), taken)
    return _commit(call, process, head, _claimed(process), _draft(key, design))


def change(call: Call, key: str, sent: Sent) -> Answer:
    """State a draft anew; what was published stays until the next publication, its title, too.

    Raises what `create` raises, NotFound, Stale.
    """
    call.permit(MANAGE, COMPANY)
    call = read_ahead(call, [ProcessItem.at(key), *_references(form_from_data(sent.fields))])
    before = _current(call, key)
    design = _design(call, key, before.published + 1, sent, [])
    title = before.title if before.published else sent.title
    changed = move(before, "change", call.now)
    process = replace(changed, prefix=sent.prefix, title=title, description=sent.description)
    renamed = [] if process.prefix == before.prefix else [Delete(PrefixItem.at(before.prefix), {}), _claimed(process)]
    return _commit(call, process, replace_item(ProcessItem.from_process(process)), _draft(key, design), *renamed)


def publish(call: Call, key: str) -> Answer:
    """The draft becomes the version that people start from now on; what runs keeps its own.

    Raises NotFound, Stale, IllegalMove when nothing changed, Invalid for what no longer stands (somebody left).
    """
    call.permit(MANAGE, COMPANY)
    call = read_ahead(call, [ProcessItem.at(key), DraftItem.at(key)])
    before = _current(call, key)
    (draft,) = call.store.get(DraftItem.at(key))
    process = move(before, "publish", call.now)
    design = _numbered(draft.design, process.published)
    _raise(_faults(call, design, _SavedWorld(call.store, call.now)))
    process = replace(process, title=design.definition.title)
    version = VersionItem.from_design(key, design, call.now, call.me.id)
    return _commit(call, process, replace_item(ProcessItem.from_process(process)), create_item(version))


def retire(call: Call, key: str) -> Answer:
    """Nobody starts the process any more; what runs goes on. Raises NotFound, Stale, IllegalMove."""
    call.permit(MANAGE, COMPANY)
    process = move(_current(call, key), "retire", call.now)
    return _commit(call, process, replace_item(ProcessItem.from_process(process)))


def _current(call: Call, key: str) -> Process:
    (item,) = call.store.get(ProcessItem.at(key))
    if item is None:
        raise NotFound
    if call.expected_version not in (None, item.version):
        raise Stale(state=item.status)
    process: Process = item.to(Process)
    return process


def _claimed(process: Process) -> Operation:
    _, pk, sk = PrefixItem.at(process.prefix)
    return create_item(PrefixItem(pk, sk, process=process.id), Invalid(FieldError("prefix", "duplicate")))


def _draft(key: str, design: Design) -> Operation:
    return Put(DraftItem.from_design(key, design), {})  # the head's condition guards both


def _numbered(design: Design, number: int) -> Design:
    return Design(design.form, replace(design.definition, version=number))


def _design(call: Call, key: str, number: int, sent: Sent, faults: list[FieldError]) -> Design:
    """What was sent, checked together with whatever else is wrong."""
    form = form_from_data(sent.fields)
    definition = _definition(call, key, number, sent, form)
    design = Design(form, definition)
    _raise(
        [
            *faults,
            *_faults_of(lambda: check_heading(sent.prefix, sent.description)),
            *_faults(call, design, _world(call)),
        ]
    )
    return design


def _definition(call: Call, key: str, number: int, sent: Sent, form: Form) -> Definition:
    steps = with_minor_units(sent.steps, fact_types(form), _world(call))
    data = {"key": key, "version": number, "title": dict(sent.title), "steps": steps, "copies": list(sent.copies)}
    return definition_from_data(data)


def _world(call: Call) -> CompanyWorld:
    return CompanyWorld(call.store, call.now)


def _references(form: Form) -> list[Key]:
    """Where the reference lists are that the form asks."""
    fields = [*form.fields, *(column for field in form.fields for column in field.fields)]
    return [ReferenceItem.at(field.check) for field in fields if field.check]


class _SavedWorld(CompanyWorld):
    """The world of a form that was checked when it was saved: reference lists are never removed."""

    def reference(self, key: str) -> bool:
        """See World."""
        return True


def _faults(call: Call, design: Design, world: CompanyWorld) -> list[FieldError]:
    """Everything that is wrong with form and steps."""
    people = People(call.store, call.now)
    types = fact_types(design.form)
    return [
        *_faults_of(lambda: check_form(design.form, world)),
        *_faults_of(lambda: check_definition(design.definition, people, types)),
    ]


def _faults_of(check: Callable[[], None]) -> Sequence[FieldError]:
    try:
        check()
    except Invalid as refused:
        return refused.fields
    return ()


def _raise(faults: Sequence[FieldError]) -> None:
    if faults:
        raise Invalid(*faults)


def _commit(call: Call, process: Process, *operations: Operation) -> Answer:
    answer = {
        "key": process.id,
        "status": process.status,
        "published": process.published,
        "version": process.version,
        "location": f"/processes/{process.id}",
    }
    done = call.commit(answer, *operations)
    reading.forget()
    return done
