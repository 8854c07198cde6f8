"""The pages of the audit: who may see them, what they find, and that they say it in words."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from typing import Any, get_args

import pytest

import app
from chalicelib.domain.audit import change_of
from chalicelib.handlers.audit.routes import RecordKind
from chalicelib.handlers.endpoint import ENDPOINTS
from chalicelib.models.approvals import RunningItem
from chalicelib.models.audit import EntryItem
from chalicelib.models.store import create
from chalicelib.models.store.plain import plain
from chalicelib.models.visits import NumberItem, VisitItem
from chalicelib.services import audit
from chalicelib.services.call import Call
from tests import company, reception
from tests.client import Client
from tests.desk import Desk, SharedStore
from tests.workflows.stage import FakeFiles

AUDITOR = company.person("zheng.kai", name="郑凯", roles=frozenset({"employee", "auditor"}))
ADMIN = company.person("admin", roles=frozenset({"employee", "administrator"}))
SOMEBODY = company.person("somebody", name="某人")
VISIT = reception.a_visit(applicant=SOMEBODY.id, host=SOMEBODY.id, department=company.HEAD_OFFICE.id)
NOW = reception.DURING


class Office(Desk):
    """A desk whose changes are recorded."""

    def record(self, *changes: Any) -> None:
        call = Call(self.store, self.now, str, None, "system:record")
        call.permit_public("a test")
        audit.record(call, FakeFiles(), changes)

    def change(self, number: int, by: str = SOMEBODY.id, minutes: int = 0, **facts: Any) -> None:
        """A change of the visit, so many minutes ago."""
        at = (NOW - timedelta(minutes=minutes)).isoformat()
        signed = {"changed_by": by, "changed_at": at, "changed_from": "192.0.2.7", "request_id": f"R{number}"}
        keys = {"pk": f"visit#{VISIT.id}", "sk": "head", "kind": "visit"}
        new = keys | signed | {"version": number + 1} | facts
        self.record(change_of(f"e{number}", "reception", keys | {"version": number}, new, at))


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Office:
    from chalicelib.handlers import callers
    from chalicelib.services import sessions

    office = Office(app.app, SharedStore())
    company.add_department(office.store)
    for who in (AUDITOR, ADMIN, SOMEBODY):
        company.add_person(office.store, who)
    _, pk, sk = NumberItem.at(VISIT.number)
    office.store.write(reception.a_site(), create(NumberItem(pk, sk, visit=VISIT.id)))
    monkeypatch.setattr(callers, "store", lambda: office.store)
    monkeypatch.setattr(callers, "clock", lambda: office.now)
    monkeypatch.setattr(sessions, "authenticate", office.authenticate)
    item = plain(VisitItem.from_visit(VISIT).serialize()) | {"changed_by": SOMEBODY.id}
    office.record(change_of("e0", "reception", {}, item, (NOW - timedelta(days=1)).isoformat()))
    return office


HISTORY = f"/history?record=visit&id={VISIT.id}"


@pytest.mark.parametrize("path", [HISTORY, "/history?record=person&id=admin", "/audit"])
def test_only_auditors_and_administrators_see_it(office: Office, path: str) -> None:
    refused = 403 if path == "/audit" else 404
    assert [office.client(who).get(path).status for who in (AUDITOR, ADMIN, SOMEBODY, None)] == [200, 200, refused, 401]


def test_a_history_says_who_when_from_where_and_what_newest_first(office: Office) -> None:
    office.change(1, status="cancelled", behalf="")
    items = office.client(AUDITOR).get(HISTORY, headers={"Accept-Language": "en"}).json["items"]
    assert [item["seq"] for item in items] == [2, 1]
    newest = items[0]
    assert (newest["who"], newest["source"], newest["request"]) == ("某人", "192.0.2.7", "R1")
    assert (newest["done"], newest["what"]) == ("changed", "Application for a visit")
    assert {"label": "Status", "old": [], "new": ["Cancelled"], "aside": False} in newest["changes"]


def test_a_history_names_people_sites_and_departments(office: Office) -> None:
    (made,) = office.client(AUDITOR).get(HISTORY, headers={"Accept-Language": "zh-CN"}).json["items"]
    said = {row["label"]: row["new"] for row in made["changes"]}
    assert said["接待人"] == ["某人"]
    assert said["园区"] == ["总部"] and said["部门"] == ["总部"]
    assert said["开始时间"] == ["3月2日 周一 09:00"]
    assert said["接待人电话"] == ["+86•••01"]


def test_a_history_is_found_by_what_people_call_the_record(office: Office) -> None:
    client = office.client(AUDITOR)
    assert client.get(f"/history?record=visit&id={VISIT.number}").json["record"]["id"] == VISIT.id
    assert client.get("/history?record=person&id=zheng.kai").json["record"]["id"] == AUDITOR.id


def test_a_document_leads_to_its_approval_and_back(office: Office) -> None:
    client = office.client(AUDITOR)
    assert client.get(HISTORY).json["related"] == [{"kind": "approval", "id": f"visit-{VISIT.id}"}]
    answer = client.get(f"/history?record=approval&id=visit-{VISIT.id}")
    assert answer.json["related"] == [{"kind": "visit", "id": VISIT.id}]
    assert client.get("/history?record=site&id=hq").json["related"] == []


def test_a_history_says_which_record_it_is_and_where(office: Office) -> None:
    auditor, admin = office.client(AUDITOR), office.client(ADMIN)
    record = auditor.get(HISTORY).json["record"]
    assert (record["title"], record["page"]) == (VISIT.party, f"/visits/{VISIT.id}")
    profile = f"/history?record=person&id={SOMEBODY.id}"
    assert [client.get(profile).json["record"]["page"] for client in (auditor, admin)] == ["", f"/people/{SOMEBODY.id}"]


def test_every_kind_of_record_can_be_asked_for_and_leads_to_a_page_that_is_there() -> None:
    assert {*get_args(RecordKind)} == {*audit.RECORDS}
    routes = {re.sub(r"\{\w+\}", "{id}", each.path) for each in ENDPOINTS if each.method == "GET"}
    assert {each.page for each in audit.RECORDS.values()} - {""} <= routes


def test_a_history_comes_in_pages(office: Office) -> None:
    for number in range(1, 6):
        office.change(number)
    client, seen, cursor = office.client(AUDITOR), [], ""
    for _ in range(3):
        answer = client.get(f"{HISTORY}&limit=2{cursor}").json
        seen += [item["seq"] for item in answer["items"]]
        cursor = f"&cursor={answer['next']}"
    assert seen == [6, 5, 4, 3, 2, 1]
    assert client.get(f"/history?record=visit&id=other{cursor}").status == 400


@pytest.mark.parametrize(
    ("query", "path"),
    [
        ("record=fax&id=1", "record"),
        ("record=visit", "id"),
        ("record=visit&id=%00", "id"),
        ("record=visit&id=1&limit=101", "limit"),
    ],
)
def test_a_wrong_question_for_a_history_is_named(office: Office, query: str, path: str) -> None:
    answer = office.client(AUDITOR).get(f"/history?{query}")
    assert (answer.status, [each["path"] for each in answer.json["errors"]]) == (422, [path])


def found(office: Office, query: str = "") -> list[tuple[str, str]]:
    """Events by day and by whom, following all pages."""
    client, seen, cursor = office.client(AUDITOR), [], ""
    while True:
        answer = client.get(f"/audit?limit=3&{query}{cursor}")
        assert answer.status == 200, answer.text
        seen += [(item["at"][:16], item["by"]) for item in answer.json["items"]]
        if answer.json["next"] is None:
            return seen
        cursor = f"&cursor={answer.json['next']}"


def test_the_audit_lists_the_changes_of_all_records_by_time(office: Office) -> None:
    for number in range(1, 9):
        person = company.person(f"p{number}")
        item = {"pk": f"person#{person.id}", "sk": "profile", "kind": "person", "changed_by": ADMIN.id, "name": "x"}
        office.record(change_of(f"p{number}", "directory", {}, item, (NOW - timedelta(minutes=number)).isoformat()))
    everything = found(office)
    assert everything == sorted(everything, reverse=True) and len(everything) == 9
    assert found(office, f"by={ADMIN.login}") == everything[:8]
    assert found(office, "area=reception") == everything[8:]


def test_days_are_those_of_the_reader(office: Office) -> None:
    """In Shanghai 2 March begins at 16:00 UTC of the day before; NOW is 02:00 UTC, the first change a day earlier."""
    office.change(1, minutes=9 * 60 + 59)
    office.change(2, minutes=10 * 60 + 1)
    assert [at for at, _ in found(office, "from=2026-03-02&until=2026-03-02")] == ["2026-03-01T16:01"]
    assert [at for at, _ in found(office, "until=2026-03-01")] == ["2026-03-01T15:59", "2026-03-01T02:00"]


def test_a_period_may_begin_in_another_month(office: Office) -> None:
    office.change(1, minutes=3 * 24 * 60)
    assert len(found(office, "from=2026-01-15&until=2026-03-02")) == 2
    assert len(found(office, f"from=2026-01-15&by={SOMEBODY.email}")) == 2
    assert found(office, "from=2026-01-15&until=2026-02-20") == []


@pytest.mark.parametrize(
    ("query", "status", "path"),
    [
        ("from=2026-03-02&until=2026-03-01", 422, "until"),
        ("from=2025-01-01", 422, "until"),
        ("from=yesterday", 422, "from"),
        ("area=audit", 422, "area"),
        ("cursor=abc", 400, None),
        ("by=nobody", 200, None),
    ],
)
def test_a_wrong_question_for_the_audit_is_named(office: Office, query: str, status: int, path: str | None) -> None:
    answer = office.client(AUDITOR).get(f"/audit?{query}")
    assert answer.status == status
    if path:
        assert [each["path"] for each in answer.json["errors"]] == [path]


def test_a_cursor_of_another_period_is_refused(office: Office) -> None:
    office.change(1)
    cursor = office.client(AUDITOR).get("/audit?limit=1").json["next"]
    assert office.client(AUDITOR).get(f"/audit?until=2026-02-01&cursor={cursor}").status == 400


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("path", [HISTORY, "/audit", "/history?record=hook&id=none", "/audit?until=2020-01-01"])
def test_pages_are_made_in_both_languages_and_nothing_in_them_is_markup(
    office: Office, path: str, language: str
) -> None:
    office.change(1, purpose="<script>alert(1)</script>")
    answer = office.client(AUDITOR).page(path, headers={"Accept-Language": language})
    assert answer.status == 200
    assert "<script>alert" not in answer.text


def test_what_was_found_can_be_had_as_a_file(office: Office) -> None:
    for number in range(1, 4):
        office.change(number, purpose="=cmd()", status="cancelled")
    answer = office.client(AUDITOR).get("/audit?format=csv&limit=1", headers={"Accept-Language": "en"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    titles, *lines = csv.reader(io.StringIO(answer.body.decode("utf-8-sig"), newline=""))
    assert titles[:4] == ["When", "Who", "As the substitute of", "What"] and len(lines) == 4
    newest = dict(zip(titles, lines[0], strict=True))
    assert (newest["Who"], newest["What"]) == ("某人", "changed: Application for a visit")
    assert newest["Values"] == "Purpose of the visit:  → =cmd()\nStatus:  → Cancelled"
    assert (newest["Record"], newest["Id"], newest["Entry"]) == (f"Visit {VISIT.party}", VISIT.id, "4")
    assert office.client(SOMEBODY).get("/audit?format=csv").status == 403


def test_steps_of_an_approval_are_called_by_their_titles(office: Office) -> None:
    _, pk, sk = RunningItem.at(f"visit-{VISIT.id}")
    version = {"definition_key": {"S": "visit"}, "definition_version": {"N": "1"}}
    office.store.items["approvals", pk, sk] = {"pk": {"S": pk}, "sk": {"S": sk}, "kind": {"S": "running"}} | version
    image = {"pk": pk, "sk": sk, "kind": "running", "step": "manager", "status": "pending"}
    office.record(change_of("a1", "approvals", {}, image, NOW.isoformat()))
    path = f"/history?record=approval&id=visit-{VISIT.id}"
    (entry,) = office.client(AUDITOR).get(path, headers={"Accept-Language": "en"}).json["items"]
    assert {row["label"]: row["new"] for row in entry["changes"]}["Step"] == ["Line manager"]


def test_an_entry_keeps_its_place_in_every_list(office: Office) -> None:
    assert all(item.is_listed for item in office.store.all(EntryItem))


def test_the_navigation_offers_the_audit_to_those_who_may_see_it(office: Office) -> None:
    pages = {who.login: office.client(who).page("/sites").text for who in (AUDITOR, SOMEBODY)}
    assert 'href="/audit"' in pages[AUDITOR.login] and 'href="/audit"' not in pages[SOMEBODY.login]


def test_programs_without_a_token_are_asked_for_one() -> None:
    assert Client(app.app).get("/audit").status == 401
