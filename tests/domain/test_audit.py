"""The audit chain: what an entry says, what it hides, and that nothing in it can be changed unseen."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.audit import START, Broken, Entry, change_of, extend, fault_of, folded, masked, recorded

KEYS = {"pk": "visit#V", "sk": "head", "kind": "visit", "index1_pk": "owner#P", "index1_sk": "x"}
SIGNED = {"changed_by": "P-ann", "changed_at": "2026-03-02T09:00:00Z", "changed_from": "10.0.0.1", "request_id": "R"}


def change(event: str = "e1", **new: Any) -> Any:
    return change_of(event, "reception", {}, KEYS | SIGNED | new, "2026-03-02T09:00:01Z")


def test_a_change_says_who_when_from_where_and_what_differs() -> None:
    old = KEYS | {"status": "pending", "purpose": "x", "version": 1}
    new = KEYS | SIGNED | {"status": "approved", "purpose": "x", "version": 2}
    made = change_of("e1", "reception", old, new, "later")
    assert (made.record, made.item, made.kind) == ("visit#V", "head", "visit")
    assert (made.by, made.at, made.source, made.request) == ("P-ann", "2026-03-02T09:00:00Z", "10.0.0.1", "R")
    assert (made.old, made.new) == ({"status": "pending", "version": 1}, {"status": "approved", "version": 2})


def test_a_removal_does_not_blame_who_wrote_last() -> None:
    made = change_of("e1", "reception", KEYS | SIGNED | {"status": "x"}, {}, "2026-03-02T09:00:01Z")
    assert (made.by, made.at, made.old) == ("", "2026-03-02T09:00:01Z", {"status": "x"})


def test_phone_numbers_and_what_opens_gates_are_masked_at_any_depth() -> None:
    visitors = json.dumps([{"name": "王芳", "phone": "+8613912345678"}])
    made = change(phone="+8613912345678", link="secret-link", nonce="00ff", phone_digits="5678", visitors=visitors)
    text = json.dumps([made.old, made.new], ensure_ascii=False)
    assert "13912345678" not in text and "secret-link" not in text and "00ff" not in text
    assert made.new["phone"] == "+86•••78"
    assert made.new["visitors"] == [{"name": "王芳", "phone": "+86•••78"}]


def test_a_text_that_only_begins_like_json_stays_a_text() -> None:
    assert masked("purpose", "[draft] talks") == "[draft] talks"


def test_a_visitor_without_account_is_named_by_the_page_not_by_the_secret_end_of_its_address() -> None:
    made = change_of("e1", "reception", {}, KEYS | {"changed_by": "public:/i/secret-link/actions"}, "later")
    assert made.by == "public:/i"


def test_a_decision_as_a_substitute_says_for_whom() -> None:
    made = change_of(
        "e1", "approvals", KEYS | {"on_behalf_of": "P-boss"}, KEYS | SIGNED | {"on_behalf_of": "P-boss"}, ""
    )
    assert (made.by, made.behalf) == ("P-ann", "P-boss")


@pytest.mark.parametrize("name", ["secret", "token", "nonce", "link", "sealed", "password"])
def test_what_opens_doors_is_never_kept_but_that_it_changed_is(name: str) -> None:
    made = change_of("e1", "directory", KEYS | {name: "old"}, KEYS | {name: "new"}, "")
    assert (made.old, made.new) == ({name: "•••"}, {name: "•••"})
    assert masked(name, "") == ""


def test_the_machinery_of_one_area_may_bear_the_name_of_anothers_record() -> None:
    assert recorded("approvals", "request") and not recorded("directory", "request")


def test_changes_of_a_record_add_up_to_its_items() -> None:
    one, two, other = KEYS | {"a": 1, "b": 2}, KEYS | {"a": 3, "c": 4}, KEYS | {"sk": "note", "d": 5}
    steps = [({}, one), (one, two), ({}, other), (other, {})]
    assert folded(change_of("e", "reception", old, new, "") for old, new in steps) == {"head": {"a": 3, "c": 4}}


def chain(count: int) -> list[Entry]:
    return extend(0, START, [change(f"e{n}", version=n) for n in range(count)])


def first_fault(entries: list[Entry], places: list[int] | None = None) -> Broken | None:
    """What is found by following the entries, each at its own number unless `places` says where they stand."""
    seq, before = 0, START
    for entry, place in zip(entries, places or [entry.seq for entry in entries], strict=True):
        if broken := fault_of(entry, place, seq + 1, before):
            return broken
        seq, before = entry.seq, entry.hash
    return None


def test_a_whole_chain_holds_and_goes_on() -> None:
    entries = chain(5)
    more = extend(entries[-1].seq, entries[-1].hash, [change("e9")])
    assert first_fault([*entries, *more]) is None


@given(st.integers(0, 4), st.sampled_from(["by", "at", "record", "event", "request", "source", "behalf", "hash"]))
def test_an_altered_entry_is_named(number: int, name: str) -> None:
    entries = chain(5)
    entries[number] = replace(entries[number], **{name: "somebody else"})
    assert first_fault(entries) == Broken(number + 1, "content")


@pytest.mark.parametrize("number", range(4))
def test_a_missing_entry_is_named(number: int) -> None:
    entries = chain(5)
    del entries[number]
    assert first_fault(entries) == Broken(number + 1, "missing")


@pytest.mark.parametrize("number", range(4))
def test_two_entries_that_changed_places_are_named(number: int) -> None:
    entries = chain(5)
    entries[number], entries[number + 1] = entries[number + 1], entries[number]
    assert first_fault(entries, [1, 2, 3, 4, 5]) == Broken(number + 1, "moved")


@pytest.mark.parametrize("number", range(1, 5))
def test_an_entry_too_many_is_named(number: int) -> None:
    entries = chain(5)
    assert first_fault([*entries[:number], entries[number - 1], *entries[number:]]) == Broken(number + 1, "added")


def test_an_entry_that_was_replaced_with_its_hash_breaks_the_next_link() -> None:
    entries = chain(3)
    (forged,) = extend(0, START, [change("e0", version=99)])
    assert first_fault([forged, *entries[1:]]) == Broken(2, "link")


def test_entries_from_before_substitutes_were_noted_still_hold() -> None:
    (entry,) = extend(0, START, [change("e1", version=1)])
    content = {name: value for name, value in asdict(entry).items() if name not in ("behalf", "hash")}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert entry.hash == hashlib.sha256(text.encode()).hexdigest()
