"""The end of the day at a site, and gates that lead only one way."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from chalicelib.domain.sites import Gate
from chalicelib.domain.visits import Occurrence
from chalicelib.models.notifications import NoticeItem
from chalicelib.models.sites import SiteItem
from chalicelib.models.store import Put
from chalicelib.services import gate, sites
from tests import company, reception
from tests.fakes import MemoryStore
from tests.services.gate.conftest import call_of, scan

EVENING = reception.ENDS + timedelta(hours=3, minutes=1)  # eight o'clock at the site


def ended(store: MemoryStore, at: object = EVENING) -> int:
    call = call_of(store, None, now=at)
    call.permit_public("the schedule")
    return gate.end_days(call)


def test_who_is_still_inside_when_the_day_is_over_is_told_to_reception_once(store: MemoryStore) -> None:
    someone = company.person("reception", roles=frozenset({"employee", "reception"}))
    company.add_person(store, someone)
    scan(store)
    assert ended(store, reception.ENDS + timedelta(hours=2)) == 0
    for minutes in (0, 5):
        assert ended(store, EVENING + timedelta(minutes=minutes)) == 1
    (notice,) = store.all(NoticeItem)
    assert (notice.person, notice.facts["names"], notice.facts["count"]) == (someone.id, "王小明", "1")


def test_nobody_is_told_of_an_empty_site(store: MemoryStore) -> None:
    assert ended(store) == 0
    assert store.all(NoticeItem) == []


def test_a_gate_that_leads_only_out_lets_nobody_in(store: MemoryStore) -> None:
    gates = (Gate("east", {"en": "East"}), Gate("exit", {"en": "Exit"}, "out"))
    store.write(Put(SiteItem.from_site(replace(reception.SITE, gates=gates)), {}))
    sites.forget()
    assert scan(store, gate="hq/exit")["result"] == "already_out"
    scan(store)
    assert scan(store, gate="hq/exit", now=reception.DURING + timedelta(minutes=1))["result"] == "checked_out"


def test_on_a_day_of_a_series_who_is_inside_when_that_day_is_over_is_told_of(store: MemoryStore) -> None:
    week = timedelta(weeks=1)
    times = tuple(Occurrence(reception.STARTS + n * week, reception.ENDS + n * week) for n in range(2))
    series = reception.a_visit(
        id="01KJPX9W3TZ4QZ6T1N7V0F2B5D", number="20260002", occurrences=times, ends=times[1].ends
    )
    guest = reception.a_guest(series, name="李雷")
    store.write(*reception.invited(series, guest))
    company.add_person(store, company.person("reception", roles=frozenset({"employee", "reception"})))
    scan(store, reception.qr_text(series, guest))
    assert ended(store) == 1
    assert [notice.facts["names"] for notice in store.all(NoticeItem)] == ["李雷"]
