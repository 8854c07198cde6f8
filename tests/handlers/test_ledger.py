"""Routes of the ledger and of the notices, as programs and browsers use them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest

import app
from chalicelib.domain.statistics import Cell, of_visit
from chalicelib.models.statistics import CellItem
from chalicelib.models.store import Add, create
from chalicelib.models.visits import VisitItem
from chalicelib.services import notifications
from chalicelib.services.call import Call
from tests import company, reception
from tests.client import Client
from tests.desk import Desk, SharedStore

RECEPTION = company.person("desk", roles=frozenset({"employee", "reception"}))
SOMEBODY = company.person("somebody")


@dataclass
class Office:
    """Somebody of reception, somebody else, and one closed visit."""

    desk: Desk

    def of(self, who: Any = RECEPTION) -> Client:
        return self.desk.client(who)

    def tell(self, who: Any) -> None:
        call = Call(self.desk.store, self.desk.now, str, None, "system:test")
        call.permit_public("a test")
        facts = {"number": "1", "party": "<script>alert(1)</script>"}
        notifications.notify(call, "a", [who.id], "visit_cancelled", facts, "/visits/1")


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Office:
    from chalicelib.handlers import callers
    from chalicelib.services import sessions

    desk = Desk(app.app, SharedStore())
    company.add_department(desk.store)
    for who in (RECEPTION, SOMEBODY):
        company.add_person(desk.store, who)
    visit = reception.a_visit(round=1, approved_at=reception.STARTS, status="closed", party="<b>王</b>")
    desk.store.write(reception.a_site(), create(VisitItem.from_visit(visit)))
    for cell, figures in of_visit(visit):
        desk.store.write(Add(CellItem.at(cell, 0), {str(name): n for name, n in figures.items() if n}))
    monkeypatch.setattr(callers, "store", lambda: desk.store)
    monkeypatch.setattr(callers, "clock", lambda: desk.now)
    monkeypatch.setattr(sessions, "authenticate", desk.authenticate)
    return Office(desk)


def test_the_ledger_answers_rows_totals_and_months(office: Office) -> None:
    answer = office.of().get("/ledger/visits")
    assert answer.status == 200
    assert [row["number"] for row in answer.json["items"]] == ["20260001"]
    assert answer.json["next"] is None
    assert answer.json["totals"]["visits"] == 1
    assert [month["month"] for month in answer.json["months"]][-1] == "2026-03"


@pytest.mark.parametrize(
    ("query", "status", "path"),
    [
        ("from=2026-13", 422, "from"),
        ("from=2026-03-01", 422, "from"),
        ("from=2024-01&to=2026-03", 422, "to"),
        ("from=2026-03&to=2026-01", 422, "to"),
        ("status=draft", 422, "status"),
        ("limit=101", 422, "limit"),
        ("unknown=1", 422, "unknown"),
        ("cursor=abc", 400, None),
        ("department=none", 200, None),
        ("site=none", 200, None),
    ],
)
def test_wrong_filters_are_named(office: Office, query: str, status: int, path: str | None) -> None:
    answer = office.of().get(f"/ledger/visits?{query}")
    assert answer.status == status
    if path:
        assert [wrong["path"] for wrong in answer.json["errors"]] == [path]


def test_who_heads_nothing_is_refused(office: Office) -> None:
    assert office.of(SOMEBODY).get("/ledger/visits").status == 403
    assert office.of(None).get("/ledger/visits").status == 401


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_page_shows_rows_figures_chart_and_its_table(office: Office, language: str) -> None:
    page = office.of().page(
        "/ledger/visits?status=closed&from=2026-01&to=2026-03", headers={"Accept-Language": language}
    )
    assert page.status == 200
    assert "&lt;b&gt;王&lt;/b&gt;" in page.text and "<b>王" not in page.text
    whole = office.of().page("/ledger/visits", headers={"Accept-Language": language}).text
    assert whole.count("<svg") > 2 and "chart-data" in whole
    assert 'name="from"' in whole and "status=closed" in whole


def test_notices_are_listed_counted_and_read(office: Office) -> None:
    office.tell(SOMEBODY)
    client = office.of(SOMEBODY)
    (notice,) = client.get("/notices").json["items"]
    assert (notice["path"], notice["read"]) == ("/visits/1", False)
    answer = client.post("/notices/actions", {"action": "read", "ids": [notice["id"]]})
    assert (answer.status, answer.json["read"]) == (200, 1)
    assert client.get("/notices").json["items"][0]["read"] is True
    assert office.of(RECEPTION).get("/notices").json["items"] == []


def test_the_page_of_notices_offers_to_mark_all_as_read(office: Office) -> None:
    office.tell(SOMEBODY)
    page = office.of(SOMEBODY).page("/notices").text
    assert "<script>alert" not in page
    assert re.search(r'name="ids.0" value="a#SOMEBODY', page)


def test_too_many_ids_are_refused(office: Office) -> None:
    answer = office.of(SOMEBODY).post("/notices/actions", {"action": "read", "ids": ["x"] * 51})
    assert answer.status == 422


def test_the_page_shows_costs_also_where_only_some_types_cost_anything(office: Office) -> None:
    month = f"{office.desk.now:%Y-%m}"
    costs = {"costed": 2, "cost": 30000, "cost_meal": 30000}
    office.desk.store.write(
        Add(CellItem.at(Cell("company", month), 3), {"submitted": 2}),
        Add(CellItem.at(Cell("company", month, "CNY"), 3), costs),
    )
    page = office.of().page("/ledger/visits?lang=en")
    assert page.status == 200
    assert "150.00 CNY" in page.text
    assert "Estimated cost by type, CNY" in page.text
