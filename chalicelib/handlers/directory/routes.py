"""The routes of people and departments."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from chalicelib.domain.directory import LOCALES, ROLES, Department, Person
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.directory.area import area
from chalicelib.handlers.directory.forms import (
    Changed,
    DepartmentForm,
    PasswordForm,
    PeopleQuery,
    PersonAction,
    PersonForm,
    Search,
)
from chalicelib.handlers.directory.leaves import leave_data
from chalicelib.services import leaves, sites
from chalicelib.services.call import Call
from chalicelib.services.directory import lists, people, units
from chalicelib.services.sheets.people import SHEET


@area.endpoint("GET", "/people", action="directory:manage", query=PeopleQuery, page="people.html", sheet=SHEET)
def people_list(call: Call, query: PeopleQuery) -> dict[str, Any]:
    """People of a department, or by the beginning of their name."""
    return _people(call, query)


def _people(call: Call, query: PeopleQuery) -> dict[str, Any]:
    found, cursor = lists.members(call, query.department, query.q, query.cursor, query.limit)
    return {"items": [_shown(person) for person in found], "next": cursor} | _choices(call)


@area.endpoint(
    "POST",
    "/people",
    action="directory:manage",
    body=PersonForm,
    answer=Changed,
    status=201,
    page="people.html",
    refill=lambda call: _people(call, PeopleQuery()),
)
def create_person(call: Call, form: PersonForm) -> dict[str, Any]:
    """Somebody joins."""
    return people.create(call, form.profile())


@area.endpoint("GET", "/people/search", action="directory:search", query=Search, page="people_found.html")
def search(call: Call, query: Search) -> dict[str, Any]:
    """Active people whose name begins so, for choosers: id, name, department."""
    return {"items": lists.search(call, query.q)}


@area.endpoint("GET", "/people/{id}", action="profile:view", page="person.html")
def person_page(call: Call, id: str) -> Reply:
    """A person's profile."""
    return _person(call, id)


def _person(call: Call, id: str) -> Reply:
    person = people.view(call, id)
    absence = leaves.absence(call, person)
    data = {"person": _shown(person), "leave": leave_data(absence) if absence else None}
    return Reply(data | _choices(call), version=person.version)


def _person_again(call: Call, id: str) -> Mapping[str, Any]:
    data: Mapping[str, Any] = _person(call, id).data
    return data


@area.endpoint(
    "POST",
    "/people/{id}",
    action="directory:manage",
    body=PersonForm,
    answer=Changed,
    page="person.html",
    refill=_person_again,
)
def change_person(call: Call, id: str, form: PersonForm) -> dict[str, Any]:
    """State a person's facts anew."""
    return people.change(call, id, form.profile())


@area.endpoint(
    "POST",
    "/people/{id}/actions",
    action="directory:manage",
    body=PersonAction,
    answer=Changed,
)
def person_action(call: Call, id: str, form: PersonAction) -> dict[str, Any]:
    """Somebody leaves, or needs a new second factor."""
    return MOVES[form.action](call, id)


MOVES = {"depart": people.depart, "reset_second_factor": people.reset_second_factor}


@area.endpoint("GET", "/people/{id}/password", action="directory:manage", page="person_password.html")
def password_page(call: Call, id: str) -> dict[str, Any]:
    """Whose password is to be set."""
    person = people.managed(call, id)
    return {"person": {"id": person.id, "name": person.name}}


@area.endpoint(
    "POST",
    "/people/{id}/password",
    action="directory:manage",
    body=PasswordForm,
    answer=Changed,
    page="person_password.html",
    refill=password_page,
)
def set_password(call: Call, id: str, form: PasswordForm) -> dict[str, Any]:
    """Set a person's password."""
    return people.set_password(call, id, form.password, form.temporary)


@area.endpoint("GET", "/departments", action="company:view", page="departments.html")
def department_list(call: Call) -> dict[str, Any]:
    """All departments in the order of the tree."""
    return {"items": _rows(call, lists.units(call)), "approvers": lists.approvers(call)}


@area.endpoint(
    "POST",
    "/departments",
    action="directory:manage",
    body=DepartmentForm,
    answer=Changed,
    status=201,
    page="departments.html",
    refill=department_list,
)
def create_department(call: Call, form: DepartmentForm) -> dict[str, Any]:
    """Make a department."""
    return units.create(call, form.unit())


@area.endpoint("GET", "/departments/{id}", action="company:view", page="department.html")
def department_page(call: Call, id: str) -> Reply:
    """A department."""
    found = lists.unit(call, id)
    return Reply({"department": _rows(call, [found])[0]} | department_list(call), version=found.version)


@area.endpoint(
    "POST",
    "/departments/{id}",
    action="directory:manage",
    body=DepartmentForm,
    answer=Changed,
    page="department.html",
    refill=lambda call, id: department_page(call, id).data,
)
def change_department(call: Call, id: str, form: DepartmentForm) -> dict[str, Any]:
    """State a department's facts anew."""
    return units.change(call, id, form.unit())


def _shown(person: Person) -> dict[str, Any]:
    hidden = ("signed_out_at", "department_path", "substitute", "away_from", "away_until")
    facts = {name: value for name, value in asdict(person).items() if name not in hidden}
    return facts | {"roles": sorted(person.roles)}


def _rows(call: Call, departments: list[Department]) -> list[dict[str, Any]]:
    heads = lists.names(call, (each.head for each in departments if each.head))
    return [
        asdict(each) | {"depth": len(each.path) - 1, "head_name": heads.get(each.head or "", "")}
        for each in departments
    ]


def _choices(call: Call) -> dict[str, Any]:
    """What the form offers to choose from."""
    return {
        "departments": [{"id": each.id, "name": each.name, "depth": len(each.path) - 1} for each in lists.units(call)],
        "sites": [{"id": site.id, "name": dict(site.name)} for site in sites.sites(call.store, call.now)],
        "all_roles": [role for role in ROLES if role != "employee"],
        "locales": list(LOCALES),
        "approvers": lists.approvers(call),
    }
