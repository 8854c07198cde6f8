"""Whether a step's rules name people, roles and fields that exist."""

from collections.abc import Iterable, Iterator

from chalicelib.domain.approvals.conditions import Compare, Condition, FactType, FactTypes, comparisons
from chalicelib.domain.approvals.definition import (
    BUDGET_DEPARTMENT,
    MAX_APPROVERS,
    MAX_LEVELS,
    BudgetDepartmentHeadRule,
    EmptyRule,
    FieldRule,
    ManagerRule,
    PersonRule,
    RoleRule,
    Rule,
    Step,
)
from chalicelib.domain.approvals.people import People
from chalicelib.domain.directory import ROLES
from chalicelib.domain.errors import FieldError


def rules_faults(rules: tuple[Rule, ...], place: str, people: People, types: FactTypes) -> Iterator[FieldError]:
    """Every fault of the rules one by one, and whether they name too many."""
    # One past the bound is enough to say so; a thousand of them must not cost a thousand look-ups each.
    for index, rule in enumerate(rules[:MAX_APPROVERS]):
        yield from _rule_faults(rule, f"{place}.{index}", people, types)
    if len(_always_named(rules[:MAX_APPROVERS], people)) > MAX_APPROVERS:
        yield FieldError(place, "too_many_approvers", {"max": str(MAX_APPROVERS)})


def asking_faults(step: Step, place: str, people: People, types: FactTypes) -> Iterator[FieldError]:
    """Whether the step will have somebody who decides."""
    if step.when_empty is EmptyRule.SKIP:
        if all(_may_be_left_empty(rule, types) for rule in step.rules):
            yield from (FieldError(f"{place}.rules.{index}", "optional_field") for index in range(len(step.rules)))
    elif step.rules and not _may_have_somebody(step.rules, people) and not _active(people.administrators(), people):
        yield FieldError(f"{place}.rules", "never_decided")


def people_faults(condition: Condition, place: str, people: People, types: FactTypes) -> Iterator[FieldError]:
    """Every person whom the condition compares with and who does not exist."""
    for inside, compare in comparisons(condition, place):
        spec = types.get(compare.field)
        if spec is not None and spec.type is FactType.PERSON:
            yield from _unknown(compare, f"{inside}.value", people)


def _unknown(compare: Compare, place: str, people: People) -> Iterator[FieldError]:
    if isinstance(compare.value, str) and people.person(compare.value) is None:
        yield FieldError(place, "unknown_person")
    for index, id in enumerate(compare.value if isinstance(compare.value, tuple) else ()):
        if people.person(id) is None:
            yield FieldError(f"{place}.{index}", "unknown_person")


def _rule_faults(rule: Rule, place: str, people: People, types: FactTypes) -> Iterator[FieldError]:
    match rule:
        case PersonRule(id):
            yield from _person_faults(id, f"{place}.person", people)
        case RoleRule(role) if role not in ROLES:
            yield FieldError(f"{place}.role", "unknown_role")
        case ManagerRule(levels) if not 1 <= levels <= MAX_LEVELS:
            yield FieldError(f"{place}.levels", "out_of_range", {"min": "1", "max": str(MAX_LEVELS)})
        case FieldRule(field):
            yield from _field_faults(field, f"{place}.field", FactType.PERSON, types)
        case BudgetDepartmentHeadRule():
            yield from _field_faults(BUDGET_DEPARTMENT, f"{place}.kind", FactType.DEPARTMENT, types)


def _person_faults(id: str, place: str, people: People) -> Iterator[FieldError]:
    person = people.person(id)
    if person is None:
        yield FieldError(place, "unknown_person")
    elif not person.active:
        yield FieldError(place, "departed_person")


def _field_faults(field: str, place: str, wanted: FactType, types: FactTypes) -> Iterator[FieldError]:
    spec = types.get(field)
    if spec is None:
        yield FieldError(place, "unknown_field")
    elif spec.type is not wanted:
        yield FieldError(place, "wrong_field_type")


def _always_named(rules: Iterable[Rule], people: People) -> set[str]:
    """Everybody whom the rules name whoever applies: the fewest distinct approvers that the step can have."""
    named: set[str] = set()
    for rule in rules:
        match rule:
            case PersonRule(id):
                named.add(id)
            case RoleRule(role):
                named.update(people.holders(role))
    return named


def _may_be_left_empty(rule: Rule, types: FactTypes) -> bool:
    """Whether the applicant can make the rule match nobody."""
    match rule:
        case FieldRule(field):
            spec = types.get(field)
        case BudgetDepartmentHeadRule():
            spec = types.get(BUDGET_DEPARTMENT)
        case _:
            return False
    return spec is not None and not spec.required


def _may_have_somebody(rules: tuple[Rule, ...], people: People) -> bool:
    """Whether the rules can match at all: those that depend on the document or the applicant might."""
    depends = any(not isinstance(rule, PersonRule | RoleRule) for rule in rules)
    return depends or _active(_always_named(rules, people), people)


def _active(ids: Iterable[str], people: People) -> bool:
    return any((person := people.person(id)) is not None and person.active for id in ids)
