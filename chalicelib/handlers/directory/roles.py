"""The routes of roles: what each may do, who holds it, giving and taking it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from chalicelib.domain.directory import SECOND_FACTOR_ROLES, Person
from chalicelib.handlers.directory.area import area
from chalicelib.handlers.fields import Answered, Id, PageQuery, Strict
from chalicelib.services import directory
from chalicelib.services.call import Call
from chalicelib.services.directory import roles
from chalicelib.services.rights import Right, rights_of


class RoleForm(Strict):
    """Who is to hold the role, or no longer."""

    action: Literal["give", "take"]
    person: Id


class RoleChanged(Answered):
    """What became of the person; `not_separate` names pairs of roles that should be with different people."""

    id: str
    version: int
    location: str
    not_separate: list[tuple[str, str]]


@area.endpoint("GET", "/roles", action="directory:manage", query=PageQuery, page="roles.html")
def role_list(call: Call, query: PageQuery) -> dict[str, Any]:
    """Every role with what it may do, how many hold it, and who holds two that should be apart."""
    counts = roles.counts(call)
    return {
        "items": [
            {"role": role, "holders": counts.get(role), "rights": _rights(role)} for role in ("employee", *counts)
        ],
        "overlaps": [{"person": _named(person), "roles": list(pair)} for person, pair in roles.overlaps(call)],
    }


@area.endpoint("GET", "/roles/{role}", action="directory:manage", query=PageQuery, page="role.html")
def role_page(call: Call, role: str, query: PageQuery) -> dict[str, Any]:
    """A role: what it may do, and who holds it."""
    return _role(call, role, query.cursor)


def _role(call: Call, role: str, cursor: str | None = None, chosen: str = "") -> dict[str, Any]:
    found = roles.holders(call, role, cursor)
    return {
        "role": role,
        "rights": _rights(role),
        "second_factor": role in SECOND_FACTOR_ROLES,
        "items": [_named(person) | {"roles": sorted(person.roles)} for person in found.people],
        "overlaps": [
            {"person": _named(person), "roles": list(pair)} for person, pair in roles.overlaps(call) if role in pair
        ],
        "next": found.next,
        "known": directory.People(call.store, call.now).named([chosen] if chosen else []),
    }


def _again(call: Call, role: str, typed: Mapping[str, str]) -> dict[str, Any]:
    return _role(call, role, chosen=typed.get("person", ""))


@area.endpoint(
    "POST",
    "/roles/{role}",
    action="directory:manage",
    body=RoleForm,
    answer=RoleChanged,
    page="role.html",
    refill=_again,
)
def change_role(call: Call, role: str, form: RoleForm) -> dict[str, Any]:
    """Give somebody a role, or take it."""
    return MOVES[form.action](call, role, form.person)


MOVES = {"give": roles.give, "take": roles.take}


def _rights(role: str) -> list[dict[str, Any]]:
    return [_right(right) for right in rights_of(role)]


def _right(right: Right) -> dict[str, Any]:
    return {"id": right.id, "title": right.title, "allows": right.allows, "actions": sorted(right.actions)}


def _named(person: Person) -> dict[str, str]:
    return {"id": person.id, "name": person.name}
