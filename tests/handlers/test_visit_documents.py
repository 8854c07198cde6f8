"""Identity documents of visitors over HTTP: kept sealed, masked everywhere, shown in full only on record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.documents import SealedDocument
from chalicelib.domain.visits import Visit
from chalicelib.gateways import documents as gateway
from chalicelib.gateways.documents import Documents
from chalicelib.handlers import callers
from chalicelib.handlers.gate import watchlist as watchlist_routes
from chalicelib.handlers.visits import documents, forms
from chalicelib.models.gate_issues import IssueItem
from chalicelib.models.visits import DisclosureItem, GuestsItem, SealedDocumentItem, VisitItem
from chalicelib.services import sessions, watchlist
from chalicelib.services.call import Call
from tests import company, reception
from tests.client import Client
from tests.cloud import forget_directory
from tests.desk import Desk, SharedStore
from tests.gateways.test_documents import FakeKms

NUMBER = "11010519491231002X"
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def desk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    import app

    desk = Desk(app.app, SharedStore(), now=NOW)
    sealing = Documents(FakeKms(), "key", b"a secret of the tests")
    for module in (forms, documents, gateway, watchlist_routes):
        monkeypatch.setattr(module, "documents", lambda: sealing)
    monkeypatch.setattr(callers, "store", lambda: desk.store)
    monkeypatch.setattr(callers, "clock", lambda: desk.now)
    monkeypatch.setattr(sessions, "authenticate", desk.authenticate)
    desk.store.write(reception.a_site())
    company.add_department(desk.store)
    for login, roles in (("applicant", ()), ("reception", ("reception",)), ("auditor", ("auditor",))):
        company.add_person(desk.store, company.person(login, name=login, roles=frozenset({"employee", *roles})))
    company.add_person(desk.store, company.person("guard", roles=frozenset({"employee", "gate"}), site="hq"))
    company.add_person(desk.store, company.person("other", roles=frozenset({"employee", "gate"}), site="plant"))
    forget_directory()
    yield desk
    forget_directory()


def client(desk: Desk, login: str) -> Client:
    return Client(desk.app, token=company.person(login).id)


def application(**visitor: Any) -> dict[str, Any]:
    times = {"starts": (NOW + timedelta(days=1)).isoformat(), "ends": (NOW + timedelta(days=1, hours=2)).isoformat()}
    return {"site": "hq", "purpose": "Talks", "visitors": [{"name": "王芳", "phone": "13912345678"} | visitor]} | times


def applied(desk: Desk) -> str:
    body = application(document_kind="id_card", document_number=NUMBER)
    return str(client(desk, "applicant").post("/visits", body).json["id"])


def test_the_number_is_nowhere_but_sealed(desk: Desk) -> None:
    id = applied(desk)
    shown = client(desk, "applicant").get(f"/visits/{id}")
    assert shown.json["visitors"][0]["document"] | {"ref": ""} == {"ref": "", "kind": "id_card", "shown": "••••002X"}
    assert NUMBER not in shown.text
    assert not [place for place, raw in desk.store.items.items() if NUMBER in str(raw)]
    (sealed,) = desk.store.all(SealedDocumentItem)
    assert gateway.documents().open(sealed.to(SealedDocument)) == NUMBER


def test_reception_and_the_gate_are_shown_it_and_that_is_on_record(desk: Desk) -> None:
    id = applied(desk)
    ref = client(desk, "applicant").get(f"/visits/{id}").json["visitors"][0]["document"]["ref"]
    for login in ("reception", "guard"):
        answer = client(desk, login).post(f"/visits/{id}/documents/{ref}", {"action": "show"})
        assert (answer.status, answer.json["number"]) == (200, NUMBER)
    notes = desk.store.all(DisclosureItem)
    assert [note.changed_by for note in notes] == [company.person(login).id for login in ("reception", "guard")]
    assert not [place for place, raw in desk.store.items.items() if NUMBER in str(raw)]


@pytest.mark.parametrize("login", ["applicant", "auditor", "other"])
def test_nobody_else_is_shown_it(desk: Desk, login: str) -> None:
    id = applied(desk)
    ref = client(desk, "applicant").get(f"/visits/{id}").json["visitors"][0]["document"]["ref"]
    assert client(desk, login).post(f"/visits/{id}/documents/{ref}", {"action": "show"}).status in (403, 404)
    assert desk.store.all(DisclosureItem) == []


def test_a_change_keeps_the_document_unless_another_number_is_stated(desk: Desk) -> None:
    id = applied(desk)
    kept = client(desk, "applicant").get(f"/visits/{id}").json["visitors"][0]["document"]
    same = {f"document_{name}": value for name, value in kept.items()}
    assert client(desk, "applicant").post(f"/visits/{id}", application(**same)).status == 200
    assert client(desk, "applicant").get(f"/visits/{id}").json["visitors"][0]["document"] == kept
    other = same | {"document_number": "E12345678", "document_kind": "passport"}
    assert client(desk, "applicant").post(f"/visits/{id}", application(**other)).status == 200
    assert client(desk, "applicant").get(f"/visits/{id}").json["visitors"][0]["document"]["shown"] == "••••5678"


def test_the_form_offers_what_is_kept_and_never_the_number(desk: Desk) -> None:
    id = applied(desk)
    page = client(desk, "applicant").page(f"/visits/{id}/edit?lang=en")
    assert "••••002X" in page.text
    assert NUMBER not in page.text


def test_a_change_states_no_document_that_is_not_its_visit_s(desk: Desk) -> None:
    id = applied(desk)
    kept = client(desk, "applicant").get(f"/visits/{id}").json["visitors"][0]["document"]
    forged = {"document_ref": kept["ref"], "document_kind": "passport", "document_shown": "••••0000"}
    assert client(desk, "applicant").post(f"/visits/{id}", application(**forged)).status == 200
    changed = client(desk, "applicant").get(f"/visits/{id}").json["visitors"][0]["document"]
    assert changed == kept | {"kind": "passport"}
    assert client(desk, "applicant").post("/visits", application(**forged)).status == 201
    assert [item.visitors[0].document is None for item in desk.store.all(GuestsItem)].count(True) == 1


def test_a_copy_carries_no_document(desk: Desk) -> None:
    id = applied(desk)
    page = client(desk, "applicant").page(f"/visits/{id}/copy?lang=en")
    assert page.status == 200
    assert "002X" not in page.text


def test_a_blocked_number_is_known_by_whatever_kind_of_document_a_visitor_states(desk: Desk) -> None:
    blocked = {"list": "block", "name": "Nobody", "document": "110105 19491231-002x", "reason": "Stole"}
    assert client(desk, "reception").post("/watchlist", blocked).status == 201
    id = applied(desk)
    call = Call(store=desk.store, now=desk.now, new_id=lambda: "id", person=None, actor="stream")
    call.permit_public("the stream follows")
    (head,) = desk.store.get(VisitItem.at(id))
    assert watchlist.look_through(call, head.to(Visit)) == 1
    (issue,) = desk.store.all(IssueItem)
    assert (issue.issue, issue.facts["name"]) == ("blocked", "王芳")
    assert NUMBER not in str(desk.store.items)
