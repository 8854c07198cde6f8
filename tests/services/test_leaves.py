"""Leave as it is kept: who may note it, for whom, who is away, and whose leave begins."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.directory import Person
from chalicelib.domain.errors import Contention, IllegalMove, Invalid, NotFound, Stale
from chalicelib.models.directory import PersonItem
from chalicelib.models.leaves import LeaveItem
from chalicelib.models.store import Update
from chalicelib.services import directory, leaves
from chalicelib.services.call import Answer
from tests.company import NOW
from tests.services.conftest import Company

DAY = timedelta(days=1)


def take(company: Company, who: Person, of: Person, substitute: str, **facts: Any) -> Answer:
    starts, ends = facts.pop("starts", NOW + DAY), facts.pop("ends", NOW + 3 * DAY)
    return leaves.take(company.call(who, **facts), of.id, substitute, starts, ends)


def now(company: Company, someone: Person) -> Person:
    return directory.person(company.store, someone.id, NOW, fresh=True)


def test_people_note_their_own_leave(company: Company) -> None:
    answer = take(company, company.host, company.host, company.stranger.id)
    assert answer["location"] == "/me"
    assert now(company, company.host).substitute == company.stranger.id


def test_administrators_note_anybodys(company: Company) -> None:
    answer = take(company, company.admin, company.host, company.stranger.id)
    assert answer["location"] == f"/people/{company.host.id}"


@pytest.mark.parametrize("who", ["stranger", "manager", "guard"])
def test_nobody_else_does(company: Company, who: str) -> None:
    with pytest.raises(NotFound):
        take(company, getattr(company, who), company.host, company.stranger.id)
    with pytest.raises(NotFound):
        leaves.end(company.call(getattr(company, who)), company.host.id)


def test_a_substitute_who_is_unknown_or_left_is_refused(company: Company) -> None:
    company.store.write(Update(PersonItem.at(company.stranger.id), {"active": False}, {}))
    for substitute, code in (("NOBODY", "unknown_person"), (company.stranger.id, "departed_person")):
        with pytest.raises(Invalid) as error:
            take(company, company.host, company.host, substitute)
        assert [(field.path, field.code) for field in error.value.fields] == [("substitute", code)]
    assert company.store.all(LeaveItem) == []


def test_leave_noted_in_an_old_version_of_the_profile_is_refused(company: Company) -> None:
    with pytest.raises(Stale):
        take(company, company.host, company.host, company.stranger.id, expected_version=7)


def test_the_answer_says_when_the_substitute_is_away_too(company: Company) -> None:
    take(company, company.stranger, company.stranger, company.guard.id, starts=NOW + 2 * DAY, ends=NOW + 9 * DAY)
    answer = take(company, company.host, company.host, company.stranger.id)
    assert answer["substitute_away"] == (NOW + 2 * DAY, NOW + 3 * DAY)
    seen = leaves.absence(company.call(company.host), now(company, company.host))
    assert seen and seen.clash == answer["substitute_away"]


def test_a_second_leave_takes_the_place_of_the_first(company: Company) -> None:
    take(company, company.host, company.host, company.stranger.id)
    take(company, company.host, company.host, company.guard.id)
    (item,) = company.store.all(LeaveItem)
    assert item.substitute == company.guard.id


def test_ended_leave_leaves_nothing(company: Company) -> None:
    take(company, company.host, company.host, company.stranger.id)
    leaves.end(company.call(company.host), company.host.id)
    assert company.store.all(LeaveItem) == []
    assert now(company, company.host).away_from is None
    with pytest.raises(IllegalMove):
        leaves.end(company.call(company.host), company.host.id)


def test_only_those_who_are_away_at_the_moment_are_listed(company: Company) -> None:
    take(company, company.host, company.host, company.stranger.id, starts=NOW - DAY / 2, ends=NOW + 2 * DAY)
    take(company, company.guard, company.guard, company.stranger.id, starts=NOW, ends=NOW + DAY)
    take(company, company.manager, company.manager, company.stranger.id, starts=NOW + DAY)
    found = leaves.away(company.call(company.applicant))
    assert [(each.name, each.substitute_name) for each in found] == [
        (company.guard.name, company.stranger.name),
        (company.host.name, company.stranger.name),
    ]
    later = leaves.away(company.call(company.applicant, now=NOW + DAY))
    assert {each.leave.person for each in later} == {company.host.id, company.manager.id}


def test_leave_starts_when_its_time_has_come(company: Company) -> None:
    take(company, company.host, company.host, company.stranger.id, starts=NOW + DAY)
    assert leaves.starting(company.store, NOW + DAY - timedelta(microseconds=1)) == []
    assert leaves.starting(company.store, NOW + DAY) == [company.host.id]


def test_whoever_is_no_administrator_any_more_notes_nothing(company: Company) -> None:
    company.store.write(Update(PersonItem.at(company.admin.id), {"version": 2}, {}))
    with pytest.raises(Contention):
        take(company, company.admin, company.host, company.stranger.id)
    assert company.store.all(LeaveItem) == []
