"""Payments over HTTP: pages and programs pay the same money, refusals say why, the bank's answers come as files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.handlers.paying import ADMIN, APPLICANT, FINANCE, HOST, MANAGER, SECOND, Counter, open_counter


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter]:
    with ExitStack() as stack:
        yield open_counter(monkeypatch, stack)


def test_finance_sees_what_is_due_and_what_it_adds_up_to(counter: Counter) -> None:
    owed = counter.owes(days_ago=9)
    counter.owes(HOST, 5_000, "JPY")
    listed = counter.client().get("/payments").json
    assert listed["totals"] == {"EUR": 10_000, "JPY": 5_000}
    (old,) = counter.client().get("/payments?older=7&currency=EUR").json["items"]
    assert (old["id"], old["age"], old["department_name"], old["account"]["shown"]) == (owed, 9, "总部", "DE••••3000")
    for wrong in ("older=-1", "state=nothing", "currency=XXY", "month=2026"):
        assert counter.client().get(f"/payments?{wrong}").status == 422


def test_the_list_is_had_as_a_file(counter: Counter) -> None:
    counter.owes()
    answer = counter.client().get("/payments?format=csv")
    assert "EX-D001" in answer.text
    assert "100.00" in answer.text
    assert counter.client(APPLICANT).get("/payments?format=csv").status == 403


def test_a_batch_is_paid_over_http(counter: Counter) -> None:
    owed, other = counter.owes(), counter.owes(HOST, 2_550)
    id = counter.make(owed, other)
    assert counter.act(id, "release").json["status"] == "releasing"
    shown = counter.client().get(f"/payment-batches/{id}").json
    assert shown["batch"]["status"] == "released"
    assert len(shown["batch"]["file"]["sha256"]) == 64
    fetched = counter.client().get(f"/payment-batches/{id}/file")
    assert (fetched.status, fetched.headers["location"][:28]) == (303, "https://files.example/paymen")
    ids = [item["end_to_end"] for item in shown["items"]]
    content = f"End-to-end ID,Status,Reason\n{ids[0]},PAID,\n{ids[1]},RJCT,AC04\nX,PAID,".encode()
    path = f"/payment-batches/{id}/answers"
    tried = counter.client().post(path, content)
    assert tried.json["counts"] == {"paid": 1, "failed": 1, "wrong": 1}
    assert [(row["row"], row["code"]) for row in tried.json["wrong"]] == [(4, "answer_unknown_payment")]
    assert counter.client().get(f"/payment-batches/{id}").json["answers"] == []
    assert counter.client().post(f"{path}?dry_run=false&name=answer.csv", content).json["kept"]
    counter.follow(id)
    shown = counter.client().get(f"/payment-batches/{id}").json
    assert (shown["batch"]["status"], shown["batch"]["paid"], shown["batch"]["failed"]) == ("answered", 1, 1)
    assert [(run["name"], run["done"]) for run in shown["answers"]] == [("answer.csv", 2)]
    assert counter.client().get("/payments").json["items"][0]["reason"] == "AC04"
    assert counter.act(id, "close").json["status"] == "closed"
    assert [each["status"] for each in counter.client().get("/payment-batches").json["items"]] == ["closed"]


def test_a_form_of_ticked_payments_makes_a_batch(counter: Counter) -> None:
    first, _, third = counter.owes(), counter.owes(), counter.owes()
    browser = counter.client()
    answer = browser.submit("/payment-batches", {"payables.0": first, "payables.7": third})
    assert answer.status == 303
    id = answer.headers["location"].rpartition("/")[2]
    items = browser.get(f"/payment-batches/{id}").json["items"]
    assert [item["payable"] for item in items] == [first, third]
    nothing = browser.submit("/payment-batches", {})
    assert nothing.status == 422


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"payables": []},
        {"payables": ["a b"]},
        {"payables": ["x"] * 201},
        {"payables": [1]},
        {"payables": ["unknown-X-1"]},
        {"payables": ["nothing"], "more": 1},
    ],
)
def test_what_is_no_batch_is_refused_by_the_field(counter: Counter, body: object) -> None:
    answer = counter.client().post("/payment-batches", body)
    assert answer.status == 422
    assert answer.json["errors"][0]["path"]


def test_nobody_pays_what_they_approved_or_are_paid(counter: Counter) -> None:
    owed = counter.owes(FINANCE)
    refused = counter.client().post(f"/payments/{owed}/actions", {"action": "paid", "reference": "Cash"})
    assert (refused.status, refused.json["code"]) == (403, "payment_not_yours")
    assert "EX-D001" in refused.json["title"]
    id = counter.make(owed)
    refused = counter.act(id, "release")
    assert (refused.status, refused.json["code"]) == (403, "payment_not_yours")
    page = counter.client().page(f"/payment-batches/{id}?lang=en").text
    assert "Somebody else of finance has to release it." in page
    assert 'value="release"' not in page


def test_marking_by_hand_over_http(counter: Counter) -> None:
    owed, other = counter.owes(), counter.owes()
    id = counter.make(owed, other)
    assert counter.act(id, "paid", payable=owed).status == 409
    counter.act(id, "release")
    assert counter.act(id, "paid").json["errors"][0]["path"] == "payable"
    assert counter.act(id, "failed", payable=owed).json["errors"][0]["path"] == "note"
    assert counter.act(id, "paid", payable=owed, note="TR-1").status == 200
    assert counter.act(id, "paid", payable=owed, note="TR-1").status == 409
    assert counter.act(id, "failed", payable="expense-none-1", note="x").status == 404
    assert counter.client().get(f"/payments/{owed}").json["payable"]["reference"] == "TR-1"


def test_a_payment_by_hand_has_one_effect_however_often_it_is_sent(counter: Counter) -> None:
    owed = counter.owes()
    body = {"action": "paid", "reference": "Cash, receipt 7"}
    first, again = (counter.client().post(f"/payments/{owed}/actions", body, key="the-key") for _ in range(2))
    assert (first.status, first.json) == (200, again.json)
    assert counter.client().post(f"/payments/{owed}/actions", body).status == 409
    page = counter.client().page(f"/payments/{owed}?lang=en").text
    assert "Cash, receipt 7" in page


def test_everybody_sees_their_own_payments(counter: Counter) -> None:
    counter.owes()
    mine = counter.client(APPLICANT).get("/payments/mine").json["items"]
    assert [(each["number"], each["status"]) for each in mine] == [("EX-D001", "due")]
    assert counter.client(HOST).get("/payments/mine").json["items"] == []
    assert counter.client(APPLICANT).get("/payments").status == 403


def test_my_accounts_are_stated_masked_and_removed(counter: Counter) -> None:
    someone = counter.client(MANAGER)
    wrong = someone.post("/me/accounts", {"form": "iban", "holder": "陈经理", "number": "DE00370400440532013000"})
    assert (wrong.status, wrong.json["errors"][0]["path"]) == (422, "number")
    iban = {"form": "iban", "holder": "陈经理", "number": "DE89 3704 0044 0532 0130 00"}
    assert someone.post("/me/accounts", iban).json["shown"] == "DE••••3000"
    answer = someone.get("/me/accounts")
    assert "37040044" not in answer.text
    assert answer.json["accounts"]["iban"]["held"]
    assert someone.submit("/me/accounts", {"action": "remove", "form": "iban"}).status == 303
    assert someone.get("/me/accounts").json["accounts"] == {}
    again = someone.submit("/me/accounts", {"form": "cn", "holder": "x", "number": "12", "bank": "ICBC", "cnaps": "1"})
    assert again.status == 422
    assert 'id="cn-number-error"' in again.text
    assert counter.client(ADMIN).get("/me/accounts").json["accounts"] == {}


def test_administrators_say_how_we_pay_and_finance_reads_it(counter: Counter) -> None:
    body = {"four_eyes": True, "name": "Atrium GmbH", "iban": "DE75 5121 0800 1245 1261 99"}
    assert counter.client().post("/payments/settings", body).status == 403
    wrong = counter.client(ADMIN).post("/payments/settings", body | {"iban": "DE1", "bic": "X"})
    assert [each["path"] for each in wrong.json["errors"]] == ["iban", "bic"]
    assert counter.client(ADMIN).post("/payments/settings", body).status == 200
    assert counter.client().get("/payments/settings").json["settings"]["iban"] == "DE75512108001245126199"
    id = counter.make(counter.owes())
    refused = counter.act(id, "release")
    assert (refused.status, refused.json["code"]) == (403, "payment_four_eyes")
    assert counter.act(id, "release", SECOND).status == 200


def test_nothing_of_an_account_is_shown_in_the_clear(counter: Counter) -> None:
    owed = counter.owes()
    id = counter.make(owed)
    counter.act(id, "release")
    for path in ("/payments", f"/payments/{owed}", "/payment-batches", f"/payment-batches/{id}"):
        assert "37040044" not in counter.client().get(path).text
        assert "37040044" not in counter.client().page(path).text


@pytest.mark.parametrize("lang", ["en", "zh-CN"])
def test_every_page_of_payments_is_made(counter: Counter, lang: str) -> None:
    owed = counter.owes()
    id = counter.make(owed)
    for path in ("/payments", f"/payments/{owed}", "/payment-batches", f"/payment-batches/{id}", "/payments/settings"):
        assert counter.client().page(f"{path}?lang={lang}").status == 200
    for path in ("/payments/mine", "/me/accounts", "/me"):
        assert counter.client(APPLICANT).page(f"{path}?lang={lang}").status == 200
