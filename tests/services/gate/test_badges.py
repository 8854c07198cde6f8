"""Badges: one visitor each, brought back or lost."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.domain.badges import BadgeOut
from chalicelib.domain.errors import IllegalMove, NotFound
from chalicelib.models.gate_issues import IssueItem
from chalicelib.services import gate
from tests.fakes import MemoryStore
from tests.services.gate.conftest import call_of, scan


@pytest.fixture
def inside(store: MemoryStore) -> gate.Holder:
    named = scan(store)["passage"]
    return gate.Holder(named["visit"], named["no"], named["day"])


def out(store: MemoryStore) -> list[Any]:
    return [(row["number"], row["status"], row["name"]) for row in gate.badges_out(call_of(store), "hq")["items"]]


def test_a_badge_is_out_until_it_is_brought_back(store: MemoryStore, inside: gate.Holder) -> None:
    gate.hand_out(call_of(store), "hq/east", "12", inside)
    assert out(store) == [("12", "out", "王小明")]
    gate.take_in(call_of(store), "hq/west", "12", "returned")
    assert out(store) == []
    gate.hand_out(call_of(store), "hq/east", "12", inside)
    assert len(out(store)) == 1


def test_a_badge_that_is_out_goes_to_nobody_else(store: MemoryStore, inside: gate.Holder) -> None:
    gate.hand_out(call_of(store), "hq/east", "12", inside)
    with pytest.raises(BadgeOut) as caught:
        gate.hand_out(call_of(store), "hq/east", "12", inside)
    assert caught.value.params["name"] == "王小明"


def test_reception_hears_of_a_lost_badge_and_it_may_be_found(store: MemoryStore, inside: gate.Holder) -> None:
    gate.hand_out(call_of(store), "hq/east", "12", inside)
    gate.take_in(call_of(store), "hq/east", "12", "lost")
    assert [(item.issue, item.facts["badge"]) for item in store.all(IssueItem)] == [("badge_lost", "12")]
    assert out(store) == [("12", "lost", "王小明")]
    gate.take_in(call_of(store), "hq/east", "12", "returned")
    assert out(store) == []


def test_what_is_not_out_cannot_come_back(store: MemoryStore, inside: gate.Holder) -> None:
    with pytest.raises(NotFound):
        gate.take_in(call_of(store), "hq/east", "99", "returned")
    gate.hand_out(call_of(store), "hq/east", "12", inside)
    gate.take_in(call_of(store), "hq/east", "12", "returned")
    with pytest.raises(IllegalMove):
        gate.take_in(call_of(store), "hq/east", "12", "lost")
