"""Trying a process out: the way that a sample request of a sample applicant would take. Nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from chalicelib.domain.approvals import Planned, Situation, path
from chalicelib.domain.errors import FieldError, Invalid, NotFound
from chalicelib.domain.forms import facts, read, without_files
from chalicelib.domain.processes import Design
from chalicelib.models.processes import DraftItem
from chalicelib.services.call import Call
from chalicelib.services.directory import People, person
from chalicelib.services.forms import CompanyWorld
from chalicelib.services.permissions import COMPANY


@dataclass(frozen=True)
class DryRun:
    """What would become of each step. `names` maps the people's ids to their names."""

    design: Design
    steps: tuple[Planned, ...]
    names: dict[str, str]


def dry_run(call: Call, key: str, applicant: str, raw: Any) -> DryRun:
    """Let a sample request pass the draft, without files.

    Raises NotFound, Invalid for the applicant or naming every wrong value.
    """
    call.permit("process:manage", COMPANY)
    (draft,) = call.store.get(DraftItem.at(key))
    if draft is None:
        raise NotFound
    design: Design = draft.design
    _check_applicant(call, applicant)
    world, people = CompanyWorld(call.store, call.now), People(call.store, call.now)
    known = facts(design.form, read(without_files(design.form), raw, world), world)
    steps = path(design.definition, applicant, Situation(people, call.now, known))
    return DryRun(design, steps, people.named({id for step in steps for id in step.people}))


def _check_applicant(call: Call, applicant: str) -> None:
    try:
        found = person(call.store, applicant, call.now)
    except NotFound as error:
        raise Invalid(FieldError("applicant", "unknown_person")) from error
    if not found.active:
        raise Invalid(FieldError("applicant", "departed_person"))
