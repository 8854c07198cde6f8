"""Recording changes in the audit chain, copying it out of the database, verifying it, showing a record's history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import batched
from typing import Protocol

from chalicelib.domain.audit import START, Broken, Change, Entry, extend, segment, verify
from chalicelib.domain.errors import Contention
from chalicelib.models.audit import AuditTable, EntryItem, EventItem, HeadItem, chain_of
from chalicelib.models.store import Page, Put, Query, Store, Update, create
from chalicelib.services.call import Call
from chalicelib.services.permissions import Resource

AT_ONCE = 45
"""Changes that fit into one transaction, each with its entry and its event."""
ATTEMPTS = 8


class Files(Protocol):
    """The bucket outside the database (gateways/files.py)."""

    def put(self, key: str, content: bytes, content_type: str) -> None:
        """Keep `content` under `key`."""


def record(call: Call, files: Files, changes: Sequence[Change]) -> None:
    """Append the changes to their chains, each once however often it is told, and copy what is new to the bucket.

    Raises Contention when others append without a pause; the changes are then safe to tell again.
    """
    chains: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        chains[chain_of(change.area, change.record)].append(change)
    for name, own in chains.items():
        for some in batched(own, AT_ONCE, strict=False):
            _append_patiently(call, name, some)
        _copy(call, files, name)


def _append_patiently(call: Call, chain: str, changes: Sequence[Change]) -> None:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _append(call, chain, changes)
        except Contention:
            if attempt == ATTEMPTS:
                raise


def _append(call: Call, chain: str, changes: Sequence[Change]) -> None:
    distinct = list({change.event: change for change in changes}.values())
    keys = [EventItem.at(change.area, change.event) for change in distinct]
    held, *known = call.store.get(HeadItem.at(chain), *keys)
    new = [change for change, event in zip(distinct, known, strict=True) if event is None]
    if not new:
        return
    entries = extend(held.seq if held else 0, held.hash if held else START, new)
    call.store.write(
        _moved(chain, held, entries[-1]),
        *(create(EntryItem.from_entry(entry)) for entry in entries),
        *(create(EventItem.of_event(change.area, change.event, call.now)) for change in new),
    )


def _moved(chain: str, held: HeadItem | None, last: Entry) -> Put:
    _, pk, sk = HeadItem.at(chain)
    copied = held.copied if held else 0
    return Put(HeadItem(pk, sk, seq=last.seq, hash=last.hash, copied=copied), {"seq": held.seq} if held else None)


def _copy(call: Call, files: Files, chain: str) -> None:
    """Keep what is not in the bucket yet under a key that follows from its first entry; a repeat covers the same."""
    (head,) = call.store.get(HeadItem.at(chain))
    if head is None or head.copied >= head.seq:
        return
    first, last = f"entry#{head.copied + 1:012}", f"entry#{head.seq:012}"
    items = _every(call.store, Query(AuditTable, chain, start=first, end=last, limit=500))
    _, area, shard = chain.split("#")
    content = segment([item.entry() for item in items])
    files.put(f"chain/{area}/{shard}/{head.copied + 1:012}.jsonl", content, "application/x-ndjson")
    try:
        call.store.write(Update(HeadItem.at(chain), {"copied": head.seq}, {"copied": head.copied}))
    except Contention:
        return  # another function copied as much; what remains is copied with the next change


def verify_chain(store: Store, chain: str) -> tuple[int, Broken | None]:
    """How many entries a chain has, and its first broken link. Entries cut off at the end are found by its head."""
    (head,) = store.get(HeadItem.at(chain))
    expected, seq, before = head.seq if head else 0, 0, START
    for item in _every(store, Query(AuditTable, chain, prefix="entry#", limit=500)):
        broken = verify([item.entry()], seq, before)
        if broken:
            return seq, broken
        seq, before = item.seq, item.hash
    return seq, None if seq == expected else Broken(seq + 1, "cut off")


def history(call: Call, area: str, key: str, resource: Resource, cursor: str | None = None) -> Page:
    """The entries about one record, oldest first; raises NotFound for those who may not see them."""
    call.permit("audit:view", resource, unseen=True)
    return call.store.query(Query(AuditTable, f"record#{area}#{key}", index=1, cursor=cursor))


def _every(store: Store, query: Query) -> Iterator[EntryItem]:
    page = store.query(query)
    while True:
        yield from (item for item in page.items if isinstance(item, EntryItem))
        if page.cursor is None:
            return
        page = store.query(replace(query, cursor=page.cursor))
