"""Whoever tampers with a chain, its listing or its copy is found, and the first place is named."""

from __future__ import annotations

import json
from datetime import date

import pytest

from chalicelib.domain.audit import Broken, change_of
from chalicelib.domain.bookings import ResourceDay
from chalicelib.models.audit import EntryItem
from chalicelib.models.store import Put, Update
from chalicelib.models.store.plain import plain
from chalicelib.models.visits import ResourceDayItem, VisitItem
from chalicelib.services.audit import disagreement, sample
from tests import reception
from tests.services.audit.chains import CHAIN, NOW, RECORD, Chains, a_change


@pytest.fixture
def chains() -> Chains:
    """Five changes of one visit, recorded in two batches."""
    made = Chains()
    made.record(*(a_change(number) for number in (1, 2, 3)))
    made.record(a_change(4), a_change(5))
    return made


def test_an_untouched_chain_is_whole_and_copied(chains: Chains) -> None:
    verified = chains.verified()
    assert (verified.entries, verified.copied, verified.broken) == (5, 5, None)


def test_a_chain_that_nothing_was_written_to_is_whole(chains: Chains) -> None:
    assert chains.verified("chain#directory#0").broken is None


@pytest.mark.parametrize("values", [{"by": "P-bob"}, {"new": {"version": 9}}, {"at_time": "never"}, {"hash": "0" * 64}])
def test_other_content_is_named(chains: Chains, values: dict[str, object]) -> None:
    chains.overwrite(3, **values)
    assert chains.verified().broken == Broken(3, "content")


@pytest.mark.parametrize("name", ["old", "kind"])
def test_content_that_cannot_even_be_read_is_named(chains: Chains, name: str) -> None:
    chains.raw(4)[name] = {"S": "{"}
    assert (chains.verified().entries, chains.verified().broken) == (3, Broken(4, "content"))


def test_two_entries_that_changed_places_are_named(chains: Chains) -> None:
    second, third = chains.entry(2), chains.entry(3)
    second.sk, third.sk = third.sk, second.sk
    chains.store.write(Put(second, {}), Put(third, {}))
    assert chains.verified().broken == Broken(2, "moved")


def test_a_missing_entry_is_named(chains: Chains) -> None:
    chains.remove(3)
    assert chains.verified().broken == Broken(3, "missing")


def test_a_cut_off_end_is_named(chains: Chains) -> None:
    chains.remove(5)
    assert chains.verified().broken == Broken(5, "cut off")


def test_a_cut_off_end_is_named_though_the_head_was_set_back(chains: Chains) -> None:
    chains.remove(5)
    chains.end_at(4)
    assert chains.verified().broken == Broken(5, "cut off")


def test_an_added_entry_is_named(chains: Chains) -> None:
    item = chains.entry(5)
    item.sk = "entry#000000000006"
    chains.store.write(Put(item, {}))
    assert chains.verified().broken == Broken(6, "moved")
    item.sk = "entry#000000000003x"
    chains.store.write(Put(item, {}))
    assert chains.verified().broken == Broken(4, "added")


def test_an_end_that_was_written_anew_is_named_by_the_copy(chains: Chains) -> None:
    """Whoever can compute hashes can make a whole chain of another story; the bucket still tells the first one."""
    forged = Chains()
    forged.record(*(a_change(number) for number in (1, 2, 3)))
    forged.record(a_change(4), a_change(5, by="P-bob"))
    chains.store.items |= forged.store.items
    assert chains.verified().broken == Broken(5, "copy")


def test_an_entry_after_the_end_is_named(chains: Chains) -> None:
    chains.record(a_change(6))
    chains.end_at(5)
    assert chains.verified().broken == Broken(6, "added")


@pytest.mark.parametrize("name", ["index1_pk", "index2_pk", "index2_sk", "index3_pk"])
def test_an_entry_that_no_longer_shows_in_a_list_is_named(chains: Chains, name: str) -> None:
    chains.overwrite(2, **{name: "elsewhere"})
    assert chains.verified().broken == Broken(2, "index")


def copy_of(chains: Chains, number: int) -> str:
    """The name of a file of the copy."""
    return sorted(chains.files.kept)[number]


