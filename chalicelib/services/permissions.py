"""One decision for every path: may this person do this to that record? Asked of the Cedar policies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from chalicelib.domain.directory import Person

POLICIES = Path(__file__).parent.parent / "policies"


@dataclass(frozen=True)
class Resource:
    """What an action is about: its Cedar type, its id, and the attributes that the schema names for the type."""

    type: str
    id: str
    attributes: Mapping[str, Any] = field(default_factory=dict)


def policy_text() -> str:
    """All policies as they are written."""
    return (POLICIES / "policies.cedar").read_text()


@cache
def _policies() -> Any:
    import cedarpy

    return cedarpy.PolicySet.from_str(policy_text())


def allowed(person: Person, heads: frozenset[str], action: str, resource: Resource) -> bool:
    """Whether the policies permit `action` on `resource`; whoever left may do nothing, errors count as no."""
    return person.active and _answered(
        _Asked(person.id, person.roles, person.department_path, person.site or "", heads, action),
        resource.type,
        resource.id,
        tuple((name, tuple(fact) if isinstance(fact, list) else fact) for name, fact in resource.attributes.items()),
    )


class _Asked(NamedTuple):
    """All that the policies know of who asks, and for what."""

    person: str
    roles: frozenset[str]
    departments: tuple[str, ...]
    site: str
    heads: frozenset[str]
    action: str


@lru_cache(maxsize=1024)
def _answered(asked: _Asked, type: str, id: str, attributes: tuple[tuple[str, Any], ...]) -> bool:
    """The policies' answer, which follows from what they are asked and nothing else: the same question is put to them
    once (a gate asks it at every scan)."""
    facts = {
        "id": asked.person,
        "roles": sorted(asked.roles),
        "departments": [*asked.departments],
        "heads": sorted(asked.heads),
        "site": asked.site,
    }
    known = {name: [*fact] if isinstance(fact, tuple) else fact for name, fact in attributes}
    return _decide(asked.person, facts, asked.action, Resource(type, id, known))


def may_somewhere(person: Person, heads: frozenset[str], action: str) -> bool:
    """Whether there may be anything on which the policies permit `action` to the person.

    They are asked about what is as near as can be: of the person's own, in the departments that they head, at their
    own site.
    """
    return person.active and _nearest(person.roles, heads, person.department_path, person.site or "", action)


@lru_cache(maxsize=4096)
def _nearest(
    roles: frozenset[str], heads: frozenset[str], departments: tuple[str, ...], site: str, action: str
) -> bool:
    """The same for everybody of whom the same is true: the id makes no difference."""
    me = "somebody"
    facts = {"id": me, "roles": sorted(roles), "departments": [*departments], "heads": sorted(heads), "site": site}
    near = {"owner": me, "people": [me], "departments": [*departments, *sorted(heads)], "site": site}
    return _decide(me, facts, action, Resource("Company", "nearest", near))


def _decide(person: str, facts: Mapping[str, Any], action: str, resource: Resource) -> bool:
    import cedarpy

    principal = {"type": "Atrium::Person", "id": person}
    target = {"type": f"Atrium::{resource.type}", "id": resource.id}
    request = {"principal": principal, "action": f'Atrium::Action::"{action}"', "resource": target, "context": {}}
    entities = [
        {"uid": principal, "attrs": facts, "parents": []},
        {"uid": target, "attrs": _NO_FACTS | dict(resource.attributes), "parents": []},
    ]
    return bool(cedarpy.is_authorized(request, _policies(), entities).allowed)


_NO_FACTS: dict[str, Any] = {"owner": "", "people": [], "departments": [], "site": ""}


COMPANY = Resource("Company", "company")
