"""The audit chain: what an entry says, what it hides, and that nothing in it can be changed unseen."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.audit import START, Broken, Entry, change_of, extend, masked, verify

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


def chain(count: int) -> list[Entry]:
    return extend(0, START, [change(f"e{n}", version=n) for n in range(count)])


def test_a_whole_chain_holds_and_goes_on() -> None:
    entries = chain(5)
    more = extend(entries[-1].seq, entries[-1].hash, [change("e9")])
    assert verify([*entries, *more]) is None


@given(st.integers(0, 4), st.sampled_from(["by", "at", "record", "event", "request", "source"]))
def test_an_altered_entry_is_named(number: int, name: str) -> None:
    entries = chain(5)
    entries[number] = replace(entries[number], **{name: "somebody else"})
    assert verify(entries) == Broken(number + 1, "content")


@pytest.mark.parametrize("number", range(4))
def test_a_missing_entry_is_named(number: int) -> None:
    entries = chain(5)
    del entries[number]
    assert verify(entries) == Broken(number + 1, "gap")


def test_an_entry_that_was_replaced_with_its_hash_breaks_the_next_link() -> None:
    entries = chain(3)
    (forged,) = extend(0, START, [change("e0", version=99)])
    assert verify([forged, *entries[1:]]) == Broken(2, "link")
