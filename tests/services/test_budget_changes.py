"""Changes of budgets upon approval: the decision moves the money, or says why it cannot; nothing is lost or doubled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from chalicelib.domain import processes
from chalicelib.domain.approvals import EmptyRule, PersonRule, Step
from chalicelib.domain.budget_changes import KIND
from chalicelib.domain.budgets import BudgetClosed, Document, Overspent
from chalicelib.domain.directory import Department, Person
from chalicelib.domain.errors import Forbidden, IllegalMove, Invalid, NotFound, Stale
from chalicelib.models.budget_changes import BudgetChangeItem
from chalicelib.models.store import DynamoStore
from chalicelib.services import approvals, budget_changes, budgets, directory
from chalicelib.services.budget_changes import Asked, Wish
from chalicelib.services.call import Call
from tests.company import HEAD_OFFICE, add_department
from tests.services.budgets import MONTH, allot, figures, line, movements
from tests.services.conftest import Company

VISIT = Document("visit", "V1", "10000001")
BELOW = "01BELOW0000000000000000000"
MARCH = f"{HEAD_OFFICE.id}.reception.CNY.{MONTH}"
TRAVEL = f"{HEAD_OFFICE.id}.travel.CNY.{MONTH}"


@pytest.fixture(params=["memory", "dynamodb"])
def company(request: pytest.FixtureRequest) -> Iterator[Company]:
    """A company with finance and two budgets, on the store in memory and on DynamoDB."""
    if request.param == "dynamodb":
        request.getfixturevalue("aws")
    made = Company(DynamoStore()) if request.param == "dynamodb" else Company()
    made.finance = made._hire("finance", name="孙丽", roles=frozenset({"employee", "finance"}))  # type: ignore[attr-defined]
    directory.forget()
    allot(made, "1000")
    allot(made, "500", category="travel")
    yield made
    directory.forget()


def head(company: Company, **facts: Any) -> Call:
    """A call of the applicant, who heads the department."""
    return company.call(company.applicant, heads=frozenset({HEAD_OFFICE.id}), **facts)


def finance(company: Company) -> Person:
    person: Person = company.finance  # type: ignore[attr-defined]
    return person


def wish(**facts: Any) -> Wish:
    known: dict[str, Any] = {"what": "transfer", "line": MARCH, "source": TRAVEL, "amount": "200", "reason": "展会"}
    return Wish(**known | facts)


MORE = {"what": "more", "source": ""}
LESS = {"what": "less", "source": ""}


def ask(company: Company, **facts: Any) -> str:
    return str(budget_changes.make(head(company), wish(**facts), submit_now=True)["id"])


def decide(company: Company, id: str, who: Person, action: str = "approve") -> str:
    asked = approvals.Asked(action, "" if action == "approve" else "Not now")
    return str(approvals.act(company.call(who), approvals.approval_id(KIND, id), asked)["status"])


def approve(company: Company, id: str) -> str:
    decide(company, id, company.manager)
    return decide(company, id, finance(company))


def status(company: Company, id: str) -> str:
    (item,) = company.store.get(BudgetChangeItem.at(id))
    return str(item.status)


def test_an_approved_transfer_moves_money_on_both_lines_and_names_its_document(company: Company) -> None:
    id = ask(company)
    assert figures(company, MARCH) == (100_000, 0, 0), "nothing moves before the decision"
    assert decide(company, id, company.manager) == "pending"
    assert decide(company, id, finance(company)) == "approved"
    assert figures(company, MARCH) == (120_000, 0, 0)
    assert figures(company, TRAVEL) == (30_000, 0, 0)
    account = budgets.account(company.call(company.admin), MARCH)
    (taken, _) = account.movements
    change = budget_changes.view(head(company), id).change
    assert (taken.what, taken.document_kind, taken.document, taken.number) == (
        "transfer_in",
        KIND,
        id,
        change.number,
    )
    assert (taken.by, taken.reason, taken.other) == (finance(company).id, "展会", TRAVEL)
    assert change.status == "approved"


@pytest.mark.parametrize(("facts", "available"), [(MORE, 120_000), (LESS, 80_000)])
def test_more_and_less_move_on_their_own_line(company: Company, facts: dict[str, str], available: int) -> None:
    assert approve(company, ask(company, **facts)) == "approved"
    assert figures(company, MARCH) == (available, 0, 0)
    assert figures(company, TRAVEL) == (50_000, 0, 0)


def hold(company: Company, id: str, amount: int) -> None:
    call = company.call(company.applicant)
    call.permit_public("a document's own transaction")
    call.commit({}, *budgets.moving(call, VISIT, {}, {id: amount}))


@pytest.mark.parametrize(("facts", "source"), [({}, TRAVEL), (LESS, MARCH)])
def test_what_the_source_has_not_any_more_is_refused_at_the_decision_and_nothing_is_lost(
    company: Company, facts: dict[str, str], source: str
) -> None:
    id = ask(company, **facts)
    decide(company, id, company.manager)
    has = line(company, source).available
    hold(company, source, has - 10_000)
    with pytest.raises(Overspent) as refused:
        decide(company, id, finance(company))
    assert (
        refused.value.params
        == {
            "state": "hard",
            "line": source,
            "period": MONTH,
            "available": "10000",
            "asked": "20000",
            "currency": "CNY",
        }
        or refused.value.params["available"] == "10000"
    )
    assert status(company, id) == "pending", "it waits: approver and applicant can still decide"
    call = company.call(company.applicant)
    call.permit_public("a document's own transaction")
    call.commit({}, *budgets.moving(call, VISIT, {source: has - 10_000}, {}))
    assert decide(company, id, finance(company)) == "approved"


def test_a_transfer_that_could_not_be_carried_out_is_refused_when_it_is_submitted(company: Company) -> None:
    with pytest.raises(Overspent) as refused:
        ask(company, amount="500.01")
    assert refused.value.params["available"] == "50000"
    draft = budget_changes.make(head(company), wish(amount="500.01"))
    assert draft["status"] == "draft", "a draft may wait for better times"
    with pytest.raises(Overspent):
        budget_changes.act(head(company), draft["id"], "submit")


def test_a_closed_line_moves_no_more(company: Company) -> None:
    id = ask(company)
    decide(company, id, company.manager)
    budgets.close(company.call(company.admin), MARCH)
    with pytest.raises(BudgetClosed):
        decide(company, id, finance(company))
    with pytest.raises(BudgetClosed):
        ask(company, **MORE)
    assert decide(company, id, finance(company), "reject") == "rejected"
    assert figures(company, TRAVEL) == (50_000, 0, 0)


@pytest.mark.parametrize(("action", "then"), [("reject", "rejected"), ("return", "returned")])
def test_a_refused_change_moves_nothing(company: Company, action: str, then: str) -> None:
    id = ask(company)
    assert decide(company, id, company.manager, action) == then
    assert status(company, id) == then
    assert movements(company, MARCH) == [("allot", 100_000)]


def test_a_returned_change_is_stated_anew_and_goes_its_way_again(company: Company) -> None:
    id = ask(company)
    decide(company, id, company.manager, "return")
    answer = budget_changes.restate(head(company), id, wish(amount="100"), submit_now=True)
    assert answer["status"] == "pending"
    assert approve(company, id) == "approved"
    assert figures(company, MARCH) == (110_000, 0, 0)
    with pytest.raises(IllegalMove):
        budget_changes.restate(head(company), id, wish())


def test_withdrawn_and_cancelled_changes_move_nothing(company: Company) -> None:
    id = ask(company)
    assert budget_changes.act(head(company), id, "withdraw")["status"] == "withdrawn"
    assert budget_changes.act(head(company), id, "submit")["status"] == "pending"
    assert budget_changes.act(head(company), id, "cancel")["status"] == "cancelled"
    with pytest.raises(IllegalMove):
        budget_changes.act(head(company), id, "submit")
    assert movements(company, MARCH) == [("allot", 100_000)]


@pytest.mark.parametrize(
    ("facts", "fault"),
    [
        ({"line": MARCH.replace("CNY", "USD")}, ("line", "unknown_budget")),
        ({"source": "nowhere"}, ("source", "unknown_budget")),
        ({"source": MARCH}, ("source", "same_budget")),
        ({"source": ""}, ("source", "required")),
        ({"amount": "0"}, ("amount", "bad_amount")),
        ({"amount": "-1"}, ("amount", "bad_amount")),
        ({"amount": "1.001"}, ("amount", "bad_amount")),
        ({"amount": 10**15}, ("amount", "bad_amount")),
        ({"reason": " "}, ("reason", "required")),
    ],
)
def test_what_cannot_be_asked_is_named_by_its_field(
    company: Company, facts: dict[str, Any], fault: tuple[str, str]
) -> None:
    with pytest.raises(Invalid) as refused:
        ask(company, **facts)
    assert [(each.path, each.code) for each in refused.value.fields] == [fault]


def test_nothing_is_converted(company: Company) -> None:
    yen = allot(company, "5000", currency="JPY")
    with pytest.raises(Invalid) as refused:
        ask(company, source=yen)
    assert [(each.path, each.code) for each in refused.value.fields] == [("source", "other_currency")]


def test_only_heads_and_finance_ask_and_a_line_that_one_may_not_see_is_not_there(company: Company) -> None:
    for asked in (MARCH, "nowhere"):
        with pytest.raises(Forbidden):
            budget_changes.make(company.call(company.stranger), wish(line=asked))
    below = Department(BELOW, "销售部", HEAD_OFFICE.id, None, "2", (HEAD_OFFICE.id, BELOW))
    add_department(company.store, below)
    directory.forget()
    theirs = allot(company, department=BELOW)
    with pytest.raises(Invalid) as unseen:
        head_below = company.call(company.stranger, heads=frozenset({BELOW}))
        budget_changes.make(head_below, wish(line=theirs, source=MARCH))
    assert [(each.path, each.code) for each in unseen.value.fields] == [("source", "unknown_budget")]
    auditor = company._hire("auditor", roles=frozenset({"employee", "auditor"}))
    with pytest.raises(Forbidden):
        budget_changes.make(company.call(auditor), wish())
    assert budget_changes.make(company.call(finance(company)), wish())["status"] == "draft"


def test_whoever_heads_the_department_no_more_submits_nothing(company: Company) -> None:
    draft = str(budget_changes.make(head(company), wish())["id"])
    with pytest.raises(Forbidden):
        budget_changes.act(company.call(company.applicant), draft, "submit")
    assert budget_changes.act(company.call(company.applicant), draft, "cancel")["status"] == "cancelled"


def test_others_see_a_change_by_their_part_in_it(company: Company) -> None:
    id = ask(company)
    assert [each.id for each in budget_changes.listed(head(company), Asked()).records] == [id]
    assert [each.id for each in budget_changes.listed(head(company), Asked("2026-03")).records] == [id]
    everything = budget_changes.listed(company.call(finance(company)), Asked("2026-03", "pending")).records
    assert [each.id for each in everything] == [id]
    assert budget_changes.listed(company.call(finance(company)), Asked("2026-03", "draft")).records == []
    assert budget_changes.listed(company.call(company.stranger), Asked("2026-03")).records == []
    assert budget_changes.view(company.call(company.manager), id).moves == ()
    with pytest.raises(NotFound):
        budget_changes.view(company.call(company.stranger), id)
    with pytest.raises(NotFound):
        budget_changes.act(company.call(company.stranger), id, "cancel")
    with pytest.raises(Forbidden):
        budget_changes.act(company.call(company.manager), id, "cancel")


def test_an_older_version_is_not_overwritten(company: Company) -> None:
    id = ask(company)
    with pytest.raises(Stale):
        budget_changes.act(head(company, expected_version=9), id, "cancel")


def test_every_command_is_one_read_and_one_transaction(company: Company) -> None:
    if isinstance(company.store, DynamoStore):
        return
    approve(company, ask(company, amount="1"))  # whoever decides is known from here on

    def calls(do: Any) -> int:
        before = company.store.calls
        do()
        return company.store.calls - before

    ids: list[str] = []
    assert calls(lambda: ids.append(ask(company))) == 2
    assert calls(lambda: decide(company, ids[0], company.manager)) == 2
    assert calls(lambda: decide(company, ids[0], finance(company))) == 2
    draft = str(budget_changes.make(head(company), wish())["id"])
    assert calls(lambda: budget_changes.restate(head(company), draft, wish(), submit_now=True)) == 2
    assert calls(lambda: budget_changes.act(head(company), draft, "withdraw")) == 2
    assert calls(lambda: budget_changes.act(head(company), draft, "submit")) == 2
    assert calls(lambda: budget_changes.view(head(company), draft)) == 2


def test_what_nobody_has_to_decide_moves_at_once(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = Step("none", {"en": "Nobody", "zh": "无"}, (PersonRule("gone"),), when_empty=EmptyRule.SKIP)
    free = replace(processes.BUDGET_CHANGE, steps=(nobody,))
    monkeypatch.setitem(processes.BUILT_IN, ("budget_change", 1), free)  # type: ignore[arg-type]
    id = ask(company)
    assert status(company, id) == "approved"
    assert figures(company, MARCH) == (120_000, 0, 0)
