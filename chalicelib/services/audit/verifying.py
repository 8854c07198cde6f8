"""Verifying the chains: against themselves, against their copy in the bucket, against the records they tell of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import batched
from typing import Any, Protocol

from chalicelib.domain.audit import START, Broken, Entry, fault_of, folded, recorded, recorded_values, spoken
from chalicelib.models.audit import AuditTable, EntryItem, HeadItem
from chalicelib.models.item import Item
from chalicelib.models.store import Query, Store
from chalicelib.models.store.plain import plain
from chalicelib.services.audit.recording import copies_of
from chalicelib.services.audit.records import table_of
from chalicelib.services.directory.reading import every

AT_ONCE = 500


class Copies(Protocol):
    """The bucket outside the database (gateways/files.py)."""

    def keys(self, prefix: str) -> Iterable[str]:
        """The names that begin so, in the order of their characters."""

    def get(self, key: str) -> bytes | None:
        """What is kept under `key`."""


@dataclass(frozen=True)
class Verified:
    """What a chain came to: how many entries hold, how many of all are copied, and the first that does not hold."""

    entries: int
    copied: int
    broken: Broken | None


def verify_chain(store: Store, chain: str, copies: Copies | None = None) -> Verified:
    """Follow a chain from its first entry to its head and, with `copies`, compare it with its copy in the bucket.

    An entry that is not copied yet is no fault: the next change brings it there.
    """
    (head,) = store.get(HeadItem.at(chain))
    expected, copied = (head.seq, head.copied) if head else (0, 0)
    seq, broken = _follow(store, chain, expected)
    if copies and (broken is None or broken.why == "cut off"):
        broken = _compare(store, chain, copies, copied) or broken
    return Verified(seq, copied, broken)


def _follow(store: Store, chain: str, expected: int) -> tuple[int, Broken | None]:
    """The last entry that holds, and what is wrong with the next."""
    seq, before = 0, START
    for item in _items(store, chain):
        if item is None:
            return seq, Broken(seq + 1, "content")
        broken = fault_of(item.entry(), item.place, seq + 1, before)
        if broken is None and seq == expected:
            broken = Broken(seq + 1, "added")
        if broken is None and not item.is_listed:
            broken = Broken(seq + 1, "index")
        if broken:
            return seq, broken
        seq, before = item.seq, item.hash
    return seq, None if seq == expected else Broken(seq + 1, "cut off")


def _items(store: Store, chain: str) -> Iterator[EntryItem | None]:
    """The entries as they stand in the table, then None if one cannot be read."""
    query, number = Query(AuditTable, chain, prefix="entry#", limit=AT_ONCE), 0
    try:
        for item in every_item(store, query):
            number += 1
            yield item
    except ValueError:
        yield from _items_singly(store, query, number)


def every_item(store: Store, query: Query) -> Iterator[EntryItem]:
    """The entries of a query page by page; raises ValueError at a page with something that is no item of ours."""
    page = store.query(query)
    while True:
        yield from (item for item in page.items if isinstance(item, EntryItem))
        if page.cursor is None:
            return
        page = store.query(replace(query, cursor=page.cursor))


def _items_singly(store: Store, query: Query, known: int) -> Iterator[EntryItem | None]:
    """What follows the first `known` entries up to the one that cannot be read."""
    try:
        for number, item in enumerate(every_item(store, replace(query, limit=1)), start=1):
            if number > known:
                yield item
    except ValueError:
        yield None


def _compare(store: Store, chain: str, copies: Copies, copied: int) -> Broken | None:
    """The first entry of which the bucket says something else than the table, or nothing though it should."""
    covered = 0
    for key in copies.keys(copies_of(chain)):
        lines = spoken(copies.get(key) or b"")
        first, last = _span(key)
        if first > covered + 1:
            return Broken(covered + 1, "copy missing")
        broken = _compared(store, chain, lines, first, last)
        if broken:
            return broken
        covered = max(covered, last)
    return Broken(covered + 1, "copy missing") if covered < copied else None


def _span(key: str) -> tuple[int, int]:
    first, _, last = key.rpartition("/")[2].removesuffix(".jsonl").partition("-")
    return int(first), int(last)


def _compared(store: Store, chain: str, lines: Sequence[dict[str, Any] | None], first: int, last: int) -> Broken | None:
    query = Query(AuditTable, chain, start=f"entry#{first:012}", end=f"entry#{last:012}", limit=AT_ONCE)
    kept = {item.seq: item.entry() for item in every_item(store, query)}
    for number, line in enumerate(lines, start=first):
        entry = kept.get(number)
        if entry is None:
            return Broken(number, "cut off")
        if line != asdict(entry):
            return Broken(number, "copy")
    return Broken(first + len(lines), "copy missing") if first + len(lines) <= last else None


def sample(store: Store, chain: str, seqs: Iterable[int]) -> Iterator[tuple[str, str]]:
    """Area and key of the records that the entries of those numbers are about, each once."""
    keys = [(EntryItem, chain, f"entry#{seq:012}") for seq in seqs]
    for some in batched(keys, 100, strict=False):
        found = {(item.record_area, item.record): None for item in store.get(*some) if item}
        yield from found


def disagreement(store: Store, area: str, record: str) -> str:
    """The first item and attribute of a record that is not as its entries say, "" if all are.

    A change whose entry is still on its way looks like a disagreement; ask again after a minute.
    """
    told = folded(_told(store, area, record))
    for item in every(store, Query(table_of(area), record, limit=AT_ONCE)):
        image = plain(item.serialize())
        if not recorded(area, image["kind"]):
            continue
        difference = _difference(_defaults(item) | told.pop(item.sk, {}), _defaults(item) | recorded_values(image))
        if difference:
            return f"{record} {item.sk}: {difference}"
    return f"{record} {next(iter(told))}: is gone" if told else ""


def _told(store: Store, area: str, record: str) -> list[Entry]:
    query = Query(AuditTable, f"record#{area}#{record}", index=1, limit=AT_ONCE)
    return [item.entry() for item in every_item(store, query)]


def _defaults(item: Item) -> dict[str, Any]:
    """What an attribute is read as that nobody ever wrote."""
    attributes = item.get_attributes().items()
    return recorded_values({name: each.default for name, each in attributes if each.default is not None})


def _difference(told: dict[str, Any], present: dict[str, Any]) -> str:
    names = sorted({*told, *present})
    return next((name for name in names if _even(told.get(name)) != _even(present.get(name))), "")


def _even(value: Any) -> Any:
    """The value with lists of words in one order: sets have none."""
    words = isinstance(value, list) and all(isinstance(each, str) for each in value)
    return sorted(value) if words else value
