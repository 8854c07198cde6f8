"""The routes of one's own profile."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from chalicelib.domain.directory import LOCALES, Person
from chalicelib.domain.errors import NotFound
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.cookies import language_cookie
from chalicelib.handlers.directory.area import area
from chalicelib.handlers.directory.forms import Changed
from chalicelib.handlers.directory.leaves import leave_data
from chalicelib.handlers.fields import Language, Strict
from chalicelib.handlers.zones import TimeZone
from chalicelib.services import directory, leaves
from chalicelib.services.call import Call
from chalicelib.services.directory import people

OWN = "name login email phone grade region locale time_zone roles"


class PreferencesForm(Strict):
    """In which language I am written to, and in which time zone I read times."""

    locale: Language
    time_zone: TimeZone


@area.endpoint("GET", "/me", action="profile:view", page="me.html")
def me(call: Call) -> Reply:
    """My profile and my leave."""
    person = people.view(call, call.me.id)
    return Reply(_mine(call, person), version=person.version)


def _mine(call: Call, person: Person) -> dict[str, Any]:
    facts = {name: value for name, value in asdict(person).items() if name in OWN.split()}
    absence = leaves.absence(call, person)
    return {
        "me": facts
        | {"id": person.id, "version": person.version, "roles": sorted(person.roles)}
        | _place(call, person),
        "leave": leave_data(absence) if absence else None,
        "locales": list(LOCALES),
    }


def _place(call: Call, person: Person) -> dict[str, str]:
    """The names of the person's department and manager."""
    manager = directory.People(call.store, call.now).person(person.manager) if person.manager else None
    try:
        department = directory.department(call.store, person.department, call.now).name
    except NotFound:
        department = ""
    return {"department": department, "manager": manager.name if manager else ""}


@area.endpoint(
    "POST",
    "/me",
    action="profile:change",
    body=PreferencesForm,
    answer=Changed,
    page="me.html",
    refill=lambda call: me(call).data,
)
def change_me(call: Call, form: PreferencesForm) -> Reply:
    """Choose my language and time zone."""
    answer = people.prefer(call, form.locale, form.time_zone)
    cookies = (language_cookie(form.locale),)
    return Reply(answer, version=answer["version"], location=answer["location"], cookies=cookies)
