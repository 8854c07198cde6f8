"""People as a file, for those who keep the directory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from chalicelib.domain.directory import Person
from chalicelib.services.call import Call
from chalicelib.services.directory import lists, reading
from chalicelib.services.exports import Asked, Cell, Column, Sheet, titled
from chalicelib.web.i18n import N_


def _department(call: Call, person: Person) -> Cell:
    departments = reading.departments(call.store, call.now)
    return next((each.name for each in departments if each.id == person.department), "")


def _manager(call: Call, person: Person) -> Cell:
    managers = reading.people(call.store, [person.manager] if person.manager else [], call.now)
    return next((manager.name for manager in managers.values()), "")


COLUMNS: Mapping[str, Callable[[Call, Person], Cell]] = {
    N_("Name"): lambda call, person: person.name,
    N_("User name"): lambda call, person: person.login,
    N_("E-mail"): lambda call, person: person.email,
    N_("Phone"): lambda call, person: person.phone,
    N_("Department"): _department,
    N_("Manager"): _manager,
    N_("Roles"): lambda call, person: ", ".join(sorted(person.roles)),
    N_("Grade"): lambda call, person: person.grade,
    N_("Region"): lambda call, person: person.region,
}


def _columns(call: Call, asked: Asked) -> Sequence[Column]:
    return titled(call, COLUMNS)


def _rows(call: Call, asked: Asked, cursor: str | None, limit: int) -> tuple[Sequence[Person], str | None]:
    return lists.members(call, asked.get("department"), asked.get("q", ""), cursor, limit)


SHEET = Sheet("people", N_("People"), _rows, _columns)
