"""People as they change: there is always an administrator, and lists of who reports to whom follow."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.directory import Person, Profile
from chalicelib.domain.errors import Conflict, Contention, Invalid
from chalicelib.models.directory import DirectoryTable, PersonItem
from chalicelib.models.leaves import LeaveItem
from chalicelib.models.store import Query, Update
from chalicelib.services import directory, leaves
from chalicelib.services.directory import people
from tests.company import NOW, add_person, person
from tests.services.conftest import Company

ADMINISTRATOR = frozenset({"employee", "administrator"})


def profile(of: Person, **changes: Any) -> Profile:
    names = ("login", "name", "email", "phone", "department", "roles", "manager")
    return Profile(**{name: getattr(of, name) for name in names} | changes)


def reports(company: Company, manager: Person) -> list[str]:
    found = company.store.query(Query(DirectoryTable, f"reports#{manager.id}", index=2)).items
    return [item.index2_sk for item in found]


def test_the_last_administrator_stays_one(company: Company) -> None:
    with pytest.raises(Conflict) as error:
        people.change(company.call(company.admin), company.admin.id, profile(company.admin, roles=frozenset()))
    assert error.value.code == "last_administrator"


def test_an_administrator_whom_another_one_follows_may_go(company: Company) -> None:
    other = add_person(company.store, person("other", roles=ADMINISTRATOR))
    changed = profile(company.admin, roles=frozenset(), manager=other.id)
    people.change(company.call(company.admin), company.admin.id, changed)
    assert directory.administrators(company.store, NOW) == (other.id,)


def test_two_administrators_cannot_both_give_up_at_once(company: Company) -> None:
    other = add_person(company.store, person("other", roles=ADMINISTRATOR))
    store, write = company.store, company.store.write

    def meanwhile(*operations: Any) -> None:
        store.write = write  # type: ignore[method-assign]
        people.change(company.call(other), other.id, profile(other, roles=frozenset()))
        write(*operations)

    store.write = meanwhile  # type: ignore[method-assign]
    with pytest.raises(Contention):
        people.change(company.call(company.admin), company.admin.id, profile(company.admin, roles=frozenset()))


def test_reports_follow_their_manager(company: Company) -> None:
    assert reports(company, company.manager) == [company.applicant.id]
    changed = profile(company.applicant, manager=company.host.id)
    people.change(company.call(company.admin), company.applicant.id, changed)
    assert (reports(company, company.manager), reports(company, company.host)) == ([], [company.applicant.id])
    people.change(company.call(company.admin), company.applicant.id, replace(changed, manager=None))
    assert reports(company, company.host) == []


def test_whoever_left_reports_to_nobody_and_is_on_no_leave(company: Company) -> None:
    call = company.call(company.admin)
    leaves.take(call, company.applicant.id, company.host.id, NOW, NOW + timedelta(days=1))
    people.depart(company.call(company.admin), company.applicant.id)
    assert reports(company, company.manager) == []
    assert company.store.all(LeaveItem) == []


def test_whoever_left_meanwhile_cannot_be_somebodys_manager(company: Company) -> None:
    company.store.write(Update(PersonItem.at(company.host.id), {"active": False}, {}))
    with pytest.raises(Invalid):
        people.change(
            company.call(company.admin), company.applicant.id, profile(company.applicant, manager=company.host.id)
        )
