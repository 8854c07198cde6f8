"""Claims paid by finance: several in one settlement, by the bank's answer or by hand; never by who approved them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from chalicelib.services import compliance, expenses, rates
from tests.handlers.paying import ADMIN, APPLICANT, FINANCE, MANAGER, SECOND, Counter, open_counter
from tests.handlers.test_claims import BUDGET, body


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter]:
    for module in (compliance, expenses, rates):
        module.forget()
    with ExitStack() as stack:
        opened = open_counter(monkeypatch, stack)
        assert opened.client(ADMIN).post("/budgets", BUDGET).status == 201
        yield opened


def approved(counter: Counter) -> str:
    """A claim that the line manager and one of finance approved; its payable."""
    answer = counter.client(APPLICANT).post("/claims", body(submit=True))
    assert answer.status == 201, answer.text
    for who in (MANAGER, SECOND):
        answer_of = counter.client(who).post(f"/approvals/claim-{answer.json['id']}/actions", {"action": "approve"})
        assert answer_of.status == 200, answer_of.text
    return f"claim-{answer.json['id']}-1"


def claim_of(counter: Counter, payable: str) -> Any:
    return counter.client(APPLICANT).get(f"/claims/{payable.split('-')[1]}").json


def figures(counter: Counter) -> tuple[int, int, int]:
    (line,) = counter.client(ADMIN).get("/budgets?period=2026-03").json["items"]
    return line["available"], line["frozen"], line["used"]


def test_one_settlement_pays_several_claims_by_the_banks_answer(counter: Counter) -> None:
    first, second = approved(counter), approved(counter)
    assert figures(counter) == (319_900, 180_100, 0)
    id = counter.make(first, second)
    assert counter.act(id, "release").status == 200
    shown = counter.client().get(f"/payment-batches/{id}").json
    ids = [item["end_to_end"] for item in shown["items"]]
    content = f"End-to-end ID,Status,Reason\n{ids[0]},PAID,\n{ids[1]},RJCT,AC04".encode()
    assert counter.client().post(f"/payment-batches/{id}/answers?dry_run=false&name=a.csv", content).json["kept"]
    counter.follow(id)
    standing = {payable: claim_of(counter, payable) for payable in (first, second)}
    assert sorted(each["claim"]["status"] for each in standing.values()) == ["approved", "paid"]
    assert figures(counter) == (319_900, 90_050, 90_050)
    (failed,) = [payable for payable, each in standing.items() if each["claim"]["status"] == "approved"]
    assert standing[failed]["payment"]["status"] == "failed"  # it is payable again
    answer = counter.client().post(f"/payments/{failed}/actions", {"action": "paid", "reference": "TR-1"})
    assert answer.status == 200, answer.text
    assert claim_of(counter, failed)["claim"]["status"] == "paid"
    assert figures(counter) == (319_900, 0, 180_100)


def test_nobody_pays_a_claim_that_they_approved(counter: Counter) -> None:
    payable = approved(counter)
    refused = counter.client(SECOND).post(f"/payments/{payable}/actions", {"action": "paid", "reference": "Cash"})
    assert (refused.status, refused.json["code"]) == (403, "payment_not_yours")
    assert claim_of(counter, payable)["claim"]["status"] == "approved"


def test_a_paid_claim_is_reversed_and_its_payment_says_so(counter: Counter) -> None:
    payable = approved(counter)
    counter.client().post(f"/payments/{payable}/actions", {"action": "paid", "reference": "TR-1"})
    claim = payable.split("-")[1]
    answer = counter.client(FINANCE).post(f"/claims/{claim}/actions", {"action": "reverse", "reason": "Wrong person"})
    assert answer.status == 200, answer.text
    assert figures(counter) == (500_000, 0, 0)
    shown = counter.client().get(f"/payments/{payable}").json["payable"]
    assert (shown["status"], bool(shown["reversed_at"])) == ("paid", True)
    (owed,) = counter.client(APPLICANT).get("/advances").json["items"]
    assert (owed["origin"], owed["outstanding"]) == ("reversal", 90_050)