def test_a_copy_that_says_something_else_is_named(chains: Chains) -> None:
    key = copy_of(chains, 1)
    first, second = chains.files.kept[key].decode().splitlines()
    chains.files.kept[key] = "\n".join([first, json.dumps(json.loads(second) | {"by": "P-bob"})]).encode()
    assert chains.verified().broken == Broken(5, "copy")


def test_a_copy_that_is_no_copy_is_named(chains: Chains) -> None:
    chains.files.kept[copy_of(chains, 0)] = b"\xff nothing\n"
    assert chains.verified().broken == Broken(1, "copy")


def test_a_shortened_copy_is_named(chains: Chains) -> None:
    key = copy_of(chains, 0)
    chains.files.kept[key] = chains.files.kept[key].splitlines(keepends=True)[0]
    assert chains.verified().broken == Broken(2, "copy missing")


@pytest.mark.parametrize(("number", "seq"), [(0, 1), (1, 4)])
def test_a_missing_copy_is_named(chains: Chains, number: int, seq: int) -> None:
    del chains.files.kept[copy_of(chains, number)]
    assert chains.verified().broken == Broken(seq, "copy missing")


def test_an_end_that_waits_for_its_copy_is_no_fault(chains: Chains) -> None:
    kept = dict(chains.files.kept)
    chains.record(a_change(6))
    chains.files.kept = kept
    (head,) = [item for item in chains.store.items.values() if item["sk"]["S"] == "head" and item["pk"]["S"] == CHAIN]
    head["copied"] = {"N": "5"}
    verified = chains.verified()
    assert (verified.entries, verified.copied, verified.broken) == (6, 5, None)


def test_copies_made_at_the_same_time_stand_side_by_side(chains: Chains) -> None:
    """One function copied up to entry 4, the other up to 5, and the first came last."""
    lines = chains.files.kept[copy_of(chains, 1)].splitlines(keepends=True)
    chains.files.kept[f"chain/reception/{CHAIN[-1]}/000000000004-000000000004.jsonl"] = lines[0]
    assert chains.verified().broken is None


def told(chains: Chains) -> None:
    """A visit whose entries say what it is."""
    item = VisitItem.from_visit(reception.a_visit(id="V1"))
    chains.store.write(Put(item))
    chains.record(change_of("first", "reception", {}, plain(item.serialize()), "2026-03-02T09:00:00+00:00"))


def test_a_record_that_is_as_its_entries_say_agrees() -> None:
    chains = Chains()
    told(chains)
    assert disagreement(chains.store, "reception", RECORD) == ""
    assert list(sample(chains.store, CHAIN, [1, 1])) == [("reception", RECORD)]


def test_a_default_that_nobody_wrote_is_no_difference() -> None:
    """A room's day is made by updates of single quarters of an hour and so has no version."""
    chains, key = Chains(), ResourceDayItem.at(ResourceDay("hq", "r1", date(2026, 3, 2)))
    chains.store.write(Update(key, {"q30": "V1"}, {}))
    image = plain(chains.store.items["reception", key[1], key[2]])
    chains.record(change_of("first", "reception", {}, image, NOW.isoformat()))
    assert disagreement(chains.store, "reception", key[1]) == ""
    chains.store.items["reception", key[1], key[2]]["version"] = {"N": "7"}
    assert disagreement(chains.store, "reception", key[1]) == f"{key[1]} {key[2]}: version"


def test_a_record_that_was_changed_beside_the_stream_is_named() -> None:
    chains = Chains()
    told(chains)
    chains.store.items["reception", RECORD, "head"]["purpose"] = {"S": "something else"}
    assert disagreement(chains.store, "reception", RECORD) == f"{RECORD} head: purpose"


def test_a_record_that_is_gone_though_nobody_removed_it_is_named() -> None:
    chains = Chains()
    told(chains)
    del chains.store.items["reception", RECORD, "head"]
    assert disagreement(chains.store, "reception", RECORD) == f"{RECORD} head: is gone"


def test_the_chain_of_a_record_holds_all_its_entries(chains: Chains) -> None:
    assert {item.pk for item in chains.store.all(EntryItem)} == {CHAIN}
