"""What a visitor does by their link: late, not coming, bringing somebody, saying how it was, the calendar's file."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import icalendar
import pytest

from chalicelib.domain.invitations import Guest, Rating
from chalicelib.domain.passes import Pass
from chalicelib.models.gate import GuestItem, PassItem, RatingItem
from chalicelib.models.notifications import NoticeItem
from chalicelib.models.store import Put, create
from chalicelib.models.visits import GuestsItem, VisitItem
from chalicelib.services import guests
from chalicelib.services.call import Call
from tests import company, desk, reception
from tests.desk import GUEST, VISIT, Desk

LINK = f"/i/{GUEST.link}"
BEFORE = reception.STARTS - timedelta(hours=3)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Desk:
    opened = desk.open_desk(monkeypatch)
    opened.now = BEFORE
    _, pk, sk = GuestsItem.at(VISIT.id)
    host_allows = replace(VISIT, companions_allowed=1, numbered=1, round=1)
    opened.store.write(Put(VisitItem.from_visit(host_allows), {}), create(GuestsItem(pk, sk, visitors=())))
    return opened


def act(at: Desk, action: str, **facts: Any) -> Any:
    return at.client(None).post(LINK + "/actions", {"action": action} | facts)


def guest(at: Desk) -> Guest:
    (item,) = at.store.get(GuestItem.at(VISIT.id, 1))
    found: Guest = item.to(Guest)
    return found


def follow(at: Desk) -> None:
    call = Call(at.store, at.now, lambda: "id", None, "system:test")
    call.permit_public("a test")
    guests.follow(call, guest(at))


def told(at: Desk) -> list[tuple[str, str]]:
    return [(item.template, item.person) for item in at.store.all(NoticeItem)]


def held(at: Desk) -> Pass:
    (item,) = at.store.all(PassItem)
    found: Pass = item.to(Pass)
    return found


def test_who_is_late_says_so_to_the_host_and_the_gate(at: Desk) -> None:
    assert act(at, "late", minutes=30).status == 200
    for _ in range(2):
        follow(at)
    assert told(at) == [("guest_late", VISIT.host)] and held(at).late_minutes == 30
    assert "30" in at.client(None).page(LINK).text
    (row,) = at.client().get("/gate/expected?day=2026-03-02&site=hq").json["items"]
    assert row["late_minutes"] == 30


@pytest.mark.parametrize("minutes", [None, 0, 4, 241, "soon"])
def test_a_time_that_cannot_be_is_refused(at: Desk, minutes: object) -> None:
    assert act(at, "late", **({} if minutes is None else {"minutes": minutes})).status == 422


def test_who_cannot_come_opens_no_gate_and_the_host_is_told(at: Desk) -> None:
    assert act(at, "decline").status == 200
    page = at.client(None).page(LINK, headers={"Accept-Language": "en"})
    assert "cannot come" in page.text and "qr.png" not in page.text
    for _ in range(2):
        follow(at)
    assert told(at) == [("guest_declined", VISIT.host)] and held(at).status == "revoked"
    at.now = reception.DURING
    scanned = at.client().post("/gate/scans", {"code": reception.qr_text(VISIT, GUEST), "gate": "hq/east"})
    assert scanned.json["result"] == "cancelled"
    assert act(at, "late", minutes=30).status == 409


def test_a_companion_is_listed_and_the_visit_begins_another_round(at: Desk) -> None:
    assert act(at, "bring", name="李雷", phone="13912345670").status == 200
    (item,) = at.store.get(GuestsItem.at(VISIT.id))
    assert [(each.name, each.no, each.invited_by) for each in item.visitors] == [("李雷", 2, 1)]
    (head,) = at.store.get(VisitItem.at(VISIT.id))
    assert (head.visitors, head.numbered, head.round) == (2, 2, 2)


def test_no_more_companions_than_the_host_allows_and_nobody_twice(at: Desk) -> None:
    assert act(at, "bring", name="李雷", phone="13912345670").status == 200
    more = act(at, "bring", name="韩梅梅", phone="13912345671")
    assert (more.status, more.json["errors"][0]["code"]) == (422, "no_more_companions")
    at.store.write(Put(VisitItem.from_visit(replace(VISIT, companions_allowed=5)), {}))
    again = act(at, "bring", name="李雷", phone="13912345670")
    assert (again.status, again.json["errors"][0]["code"]) == (422, "listed_already")
    assert act(at, "bring", name="李雷").status == 422


def test_how_it_was_is_said_once_and_only_afterwards(at: Desk) -> None:
    assert act(at, "rate", rating=5).json["code"] == "visit_not_over"
    at.now = reception.ENDS + timedelta(hours=1)
    assert "rating" in at.client(None).page(LINK).text
    assert act(at, "rate", rating=4, comment="很好").status == 200
    (item,) = at.store.all(RatingItem)
    rating = item.to(Rating)
    assert (rating.rating, rating.comment, rating.host) == (4, "很好", VISIT.host)
    second = act(at, "rate", rating=1)
    assert (second.status, second.json["code"]) == (409, "rated_already")
    assert "感谢您的评价" in at.client(None).page(LINK).text


def test_reception_reads_what_visitors_said_at_a_site(at: Desk) -> None:
    at.now = reception.ENDS + timedelta(hours=1)
    act(at, "rate", rating=4, comment="<i>很好</i>")
    desk_clerk = company.person("desk", roles=frozenset({"employee", "reception"}))
    company.add_person(at.store, desk_clerk)
    clerk = at.client(desk_clerk)
    assert at.client().get("/ledger/ratings?site=hq").status == 403
    (row,) = clerk.get("/ledger/ratings?site=hq").json["items"]
    assert (row["rating"], row["comment"], row["visit"]) == (4, "<i>很好</i>", VISIT.id)
    page = clerk.page("/ledger/ratings?site=hq", headers={"Accept-Language": "en"}).text
    assert "&lt;i&gt;很好" in page and f"/visits/{VISIT.id}" in page
    assert GUEST.name in clerk.get("/ledger/ratings?site=hq&format=csv").body.decode()
    unknown = clerk.get("/ledger/ratings?site=nowhere")
    assert (unknown.status, unknown.json["errors"][0]["path"]) == (422, "site")


def test_the_calendars_file_is_offered_while_there_is_something_to_come_to(at: Desk) -> None:
    answer = at.client(None).get(LINK + "/visit.ics")
    assert (answer.status, answer.headers["content-type"].partition(";")[0]) == (200, "text/calendar")
    (event,) = icalendar.Calendar.from_ical(answer.body).walk("VEVENT")
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (reception.STARTS, reception.ENDS)
    assert "attendee" not in event and "organizer" not in event
    at.store.write(Put(VisitItem.from_visit(replace(VISIT, status="cancelled")), {}))
    assert at.client(None).get(LINK + "/visit.ics").status == 404
