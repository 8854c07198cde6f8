"""Requests as they are listed and shown, to each reader what they may see."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chalicelib.domain.directory import Department
from chalicelib.domain.errors import Forbidden, Malformed
from chalicelib.models.directory import DepartmentItem
from chalicelib.models.store import create
from chalicelib.services import approvals, requests
from chalicelib.services.requests import Asked
from tests.company import HEAD_OFFICE, NOW, add_person, person
from tests.services.conftest import Company
from tests.services.process_examples import VALUES, held, published, started, task_of

MONTH = "2026-03"


@pytest.fixture(autouse=True)
def _process(company: Company) -> None:
    published(company)


def test_what_was_filled_in_is_shown_with_titles_names_and_amounts(company: Company) -> None:
    request = started(company, buyer=company.host.id)
    shown = {each.key: each for each in requests.view(company.call(company.applicant), request).fields}
    assert (shown["why"].title, shown["why"].text) == ("Why", "New chairs")
    assert shown["buyer"].text == "何先生"
    assert (shown["items"].columns, shown["items"].rows[0]) == (("What", "Amount"), ("Chair", "600.00 CNY"))


def test_my_list_is_mine_newest_first_page_by_page(company: Company) -> None:
    ids = [started_at(company, hour) for hour in range(3)]
    call = company.call(company.applicant)
    first = requests.listed(call, Asked(MONTH), limit=2)
    second = requests.listed(call, Asked(MONTH), first.next, 2)
    assert [each.id for each in (*first.records, *second.records)] == ids[::-1]
    assert second.next is None
    assert requests.listed(company.call(company.manager), Asked(MONTH)).records == []


def started_at(company: Company, hour: int) -> str:
    moment = NOW + timedelta(hours=hour)
    return str(requests.start(company.call(company.applicant, now=moment), "purchase", VALUES, True)["id"])


def numbers(company: Company, who: object, **asked: str) -> list[str]:
    call = company.call(who, heads=frozenset({HEAD_OFFICE.id} if who is company.host else ()))  # type: ignore[arg-type]
    return [each.number for each in requests.listed(call, Asked(MONTH, **asked)).records]


def test_a_processes_list_shows_each_reader_what_they_may_see(company: Company) -> None:
    started(company)
    started(company, submit=False)
    for who in (company.applicant, company.admin, company.host):
        assert numbers(company, who, process="purchase") == ["BUY-2026-00001"]
    assert numbers(company, company.stranger, process="purchase") == []
    assert numbers(company, company.admin, process="other") == []


def test_a_departments_list_is_for_its_head_and_shows_what_lies_below(company: Company) -> None:
    team = Department("01TEAM", "小组", HEAD_OFFICE.id, None, "1100", (*HEAD_OFFICE.path, "01TEAM"))
    company.store.write(create(DepartmentItem.from_department(team)))
    facts = {"department": team.id, "department_path": team.path, "manager": company.manager.id}
    member = add_person(company.store, person("member", name="组员", **facts))
    requests.start(company.call(member), "purchase", VALUES, True)
    started(company)
    assert numbers(company, company.host, department=HEAD_OFFICE.id) == ["BUY-2026-00002", "BUY-2026-00001"]
    assert numbers(company, company.admin, department=team.id) == ["BUY-2026-00001"]
    with pytest.raises(Forbidden):
        numbers(company, company.manager, department=HEAD_OFFICE.id)


def test_lists_are_searched_by_number_subject_applicant_and_status(company: Company) -> None:
    started(company)
    draft = started(company, submit=False, why="Desk lamps")
    assert numbers(company, company.applicant, q="lamps") == ["BUY-2026-00002"]
    assert numbers(company, company.applicant, status="draft") == ["BUY-2026-00002"]
    assert numbers(company, company.admin, process="purchase", q="林梅") == ["BUY-2026-00001"]
    assert numbers(company, company.applicant, q=" buy-2026-00002 ") == ["BUY-2026-00002"]
    assert numbers(company, company.stranger, q="BUY-2026-00001") == []
    assert held(company, draft).status == "draft"


def test_a_number_is_found_by_who_took_part_in_its_approval(company: Company) -> None:
    started(company)
    assert numbers(company, company.manager, q="BUY-2026-00001") == ["BUY-2026-00001"]


@pytest.mark.parametrize("cursor", ["x", "eyJhIjoxfQ", "é"])
def test_a_cursor_that_is_none_is_refused(company: Company, cursor: str) -> None:
    with pytest.raises(Malformed):
        requests.listed(company.call(company.applicant), Asked(MONTH), cursor)


def test_a_sifted_list_goes_on_where_it_stopped(company: Company) -> None:
    for hour in range(5):
        started_at(company, hour)
    call = company.call(company.admin)
    found, cursor = [], None
    for _ in range(5):
        page = requests.listed(call, Asked(MONTH, process="purchase", status="pending"), cursor, 2)
        found += [each.number for each in page.records]
        if (cursor := page.next) is None:
            break
    assert found == [f"BUY-2026-0000{n}" for n in (5, 4, 3, 2, 1)]
    assert task_count(company) == 5


def task_count(company: Company) -> int:
    return len(approvals.inbox(company.call(company.manager)).items)


def test_the_first_submission_says_in_which_month_a_request_is_listed(company: Company) -> None:
    draft = requests.start(company.call(company.applicant, now=NOW - timedelta(days=30)), "purchase", VALUES)["id"]
    requests.act(company.call(company.applicant), draft, "submit")
    assert numbers(company, company.admin, process="purchase") == ["BUY-2026-00001"]
    assert task_of(company, company.manager).startswith(f"request-{draft}.")
