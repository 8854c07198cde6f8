"""Requests and their approval as use cases, on the store in memory."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.domain.errors import Conflict, Contention, Forbidden, IllegalMove, Invalid, NotFound, Stale
from chalicelib.models.approvals import TaskItem
from chalicelib.models.directory import PersonItem
from chalicelib.models.requests import RequestItem
from chalicelib.models.store import replace as replace_item
from chalicelib.services import approvals, directory, processes, references, requests
from chalicelib.services.call import AlreadyAnswered
from tests.company import NOW
from tests.services.conftest import Company
from tests.services.process_examples import FIELDS, VALUES, decide, field, held, published, sent, started, step


@pytest.fixture(autouse=True)
def _process(company: Company) -> None:
    published(company)


def test_a_draft_may_be_incomplete_and_asks_nobody(company: Company) -> None:
    answer = requests.start(company.call(company.applicant), "purchase", {"why": "Chairs"})
    assert (answer["status"], answer["number"]) == ("draft", "BUY-2026-00001")
    assert company.store.all(TaskItem) == []


def test_submitting_needs_everything_and_says_where(company: Company) -> None:
    with pytest.raises(Invalid) as refused:
        requests.start(company.call(company.applicant), "purchase", {"why": "Chairs"}, submit_now=True)
    assert [(fault.path, fault.code) for fault in refused.value.fields] == [("values.items", "required")]
    draft = requests.start(company.call(company.applicant), "purchase", {"why": "Chairs"})["id"]
    with pytest.raises(Invalid):
        requests.act(company.call(company.applicant), draft, "submit")


def test_a_submitted_request_is_in_the_managers_inbox_in_the_same_moment(company: Company) -> None:
    started(company)
    (task,) = approvals.inbox(company.call(company.manager)).items
    assert isinstance(task, TaskItem)
    assert (task.subject, task.applicant_name) == ("New chairs", "林梅")
    assert (task.facts["number"], task.facts["title.zh"]) == ("BUY-2026-00001", "采购申请")


def test_a_command_is_few_reads_and_one_transaction(company: Company) -> None:
    started(company)
    before = company.store.calls
    started(company)
    assert company.store.calls - before == 2


def test_a_small_purchase_needs_the_manager_only(company: Company) -> None:
    request = started(company)
    assert decide(company, company.manager)["status"] == "approved"
    item = held(company, request)
    assert (item.status, item.ended_at) == ("approved", NOW)


def test_a_large_purchase_goes_on_to_finance(company: Company) -> None:
    request = started(company, items=[{"amount": "600"}, {"amount": "400.01"}])
    assert decide(company, company.manager)["status"] == "pending"
    assert held(company, request).status == "pending"
    assert decide(company, company.host)["status"] == "approved"
    assert held(company, request).status == "approved"


@pytest.mark.parametrize(("action", "status"), [("reject", "rejected"), ("return", "returned")])
def test_a_refusal_reaches_the_request_in_the_same_transaction(company: Company, action: str, status: str) -> None:
    request = started(company)
    decide(company, company.manager, action)
    assert held(company, request).status == status


def test_a_returned_request_is_changed_and_submitted_again(company: Company) -> None:
    request = started(company)
    decide(company, company.manager, "return")
    changed = VALUES | {"items": [{"amount": "2000"}]}
    answer = requests.change(company.call(company.applicant), request, changed, submit_now=True)
    assert answer["status"] == "pending"
    decide(company, company.manager)
    assert decide(company, company.host)["status"] == "approved"
    assert held(company, request).round == 2


@pytest.mark.parametrize(("action", "status"), [("withdraw", "withdrawn"), ("cancel", "cancelled")])
def test_a_request_taken_back_leaves_no_task(company: Company, action: str, status: str) -> None:
    request = started(company)
    assert requests.act(company.call(company.applicant), request, action)["status"] == status
    assert approvals.inbox(company.call(company.manager)).items == []


def test_an_approved_request_stays_as_it_is(company: Company) -> None:
    request = started(company)
    decide(company, company.manager)
    for attempt in (
        lambda: requests.act(company.call(company.applicant), request, "withdraw"),
        lambda: requests.act(company.call(company.applicant), request, "cancel"),
        lambda: requests.change(company.call(company.applicant), request, VALUES),
    ):
        with pytest.raises(IllegalMove) as refused:
            attempt()
        assert refused.value.state == "approved"


def test_a_running_request_keeps_the_version_that_it_started_with(company: Company) -> None:
    request = started(company, items=[{"amount": "5000"}])
    only_manager = [step("manager", {"kind": "manager", "levels": 1})]
    note = field("note", "text", required=True)
    processes.change(company.call(company.admin), "purchase", sent(company, steps=only_manager, fields=[*FIELDS, note]))
    processes.publish(company.call(company.admin), "purchase")
    decide(company, company.manager, "return")
    assert requests.act(company.call(company.applicant), request, "submit")["status"] == "pending"
    assert decide(company, company.manager)["status"] == "pending"
    assert decide(company, company.host)["status"] == "approved"
    with pytest.raises(Invalid) as refused:
        started(company)
    assert refused.value.fields[0].path == "values.note"


def test_a_retired_process_is_not_started_but_what_runs_goes_on(company: Company) -> None:
    request = started(company)
    processes.retire(company.call(company.admin), "purchase")
    with pytest.raises(Conflict) as refused:
        started(company)
    assert refused.value.code == "process_retired"
    with pytest.raises(Conflict):
        requests.copy(company.call(company.applicant), request)
    assert decide(company, company.manager)["status"] == "approved"


def test_a_process_that_was_never_published_is_not_there(company: Company) -> None:
    processes.create(company.call(company.admin), "secret", sent(company, prefix="SECRET"))
    with pytest.raises(NotFound):
        requests.start(company.call(company.applicant), "secret", VALUES)
    with pytest.raises(NotFound):
        requests.blank(company.call(company.applicant), "secret")


def test_a_process_that_is_retired_in_the_same_moment_writes_nothing(company: Company) -> None:
    call = company.call(company.applicant)
    original, raced = company.store.write, []

    def write(*operations: object) -> None:
        if not raced:
            raced.append(True)
            processes.retire(company.call(company.admin), "purchase")
        original(*operations)  # type: ignore[arg-type]

    company.store.write = write  # type: ignore[method-assign]
    with pytest.raises(Contention):
        requests.start(call, "purchase", VALUES)
    assert company.store.all(RequestItem) == []


def test_numbers_count_by_process_and_year_of_the_applicant(company: Company) -> None:
    new_year = NOW.replace(month=12, day=31, hour=20)  # in Shanghai it is 2027 already
    numbers = [
        requests.start(company.call(company.applicant, now=moment), "purchase", VALUES)["number"]
        for moment in (NOW, NOW, new_year)
    ]
    assert numbers == ["BUY-2026-00001", "BUY-2026-00002", "BUY-2027-00001"]


def test_a_copy_is_ones_own_new_draft_with_what_the_present_form_takes(company: Company) -> None:
    request = started(company, buyer=company.host.id)
    shorter = [field("why", "text", max=5), *FIELDS[1:]]
    processes.change(company.call(company.admin), "purchase", sent(company, fields=shorter))
    processes.publish(company.call(company.admin), "purchase")
    answer = requests.copy(company.call(company.admin), request)
    copied = held(company, answer["id"])
    assert (copied.applicant, copied.status, copied.process_version) == (company.admin.id, "draft", 2)
    assert set(copied.values) == {"items", "buyer"}
    assert answer["number"] == "BUY-2026-00002"


def test_a_value_is_checked_against_its_reference_list_when_it_is_filled_in_and_when_submitted(
    company: Company,
) -> None:
    references.create(company.call(company.admin), "contracts", {"en": "Contracts", "zh": "合同"}, ["C-1", "C-2"])
    fields = [field("serial", "text", required=True, check="contracts", pattern="C-[0-9]+")]
    only_manager = [step("manager", {"kind": "manager", "levels": 1})]
    published(company, "racking", prefix="RACK", fields=fields, steps=only_manager)
    for serial, code in (("C-3", "not_listed"), ("X", "pattern_mismatch")):
        with pytest.raises(Invalid) as refused:
            requests.start(company.call(company.applicant), "racking", {"serial": serial})
        assert "values.serial" in {fault.path for fault in refused.value.fields}
        assert code in {fault.code for fault in refused.value.fields}
    draft = requests.start(company.call(company.applicant), "racking", {"serial": "C-2"})["id"]
    references.change(company.call(company.admin), "contracts", {"en": "Contracts", "zh": "合同"}, ["C-1"])
    with pytest.raises(Invalid):
        requests.act(company.call(company.applicant), draft, "submit")


def test_somebody_who_left_since_the_draft_is_named_when_it_is_submitted(company: Company) -> None:
    draft = started(company, submit=False, buyer=company.stranger.id)
    company.store.write(replace_item(PersonItem.from_person(replace(company.stranger, active=False, version=2))))
    directory.forget()
    with pytest.raises(Invalid) as refused:
        requests.act(company.call(company.applicant), draft, "submit")
    assert [(fault.path, fault.code) for fault in refused.value.fields] == [("values.buyer", "departed_person")]


def test_a_repeated_command_meets_its_first_answer(company: Company) -> None:
    answer = requests.start(company.call(company.applicant, key="k"), "purchase", VALUES)
    with pytest.raises(AlreadyAnswered):
        requests.start(company.call(company.applicant, key="k"), "purchase", VALUES)
    assert company.call(company.applicant, key="k").first_answer() == answer


def test_a_change_of_an_older_version_is_stale(company: Company) -> None:
    draft = started(company, submit=False)
    with pytest.raises(Stale):
        requests.change(company.call(company.applicant, expected_version=7), draft, VALUES)


# ------------------------------------------------------------------ who sees what


def test_strangers_do_not_learn_that_a_request_exists(company: Company) -> None:
    request = started(company)
    call = company.call(company.stranger)
    for attempt in (
        lambda: requests.view(call, request),
        lambda: requests.act(call, request, "cancel"),
        lambda: requests.change(call, request, VALUES),
        lambda: requests.copy(call, request),
    ):
        with pytest.raises(NotFound):
            attempt()


def test_who_decides_sees_the_request_with_its_trail_but_may_not_change_it(company: Company) -> None:
    request = started(company, buyer=company.host.id)
    view = requests.view(company.call(company.manager, locale="en"), request)
    assert view.moves == ()
    assert view.approval is not None
    assert [entry.what for entry in view.approval.entries] == ["submitted"]
    with pytest.raises(Forbidden):
        requests.act(company.call(company.manager), request, "cancel")


def test_a_start_whose_values_are_checked_against_a_list_is_one_read_and_one_transaction(company: Company) -> None:
    references.create(
        company.call(company.admin), "contracts", {"en": "Contracts", "zh": "合同"}, ["C-1", "C-2", "C-3"]
    )
    column = field("serial", "text", check="contracts")
    checked = [field("serial", "text", check="contracts"), field("rows", "table", fields=[column])]
    published(company, "racking", prefix="RACK", fields=checked, steps=[step("m", {"kind": "manager", "levels": 1})])
    values = {"serial": " C-1", "rows": [{"serial": "C-2"}, {"serial": "C-3"}]}
    draft = requests.start(company.call(company.applicant), "racking", values)["id"]
    call, again = company.call(company.applicant), company.call(company.applicant)
    company.store.calls = 0
    requests.start(call, "racking", values)
    assert company.store.calls == 2
    requests.change(again, draft, values)
    assert company.store.calls == 4


def test_a_change_is_read_by_the_requests_own_form_whichever_was_guessed(company: Company) -> None:
    references.create(company.call(company.admin), "contracts", {"en": "Contracts", "zh": "合同"}, ["C-1"])
    steps = [step("m", {"kind": "manager", "levels": 1})]
    published(company, "racking", prefix="RACK", fields=[field("serial", "text", check="contracts")], steps=steps)
    draft = requests.start(company.call(company.applicant), "racking", {"serial": "C-1"})["id"]
    published(company, "loose", prefix="LOOSE", fields=[field("serial", "text")], steps=steps)
    requests.start(company.call(company.applicant), "loose", {"serial": "anything"})
    with pytest.raises(Invalid) as refused:
        requests.change(company.call(company.applicant), draft, {"serial": "C-9"})
    assert [(fault.path, fault.code) for fault in refused.value.fields] == [("values.serial", "not_listed")]


def test_a_start_by_a_version_that_was_not_read_before_checks_its_own_lists(company: Company) -> None:
    references.create(company.call(company.admin), "contracts", {"en": "Contracts", "zh": "合同"}, ["C-1"])
    steps = [step("m", {"kind": "manager", "levels": 1})]
    published(company, "racking", prefix="RACK", fields=[field("serial", "text")], steps=steps)
    requests.start(company.call(company.applicant), "racking", {"serial": "anything"})
    checked = sent(company, prefix="RACK", fields=[field("serial", "text", check="contracts")], steps=steps)
    processes.change(company.call(company.admin), "racking", checked)
    processes.publish(company.call(company.admin), "racking")
    with pytest.raises(Invalid):
        requests.start(company.call(company.applicant), "racking", {"serial": "anything"})
    assert requests.start(company.call(company.applicant), "racking", {"serial": "C-1"})["status"] == "draft"
