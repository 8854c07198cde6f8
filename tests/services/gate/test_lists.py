"""Who is expected, inside, gone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from chalicelib.domain.errors import Forbidden, Invalid
from chalicelib.services import gate
from tests import company, reception
from tests.fakes import MemoryStore
from tests.services.gate.conftest import call_of, scan

NOW = reception.DURING
GROUP = reception.a_visit(id="01KJPX9W3TZ4QZ6T1N7V0F2B5D", number="20260002", visitors=3)


@pytest.fixture
def store(store: MemoryStore) -> MemoryStore:
    names = ["李雷", "韩梅梅", "Jim Green"]
    guests = [reception.a_guest(GROUP, no, name=name, phone=f"+861390000100{no}") for no, name in enumerate(names, 1)]
    store.write(*reception.invited(GROUP, *guests))
    return store


def names(listing: gate.lists.Listing) -> list[str]:
    return [row["name"] for row in listing["items"]]


def test_the_day_shows_expected_inside_and_left(store: MemoryStore) -> None:
    scan(store)
    scan(store, "20260002-1")
    scan(store, "20260002-1", now=NOW + timedelta(minutes=5), direction="out")
    call = call_of(store)
    assert sorted(names(gate.expected(call))) == ["Jim Green", "韩梅梅"]
    assert names(gate.expected(call, status="inside")) == ["王小明"]
    assert names(gate.expected(call, status="left")) == ["李雷"]
    whole = gate.expected(call, status="all")
    assert (whole["counts"], whole["day"]) == ({"expected": 2, "inside": 1, "left": 1}, date(2026, 3, 2))


@pytest.mark.parametrize("q", ["jim", "20260002-3", " GREEN "])
def test_a_part_of_name_or_number_finds_a_visitor(store: MemoryStore, q: str) -> None:
    assert names(gate.expected(call_of(store), q=q)) == ["Jim Green"]


def test_another_day_has_its_own_list(store: MemoryStore) -> None:
    assert names(gate.expected(call_of(store), day=date(2026, 3, 3))) == []


def test_who_is_inside_is_listed_latest_first_with_the_gate_by_name(store: MemoryStore) -> None:
    scan(store)
    scan(store, "20260002-2", now=NOW + timedelta(minutes=5), gate="west")
    listing = gate.on_site(call_of(store, locale="en"))
    assert (names(listing), listing["total"]) == (["韩梅梅", "王小明"], 2)
    assert listing["items"][0]["gate"] == "West gate"
    assert names(gate.on_site(call_of(store), q="远航")) == ["韩梅梅", "王小明"]


def test_an_evacuation_list_names_everybody_inside_and_nobody_else(store: MemoryStore) -> None:
    for number in ("20260002-3", "20260001", "20260002-1"):
        scan(store, number)
    store.calls = 0
    listing = gate.evacuation(call_of(store))
    assert names(listing) == sorted(["Jim Green", "王小明", "李雷"])
    assert listing["total"] == 3
    assert store.calls == 2
    assert names(gate.expected(call_of(store))) == ["韩梅梅"]


def test_whoever_stayed_overnight_is_on_the_evacuation_list(store: MemoryStore) -> None:
    visit = reception.a_visit(id="01KJPX9W3TZ4QZ6T1N7V0F2B5K", number="20260009", ends=NOW + timedelta(days=1))
    store.write(*reception.invited(visit, reception.a_guest(visit, name="夜班")))
    scan(store, "20260009")
    listing = gate.evacuation(call_of(store, now=NOW + timedelta(days=1)))
    assert names(listing) == ["夜班"]


def test_a_large_site_is_listed_to_the_last_person(store: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate.lists, "INSIDE_PAGE", 2)
    for number in ("20260001", "20260002-1", "20260002-2", "20260002-3"):
        scan(store, number)
    assert gate.evacuation(call_of(store))["total"] == 4


def test_an_unknown_site_is_named_and_a_foreign_one_forbidden(store: MemoryStore) -> None:
    with pytest.raises(Invalid):
        gate.expected(call_of(store), "nowhere")
    outsider = company.person("outsider", roles=frozenset({"gate"}), site="plant")
    with pytest.raises(Forbidden):
        gate.on_site(call_of(store, outsider), "hq")


def test_reception_without_a_site_sees_the_first_one(store: MemoryStore) -> None:
    desk = company.person("desk", roles=frozenset({"reception"}))
    assert gate.on_site(call_of(store, desk))["site"] == "hq"
    assert [site.id for site in gate.sites_of(call_of(store, desk))] == ["hq"]
