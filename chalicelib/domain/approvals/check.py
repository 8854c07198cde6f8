"""Whether a definition may be saved: every fault with its place, before any document runs by it."""

import re
from collections.abc import Iterable, Iterator, Mapping

from chalicelib.domain.approvals.definition import (
    LANGUAGES,
    MAX_APPROVERS,
    MAX_LEVELS,
    MAX_STEPS,
    Definition,
    ManagerRule,
    PersonRule,
    RoleRule,
    Rule,
    Step,
)
from chalicelib.domain.approvals.people import People
from chalicelib.domain.directory import ROLES
from chalicelib.domain.errors import FieldError, Invalid

_KEY = re.compile(r"[a-z][a-z0-9_]{0,63}")


def check_definition(definition: Definition, people: People) -> None:
    """Raises Invalid with every fault of the definition, by the paths of its data (`steps.0.rules.1.role`).

    Codes: `required`, `bad_key`, `out_of_range` (min, max), `too_many` (max), `too_many_approvers` (max),
    `duplicate`, `unknown_person`, `departed_person`, `unknown_role`.
    """
    faults = tuple(_faults(definition, people))
    if faults:
        raise Invalid(*faults)


def _faults(definition: Definition, people: People) -> Iterator[FieldError]:
    yield from _key_faults(definition.key, "key")
    if definition.version < 1:
        yield FieldError("version", "out_of_range", {"min": "1"})
    yield from _title_faults(definition.title, "title")
    yield from _count_faults(len(definition.steps), MAX_STEPS, "steps")
    yield from _duplicates(definition.steps)
    # One step past the bound is enough to say so; a thousand of them must not cost a thousand look-ups each.
    for index, step in enumerate(definition.steps[:MAX_STEPS]):
        yield from _step_faults(step, f"steps.{index}", people)


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


def _duplicates(steps: Iterable[Step]) -> Iterator[FieldError]:
    seen: set[str] = set()
    for index, step in enumerate(steps):
        if step.key in seen:
            yield FieldError(f"steps.{index}.key", "duplicate")
        seen.add(step.key)


def _step_faults(step: Step, place: str, people: People) -> Iterator[FieldError]:
    yield from _key_faults(step.key, f"{place}.key")
    yield from _title_faults(step.title, f"{place}.title")
    yield from _count_faults(len(step.rules), MAX_APPROVERS, f"{place}.rules")
    rules = step.rules[:MAX_APPROVERS]
    for index, rule in enumerate(rules):
        yield from _rule_faults(rule, f"{place}.rules.{index}", people)
    if len(_named(rules, people)) > MAX_APPROVERS:
        yield FieldError(f"{place}.rules", "too_many_approvers", {"max": str(MAX_APPROVERS)})


def _rule_faults(rule: Rule, place: str, people: People) -> Iterator[FieldError]:
    match rule:
        case PersonRule(id):
            yield from _person_faults(id, f"{place}.person", people)
        case RoleRule(role) if role not in ROLES:
            yield FieldError(f"{place}.role", "unknown_role")
        case ManagerRule(levels) if not 1 <= levels <= MAX_LEVELS:
            yield FieldError(f"{place}.levels", "out_of_range", {"min": "1", "max": str(MAX_LEVELS)})


def _person_faults(id: str, place: str, people: People) -> Iterator[FieldError]:
    person = people.person(id)
    if person is None:
        yield FieldError(place, "unknown_person")
    elif not person.active:
        yield FieldError(place, "departed_person")


def _named(rules: Iterable[Rule], people: People) -> set[str]:
    """Everybody whom the rules name whoever applies: the fewest distinct approvers that the step can have."""
    named: set[str] = set()
    for rule in rules:
        match rule:
            case PersonRule(id):
                named.add(id)
            case RoleRule(role):
                named.update(people.holders(role))
    return named
