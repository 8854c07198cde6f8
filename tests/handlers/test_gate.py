"""The gate's routes: scans, lists, pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.directory import Person
from chalicelib.services import sites
from tests import company, desk, reception
from tests.desk import Desk

QR = reception.qr_text(desk.VISIT, desk.GUEST)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Desk:
    return desk.open_desk(monkeypatch)


def scanned(at: Desk, **asked: object) -> dict[str, object]:
    answer = at.client().post("/gate/scans", {"code": QR, "gate": "hq/east"} | asked)
    assert answer.status == 200, answer.text
    body: dict[str, object] = answer.json
    return body


def test_a_scan_answers_everything_the_guard_needs(at: Desk) -> None:
    answer = scanned(at, gate="east")
    assert (answer["result"], answer["on_site"], answer["message"]) == ("checked_in", True, "王小明可以进入。")
    assert answer["visit"] == {
        "id": desk.VISIT.id,
        "number": "20260001",
        "host": "何主任",
        "host_phone": "+8613800000001",
        "purpose": "Contract talks",
        "opens": "2026-03-02T00:00:00Z",
        "starts": "2026-03-02T01:00:00Z",
        "ends": "2026-03-02T09:00:00Z",
        "rules": "请佩戴访客证",
        "rules_accepted": False,
    }


def test_refusals_are_answers_in_the_guards_language_and_the_sites_time(at: Desk) -> None:
    at.now = reception.STARTS - timedelta(hours=3)
    english = at.client().post("/gate/scans", {"code": QR, "gate": "hq/east"}, headers={"Accept-Language": "en"})
    assert english.json["result"] == "too_early"
    assert english.json["message"] == "The gate opens for this visit on Mon 2 Mar, 08:00."
    at.now = reception.ENDS + timedelta(hours=1)
    assert scanned(at)["message"] == "本次来访已于3月2日 周一 17:00结束。"
    assert scanned(at, code="12345678-9")["result"] == "unknown"


def test_a_repeated_nonce_gets_the_very_same_answer(at: Desk) -> None:
    first = scanned(at, nonce="n-1")
    at.now += timedelta(minutes=3)
    assert scanned(at, nonce="n-1") == first


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"gate": "hq/north"}, "gate", "unknown_gate"),
        ({"gate": ""}, "gate", "unknown_gate"),
        ({"code": ""}, "code", "required"),
        ({"code": "x" * 1001}, "code", "too_long"),
        ({"nonce": "with space"}, "nonce", "bad_format"),
        ({"direction": "up"}, "direction", "bad_choice"),
        ({"at": "2026-03-02T02:00:00"}, "at", "needs_time_zone"),
        ({"at": "2026-03-02T02:03:00Z"}, "at", "in_the_future"),
        ({"at": "2026-03-01T01:59:00+00:00"}, "at", "too_long_ago"),
        ({"badge": "7"}, "badge", "unknown_field"),
    ],
)
def test_wrong_fields_are_named(at: Desk, change: dict[str, object], path: str, code: str) -> None:
    answer = at.client().post("/gate/scans", {"code": QR, "gate": "hq/east"} | change)
    assert answer.status == 422
    assert [(wrong["path"], wrong["code"]) for wrong in answer.json["errors"]] == [(path, code)]


def test_only_guards_and_reception_may_scan_and_look(at: Desk) -> None:
    assert at.client(None).get("/gate/onsite").status == 401
    employee = company.add_person(at.store, company.person("ann"))
    for path in ("/gate", "/gate/expected?site=hq", "/gate/onsite?site=hq", "/gate/evacuation?site=hq"):
        assert at.client(employee).get(path).status == 403, path
    refused = at.client(employee).post("/gate/scans", {"code": QR, "gate": "hq/east"})
    assert refused.status == 403


def test_a_script_in_a_name_is_shown_as_text(at: Desk) -> None:
    visit = reception.a_visit(id="01KJPX9W3TZ4QZ6T1N7V0F2B5D", number="20260002", host_name="<i>host")
    guest = reception.a_guest(visit, name="<script>alert(1)</script>", company="<b>")
    at.store.write(*reception.invited(visit, guest))
    scanned(at, code="20260002")
    for path in ("/gate/onsite", "/gate/evacuation"):
        page = at.client().page(path)
        assert page.status == 200
        assert "&lt;script&gt;alert(1)" in page.text and "<script>alert" not in page.text and "<i>host" not in page.text


def test_the_lists_say_who_is_expected_inside_and_gone(at: Desk) -> None:
    client = at.client()
    assert [row["name"] for row in client.get("/gate/expected").json["items"]] == ["王小明"]
    scanned(at)
    assert client.get("/gate/expected").json["items"] == []
    inside = client.get("/gate/onsite?site=hq").json
    assert (inside["total"], inside["items"][0]["gate"]) == (1, "东门")
    assert [row["name"] for row in client.get("/gate/evacuation").json["items"]] == ["王小明"]
    assert client.get("/gate/expected?status=all&day=2026-03-02&q=远航").json["counts"] == {"inside": 1}
    assert client.get("/gate/expected?day=tomorrow").status == 422
    assert client.get("/gate/onsite?site=nowhere").status == 422


def test_times_on_the_pages_are_the_sites(at: Desk) -> None:
    scanned(at)
    traveller = replace(desk.GUARD, id="T" * 26, login="traveller", email="t@x.example", time_zone="America/New_York")
    company.add_person(at.store, traveller)
    assert "10:00" in at.client(traveller).page("/gate/evacuation").text


def test_the_gate_is_chosen_once_and_a_single_gate_needs_no_choice(at: Desk) -> None:
    client = at.client()
    assert client.get("/gate").json["place"] is None
    assert client.get("/gate?gate=hq/west").json["place"]["gate_name"] == "西门"
    assert client.get("/gate?gate=hq/gone").json["place"] is None
    assert client.get("/gate?gate=hq/west&choose=true").json["place"] is None
    only = replace(reception.SITE, id="plant", gates=reception.SITE.gates[:1])
    at.store.write(reception.a_site(only))
    sites.forget()
    guard: Person = company.add_person(at.store, company.person("plant.guard", roles=frozenset({"gate"}), site="plant"))
    assert at.client(guard).get("/gate").json["place"]["gate"] == "plant/east"


def test_the_gates_page_may_compile_the_barcode_reader_and_no_other_page_may(at: Desk) -> None:
    policy = at.client().page("/gate?gate=hq/east").headers["content-security-policy"]
    assert "'wasm-unsafe-eval'" in policy and "'unsafe-inline'" not in policy
    assert "wasm" not in at.client().page("/gate/onsite").headers["content-security-policy"]


def test_without_script_a_typed_code_gets_a_page_with_the_answer_and_the_next_field(at: Desk) -> None:
    form = {"code": "5678", "gate": "hq/east", "nonce": "n-1"}
    page = at.client().submit("/gate/scans", form)
    assert page.status == 200
    assert "gate-good" in page.text and "王小明" in page.text and 'name="code"' in page.text
    again = at.client().submit("/gate/scans", form | {"nonce": "n-2"})
    assert 'name="direction" value="out"' in again.text and "gate-careful" in again.text


def test_without_script_a_wrong_form_comes_back_with_what_was_typed(at: Desk) -> None:
    page = at.client().submit("/gate/scans", {"code": "5678", "gate": "hq/north"})
    assert page.status == 422
    assert 'value="5678"' in page.text and "没有这个门岗" in page.text
