"""Open tasks move when somebody goes away or leaves: at once by the stream, later by the schedule."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.directory import Person
from chalicelib.models.leaves import LeaveItem
from chalicelib.services import approvals, directory, leaves
from chalicelib.services.directory import handover, people, reading
from chalicelib.workflows import context, drive, reconcile
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
    handover.hand_over(company.call(company.admin), company.applicant.id, company.host.id)
    follow(company)
    assert waiting_for(company) == ["host"]
    assert [item.substitute for item in company.store.all(LeaveItem)] == [company.host.id]
