"""Ticking people off at an evacuation: several guards, late words, later entries."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import Forbidden, Invalid
from chalicelib.services import gate, sites
from tests import company, reception
from tests.fakes import MemoryStore
from tests.services.gate.conftest import VISIT, call_of, scan

NOW = reception.DURING
MINUTE = timedelta(minutes=1)


def said(store: MemoryStore, safe: bool, at: Any = NOW + MINUTE, now: Any = NOW + 2 * MINUTE) -> int:
    return int(gate.tick(call_of(store, now=now), "hq", [gate.Word(VISIT.id, 1, safe, at)])["kept"])


def safe(store: MemoryStore, now: Any = NOW + 2 * MINUTE) -> list[bool]:
    return [row["safe"] for row in gate.evacuation(call_of(store, now=now), "hq")["items"]]


def test_a_tick_is_seen_by_every_guard_and_can_be_taken_back(store: MemoryStore) -> None:
    scan(store)
    assert safe(store) == [False]
    said(store, True)
    assert safe(store) == [True]
    said(store, False, NOW + 2 * MINUTE)
    assert safe(store) == [False]


def test_the_later_word_counts_however_late_the_other_arrives(store: MemoryStore) -> None:
    scan(store)
    assert said(store, True, NOW + 5 * MINUTE, NOW + 6 * MINUTE) == 1
    assert said(store, False, NOW + 4 * MINUTE, NOW + 9 * MINUTE) == 0
    assert said(store, True, NOW + 5 * MINUTE, NOW + 9 * MINUTE) == 0
    assert safe(store) == [True]


def test_a_tick_is_of_one_stay_and_of_one_evacuation(store: MemoryStore) -> None:
    scan(store)
    said(store, True)
    assert safe(store, NOW + timedelta(hours=6, minutes=2)) == [False]
    scan(store, now=NOW + 3 * MINUTE, direction="out")
    scan(store, now=NOW + 4 * MINUTE)
    assert safe(store, NOW + 5 * MINUTE) == [False]


def test_the_list_is_two_calls_with_its_ticks(store: MemoryStore) -> None:
    scan(store)
    said(store, True)
    sites.site(store, "hq", NOW)
    store.calls = 0
    assert safe(store) == [True]
    assert store.calls == 2


def test_only_guards_tick_and_only_what_has_happened(store: MemoryStore) -> None:
    with pytest.raises(Invalid):
        said(store, True, NOW + timedelta(hours=1))
    stranger = company.person("stranger", roles=frozenset({"employee"}), site="hq")
    with pytest.raises(Forbidden):
        gate.tick(call_of(store, stranger), "hq", [])
