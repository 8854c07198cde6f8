"""Open tasks move when somebody goes away or leaves: at once by the stream, later by the schedule."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.directory import Person
from chalicelib.models.claims import ClaimItem
from chalicelib.models.directory import PersonItem
from chalicelib.models.leaves import LeaveItem
from chalicelib.models.notifications import NoticeItem
from chalicelib.models.store import Put
from chalicelib.services import approvals, directory, handover, leaves
from chalicelib.services.directory import people, reading
from chalicelib.services.notifications.texts import notice_text
from chalicelib.workflows import context, drive, reconcile
from tests.domain.claims.examples import a_claim
from tests.services.conftest import Company
from tests.services.test_visits import submitted
from tests.workflows.stage import FakeExecutions
from tests.workflows.stream import StreamingStore, batches

DAY = timedelta(days=1)


class NoAccounts:
    """A user pool that follows without a word."""

    def __getattr__(self, name: str) -> Any:
        return lambda *given: None


@pytest.fixture
def company(monkeypatch: pytest.MonkeyPatch) -> Company:
    monkeypatch.setattr("tests.services.conftest.MemoryStore", StreamingStore)
    company = Company()
    monkeypatch.setattr(context, "store", lambda: company.store)
    monkeypatch.setattr(context, "clock", lambda: company.now)
    monkeypatch.setattr(drive, "user_pool", NoAccounts)
    monkeypatch.setattr(reconcile, "user_pool", NoAccounts)
    monkeypatch.setattr(reconcile, "visit_executions", FakeExecutions)
    monkeypatch.setattr(drive, "visit_executions", FakeExecutions)
    submitted(company)
    follow(company)
    return company


def follow(company: Company) -> None:
    """The stream of the directory tells what happened since the last time."""
    store: Any = company.store
    records, store.records = store.taken("directory"), []
    for event in batches(records):
        remember_as_before(company)
        assert drive.run(event, None) == {"batchItemFailures": []}


def remember_as_before(company: Company) -> None:
    """The process that follows has read everybody before anything happened to them."""
    for person in (company.admin, company.manager, company.host, company.stranger, company.applicant):
        reading.remembered("person", person.id, company.now, lambda person=person: person)


def sweep(company: Company, now: datetime) -> int:
    """The schedule runs at that time."""
    company.now = now
    remember_as_before(company)
    return reconcile.run({}, None)["leaves"]


def waiting_for(company: Company) -> list[str]:
    """Whose turn it is."""
    everybody = [company.admin, company.manager, company.host, company.stranger]
    return [person.login for person in everybody if approvals.inbox(company.call(person)).items]


def take(company: Company, who: Person, substitute: Person, after: timedelta = timedelta()) -> None:
    call = company.call(directory.person(company.store, who.id, company.now, fresh=True))
    leaves.take(call, who.id, substitute.id, company.now + after, company.now + after + 7 * DAY)


def test_leave_that_begins_at_once_moves_what_waits(company: Company) -> None:
    assert waiting_for(company) == ["manager"]
    take(company, company.manager, company.host)
    follow(company)
    assert waiting_for(company) == ["host"]


def test_leave_that_begins_later_moves_it_then(company: Company) -> None:
    take(company, company.manager, company.host, after=DAY)
    follow(company)
    assert (sweep(company, company.now), waiting_for(company)) == (0, ["manager"])
    assert sweep(company, company.now + DAY) == 1
    assert waiting_for(company) == ["host"]


def test_a_leave_is_followed_once(company: Company) -> None:
    take(company, company.manager, company.host, after=DAY)
    assert sweep(company, company.now + DAY) == 1
    assert sweep(company, company.now) == 0
    assert leaves.starting(company.store, company.now) == []


def test_leave_that_was_called_off_moves_nothing(company: Company) -> None:
    take(company, company.manager, company.host, after=DAY)
    leaves.end(company.call(company.admin), company.manager.id)
    follow(company)
    assert (sweep(company, company.now + DAY), waiting_for(company)) == (0, ["manager"])


def test_a_substitute_who_goes_away_too_passes_it_on(company: Company) -> None:
    take(company, company.host, company.stranger)
    take(company, company.manager, company.host)
    follow(company)
    assert waiting_for(company) == ["stranger"]


def test_a_new_substitute_gets_what_the_first_one_could_not_take(company: Company) -> None:
    take(company, company.manager, company.applicant)
    follow(company)
    assert waiting_for(company) == ["manager"]
    take(company, company.manager, company.host)
    follow(company)
    assert waiting_for(company) == ["host"]


def test_whoever_leaves_the_company_leaves_no_task_behind(company: Company) -> None:
    people.depart(company.call(company.admin), company.manager.id)
    follow(company)
    assert waiting_for(company) == ["admin"]


def test_what_was_handed_over_is_followed_again(company: Company) -> None:
    take(company, company.manager, company.applicant)
    follow(company)
    assert sweep(company, company.now) == 0
    handover.wish(company.call(company.admin), company.applicant.id, company.host.id)
    for _ in range(9):
        follow(company)
    assert waiting_for(company) == ["host"]
    assert [item.substitute for item in company.store.all(LeaveItem)] == [company.host.id]


def told(company: Company, template: str) -> dict[str, tuple[str, str]]:
    """Who has a notice of that kind: its text in English and where it leads, by login."""
    logins = {item.id: item.login for item in company.store.all(PersonItem)}
    notices = [item for item in company.store.all(NoticeItem) if item.template == template]
    assert len({item.person for item in notices}) == len(notices)
    return {logins[item.person]: (notice_text(template, item.facts, "en"), item.path) for item in notices}


def test_a_leave_that_begins_at_once_is_told_to_both_once(company: Company) -> None:
    take(company, company.manager, company.host)
    follow(company)
    sweep(company, company.now)
    found = told(company, "leave_started")
    assert found.keys() == {"manager", "host"}
    text, path = found["host"]
    assert text.startswith("陈经理 is on leave (") and text.endswith("). Substitute: 何先生")
    assert path == "/people/away"


def test_a_leave_that_begins_later_is_told_when_it_begins(company: Company) -> None:
    take(company, company.manager, company.host, after=DAY)
    follow(company)
    sweep(company, company.now + DAY / 2)
    assert told(company, "leave_started") == {}
    sweep(company, company.now + DAY / 2)
    follow(company)
    sweep(company, company.now + timedelta(minutes=5))
    assert told(company, "leave_started").keys() == {"manager", "host"}


def test_a_leave_that_is_over_before_the_schedule_runs_is_not_told(company: Company) -> None:
    take(company, company.manager, company.host, after=DAY)
    sweep(company, company.now + 20 * DAY)
    assert told(company, "leave_started") == {}


def test_a_new_substitute_within_the_leave_is_told_too(company: Company) -> None:
    take(company, company.manager, company.host)
    follow(company)
    take(company, company.manager, company.stranger)
    follow(company)
    notices = [item for item in company.store.all(NoticeItem) if item.template == "leave_started"]
    assert {item.person for item in notices} == {company.manager.id, company.host.id, company.stranger.id}


def test_administrators_and_the_manager_hear_what_somebody_who_left_still_owns(company: Company) -> None:
    company.store.write(Put(ClaimItem.from_claim(a_claim(applicant=company.applicant.id, status="pending")), {}))
    people.depart(company.call(company.admin), company.applicant.id)
    follow(company)
    follow(company)
    text = (
        "林梅 has left the company. To be handed over: responsibilities 0, requests 0, visits 1."
        " To be settled: advances, claims and budget applications 1"
    )
    owned = f"/people/{company.applicant.id}/owned"
    assert told(company, "departed_person_owns") == {"admin": (text, owned), "manager": (text, "/approvals")}


def test_nobody_hears_of_somebody_who_left_and_owns_nothing(company: Company) -> None:
    people.depart(company.call(company.admin), company.stranger.id)
    follow(company)
    assert told(company, "departed_person_owns") == {}
