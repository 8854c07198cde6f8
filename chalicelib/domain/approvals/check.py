"""Whether a definition may be saved: every fault with its place, before any document runs by it."""

import re
from collections.abc import Iterator, Mapping

from chalicelib.domain.approvals.check_rules import asking_faults, people_faults, rules_faults
from chalicelib.domain.approvals.condition_check import condition_faults
from chalicelib.domain.approvals.conditions import Condition, FactTypes
from chalicelib.domain.approvals.definition import (
    LANGUAGES,
    MAX_APPROVERS,
    MAX_HOURS,
    MAX_STEPS,
    Definition,
    Step,
)
from chalicelib.domain.approvals.people import People
from chalicelib.domain.errors import FieldError, Invalid

_KEY = re.compile(r"[a-z][a-z0-9_]{0,63}")


def check_definition(definition: Definition, people: People, types: FactTypes) -> None:
    """Raises Invalid with every fault of the definition, by the paths of its data (`steps.0.rules.1.role`).

    `types` are the facts that documents of the process have. Codes: `required`, `bad_key`, `out_of_range` (min, max),
    `too_many` (max), `too_many_approvers` (max), `duplicate`, `unknown_person`, `departed_person`, `unknown_role`,
    `unknown_field`, `wrong_field_type`, `bad_operator`, `bad_value`, `too_deep` (max), `optional_field` (the applicant
    could leave it empty, and nobody would decide), `never_decided` (nobody matches, and there is no administrator).

    Steps follow one another and time-outs lead upwards, so a definition cannot run in a circle; one that nobody needs
    to decide, because every step may be skipped, approves.
    """
    faults = tuple(_faults(definition, people, types))
    if faults:
        raise Invalid(*faults)


def _faults(definition: Definition, people: People, types: FactTypes) -> Iterator[FieldError]:
    yield from _key_faults(definition.key, "key")
    if definition.version < 1:
        yield FieldError("version", "out_of_range", {"min": "1"})
    yield from _title_faults(definition.title, "title")
    yield from _count_faults(len(definition.steps), MAX_STEPS, "steps")
    yield from _duplicates(definition.steps)
    for index, step in enumerate(definition.steps[:MAX_STEPS]):
        yield from _step_faults(step, f"steps.{index}", people, types)
    if len(definition.copies) > MAX_APPROVERS:
        yield FieldError("copies", "too_many", {"max": str(MAX_APPROVERS)})
    yield from rules_faults(definition.copies, "copies", people, types)


def _key_faults(key: str, place: str) -> Iterator[FieldError]:
    if not _KEY.fullmatch(key):
        yield FieldError(place, "bad_key")


def _title_faults(title: Mapping[str, str], place: str) -> Iterator[FieldError]:
    for language in LANGUAGES:
        if not title.get(language, "").strip():
            yield FieldError(f"{place}.{language}", "required")


def _count_faults(count: int, most: int, place: str) -> Iterator[FieldError]:
    if count == 0:
        yield FieldError(place, "required")
    elif count > most:
        yield FieldError(place, "too_many", {"max": str(most)})


def _duplicates(steps: tuple[Step, ...]) -> Iterator[FieldError]:
    seen: set[tuple[str, str]] = set()
    for index, step in enumerate(steps[:MAX_STEPS]):
        titles = [(f"title.{language}", step.title.get(language, "").strip()) for language in LANGUAGES]
        for name in (("key", step.key), *titles):
            if name in seen:
                yield FieldError(f"steps.{index}.{name[0]}", "duplicate")
            elif name[1]:
                seen.add(name)


def _step_faults(step: Step, place: str, people: People, types: FactTypes) -> Iterator[FieldError]:
    yield from _key_faults(step.key, f"{place}.key")
    yield from _title_faults(step.title, f"{place}.title")
    yield from _count_faults(len(step.rules), MAX_APPROVERS, f"{place}.rules")
    yield from rules_faults(step.rules, f"{place}.rules", people, types)
    yield from asking_faults(step, place, people, types)
    yield from _number_faults(step.share, 100, f"{place}.share")
    yield from _time_faults(step, place)
    for name, condition in (("condition", step.condition), ("auto_approve", step.auto_approve)):
        if condition is not None:
            yield from _tree_faults(condition, f"{place}.{name}", people, types)


def _time_faults(step: Step, place: str) -> Iterator[FieldError]:
    if step.hours is not None:
        yield from _number_faults(step.hours, MAX_HOURS, f"{place}.hours")
        if step.on_timeout is None:
            yield FieldError(f"{place}.on_timeout", "required")
    elif step.on_timeout is not None:
        yield FieldError(f"{place}.hours", "required")


def _number_faults(number: int, most: int, place: str) -> Iterator[FieldError]:
    if not 1 <= number <= most:
        yield FieldError(place, "out_of_range", {"min": "1", "max": str(most)})


def _tree_faults(condition: Condition, place: str, people: People, types: FactTypes) -> Iterator[FieldError]:
    faults = tuple(condition_faults(condition, place, types))
    # A tree beyond its bounds is not worth looking anybody up for.
    yield from faults or people_faults(condition, place, people, types)
