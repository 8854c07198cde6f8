"""Taking back a guard's mistake, and what a scan without network leaves for reception."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import Forbidden, IllegalMove, Invalid, NotFound
from chalicelib.domain.passes import Pass
from chalicelib.models.gate import PassageItem, PassItem
from chalicelib.models.gate_issues import IssueItem
from chalicelib.models.store import Put
from chalicelib.models.visits import VisitItem
from chalicelib.services import gate
from tests import company, reception
from tests.fakes import MemoryStore
from tests.services.gate.conftest import GUARD, VISIT, call_of, scan

NOW = reception.DURING
RECEPTION = company.person("reception", roles=frozenset({"employee", "reception"}), site="hq")


def take_back(store: MemoryStore, answer: dict[str, Any], now: datetime = NOW, **more: Any) -> dict[str, Any]:
    named = answer["passage"]
    mistake = gate.Mistake(named["visit"], named["no"], named["day"], "Wrong person")
    return gate.take_back(call_of(store, now=now, **more), "hq/east", mistake)


def pass_of(store: MemoryStore) -> Pass:
    (item,) = store.all(PassItem)
    held: Pass = item.to(Pass)
    return replace(held, version=0, last=None)


def test_a_mistake_leaves_the_pass_as_it_was_and_both_on_record(store: MemoryStore) -> None:
    before = pass_of(store)
    answer = scan(store)
    taken = take_back(store, answer, NOW + timedelta(minutes=4))
    assert (taken["result"], taken["status"]) == ("undone", "expected")
    assert pass_of(store) == before
    (passage,) = store.all(PassageItem)
    assert (passage.undo_reason, passage.undone_by) == ("Wrong person", GUARD.id)
    assert scan(store, now=NOW + timedelta(minutes=5))["result"] == "checked_in"


def test_going_out_and_coming_back_are_taken_back_alike(store: MemoryStore) -> None:
    scan(store)
    inside = pass_of(store)
    out = scan(store, now=NOW + timedelta(minutes=1), direction="out")
    left = pass_of(store)
    take_back(store, out, NOW + timedelta(minutes=2))
    assert pass_of(store) == inside
    scan(store, now=NOW + timedelta(minutes=1), direction="out")
    again = scan(store, now=NOW + timedelta(minutes=3))
    take_back(store, again, NOW + timedelta(minutes=4))
    assert pass_of(store) == left


def test_only_the_last_passage_can_be_taken_back_and_only_once_and_for_five_minutes(store: MemoryStore) -> None:
    answer = scan(store)
    with pytest.raises(IllegalMove) as late:
        take_back(store, answer, NOW + timedelta(minutes=5, seconds=1))
    assert late.value.code == "too_late_to_undo"
    take_back(store, answer)
    with pytest.raises(IllegalMove) as twice:
        take_back(store, answer)
    assert twice.value.code == "nothing_to_undo"


def test_only_guards_of_the_site_take_back(store: MemoryStore) -> None:
    answer = scan(store)
    elsewhere = company.person("elsewhere", roles=frozenset({"gate"}), site="plant")
    with pytest.raises(Forbidden):
        take_back(store, answer, person=elsewhere)
    with pytest.raises(NotFound):
        take_back(store, answer | {"passage": answer["passage"] | {"visit": "nobody"}})


def test_whoever_comes_without_a_code_is_let_in_with_a_reason_on_record(store: MemoryStore) -> None:
    assert scan(store, "20260001-1", reason="Phone is empty")["result"] == "checked_in"
    (passage,) = store.all(PassageItem)
    assert passage.reason == "Phone is empty"


def cancelled(store: MemoryStore) -> None:
    store.write(Put(VisitItem.from_visit(replace(VISIT, status="cancelled", version=2)), {}))


def test_a_scan_without_network_that_cannot_stand_is_kept_once_and_settled_once(store: MemoryStore) -> None:
    company.add_person(store, RECEPTION)
    cancelled(store)
    for hours in (1, 2):
        late = scan(store, now=NOW + timedelta(hours=hours), at=NOW, nonce="n-1")
        assert late["result"] == "cancelled"
    (kept,) = store.all(IssueItem)
    assert (kept.id, kept.at_time, kept.facts["name"]) == (late["issue"], NOW, "王小明")
    call = call_of(store, RECEPTION)
    assert [each["id"] for each in gate.issues(call, "hq")["items"]] == [kept.id]
    gate.settle_issue(call, kept.id, "Was shown out")
    assert gate.issues(call, "hq")["items"] == []
    assert [each["note"] for each in gate.issues(call, "hq", "settled")["items"]] == ["Was shown out"]
    with pytest.raises(IllegalMove):
        gate.settle_issue(call, kept.id, "Again")


def test_an_unknown_code_that_was_scanned_without_network_is_kept_too(store: MemoryStore) -> None:
    for _ in range(2):
        assert scan(store, "99999999-1", at=NOW, nonce="n-1")["result"] == "unknown"
    assert [item.facts["why"] for item in store.all(IssueItem)] == ["unknown"]
    with pytest.raises(Invalid):
        scan(store, "88888888-1", at=NOW, nonce="n-1")


def test_a_refusal_with_network_leaves_nothing_to_settle(store: MemoryStore) -> None:
    cancelled(store)
    scan(store, nonce="n-1")
    assert store.all(IssueItem) == []


def test_guards_settle_nothing(store: MemoryStore) -> None:
    cancelled(store)
    late = scan(store, at=NOW, nonce="n-1")
    with pytest.raises(Forbidden):
        gate.settle_issue(call_of(store), late["issue"], "Seen")
    with pytest.raises(Forbidden):
        gate.issues(call_of(store), "hq")
