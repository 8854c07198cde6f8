"""Recording changes in the audit chains and copying the chains out of the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import batched
from typing import Protocol

from chalicelib.domain.audit import START, Change, Entry, extend, segment
from chalicelib.domain.errors import Contention
from chalicelib.models.audit import AuditTable, EntryItem, EventItem, HeadItem, chain_of, chains
from chalicelib.models.store import Put, Query, Update, create
from chalicelib.services.call import Call
from chalicelib.services.directory.reading import every

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


def copy_behind(call: Call, files: Files) -> int:
    """Copy what the recording left behind in any chain; returns in how many there was something."""
    names = chains()
    heads = call.store.get(*(HeadItem.at(name) for name in names))
    behind = [name for name, head in zip(names, heads, strict=True) if head and head.copied < head.seq]
    for name in behind:
        _copy(call, files, name)
    return len(behind)


def _copy(call: Call, files: Files, chain: str) -> None:
    """Keep what is not in the bucket yet; whoever is overtaken by another function looks again what is left.

    Raises Contention when that happens time and again: then the changes are told again, and the schedule copies, too.
    """
    for _ in range(ATTEMPTS):
        (head,) = call.store.get(HeadItem.at(chain))
        if head is None or head.copied >= head.seq or _copied(call, files, chain, head):
            return
    raise Contention


def _copied(call: Call, files: Files, chain: str, head: HeadItem) -> bool:
    """Copy up to the head as one file named by its first and last entry; whether it could be noted.

    Others may copy the same at the same time, and some may get further: both files stay, neither covers the other.
    """
    entries = _entries(call, chain, head.copied + 1, head.seq)
    files.put(copy_key(chain, head.copied + 1, head.seq), segment(entries), "application/x-ndjson")
    try:
        call.store.write(Update(HeadItem.at(chain), {"copied": head.seq}, {"copied": head.copied}))
    except Contention:
        return False
    return True


def _entries(call: Call, chain: str, first: int, last: int) -> list[Entry]:
    query = Query(AuditTable, chain, start=f"entry#{first:012}", end=f"entry#{last:012}", limit=500)
    return [item.entry() for item in every(call.store, query) if isinstance(item, EntryItem)]


def copies_of(chain: str) -> str:
    """What the names of all files with copies of the chain begin with."""
    _, area, shard = chain.split("#")
    return f"chain/{area}/{shard}/"


def copy_key(chain: str, first: int, last: int) -> str:
    """The name of the file with a copy of the entries from number `first` to `last`."""
    return f"{copies_of(chain)}{first:012}-{last:012}.jsonl"
