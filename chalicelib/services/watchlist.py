"""Watch list and block list: keeping them, and asking whether somebody is on one, by keys only."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from chalicelib.domain import documents
from chalicelib.domain.errors import Contention, NotFound
from chalicelib.domain.gate_issues import Issue
from chalicelib.domain.visits import Visit, Visitor
from chalicelib.domain.watchlist import Entry, Hit, Known, ListKind, check, end, hit_of, strictest
from chalicelib.models.gate_issues import IssueItem
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Check, Operation, Query, create, save
from chalicelib.models.store import replace as replace_item
from chalicelib.models.visits import GuestsItem
from chalicelib.models.watchlist import EntryItem, HitsItem, listed
from chalicelib.services.call import Answer, Call
from chalicelib.services.permissions import COMPANY

MANAGE = "watchlist:manage"
PAGE, BATCH = 50, 100
END_SHOWN = 4

type Mark = Callable[[str], str]
"""Makes the keyed mark of a document's number (gateways/documents.py)."""


class OnList(Contention):
    """Somebody stands under a key; read them all and decide again."""


@dataclass(frozen=True)
class Facts:
    """What reception states about somebody; `document` is the number, of which only a mark is kept."""

    list: ListKind
    name: str
    aliases: tuple[str, ...]
    phone: str
    document: str
    reason: str
    until: datetime | None


def add(call: Call, facts: Facts, mark: Mark) -> Answer:
    """Put somebody on a list. Raises Invalid."""
    call.permit(MANAGE, COMPANY)
    number = documents.normalised(facts.document)
    stated = asdict(facts) | {"document": mark(number), "document_end": number[-END_SHOWN:]}
    entry = Entry(id=call.new_id(), added_by=call.actor, added_at=call.now, **stated)
    check(entry, call.now)
    held = hits_items(call, entry.known.keys)
    operations = [_with(key, item, hit_of(entry)) for key, item in held.items()]
    return call.commit(_answer(entry), create(_item(entry)), *operations)


def take_off(call: Call, id: str) -> Answer:
    """Take somebody off their list; the entry stays on record, the stream takes its keys away (`forget`).

    Raises NotFound, IllegalMove.
    """
    call.permit(MANAGE, COMPANY)
    (item,) = call.store.get(EntryItem.at(id))
    if item is None:
        raise NotFound
    entry = end(item.to(Entry), call.actor, call.now)
    return call.commit(_answer(entry), replace_item(_item(entry)))


def forget(call: Call, entry: Entry) -> None:
    """Nobody is known by an entry that has ended any more. Done again, nothing happens."""
    held = hits_items(call, entry.known.keys)
    operations = [_without(item, entry.id) for item in held.values() if item and _names(item, entry.id)]
    if operations:
        call.commit({}, *operations)


def _names(item: HitsItem, entry: str) -> bool:
    return any(hit.entry == entry for hit in item.hits or ())


def entries(call: Call, status: str, cursor: str | None) -> dict[str, Any]:
    """A page of those on the lists, by name, or of those who were."""
    call.permit(MANAGE, COMPANY)
    key = listed("ended" if status == "ended" else "active")
    page = call.store.query(Query(ReceptionTable, key, index=1, limit=PAGE, cursor=cursor))
    rows = [asdict(item.to(Entry)) for item in page.items if isinstance(item, EntryItem)]
    shown = [{name: row[name] for name in row if name != "document"} for row in rows]
    return {"items": shown, "next": page.cursor, "status": status, "now": call.now}


def hits_items(call: Call, keys: Sequence[str]) -> dict[str, HitsItem | None]:
    """What stands under each of the keys."""
    found: list[Any] = []
    for start in range(0, len(keys), BATCH):
        found += call.store.get(*(HitsItem.at(key) for key in keys[start : start + BATCH]))
    return dict(zip(keys, found, strict=True))


def nobody_under(known: Known) -> list[Operation]:
    """Lets a transaction fail with OnList if anybody stands under one of the keys."""
    return [Check(HitsItem.at(key), {"hits": None}, OnList()) for key in known.keys]


def as_read(held: dict[str, HitsItem | None]) -> list[Operation]:
    """Lets a transaction fail when what stands under the keys is no longer what was read."""
    return [
        Check(HitsItem.at(key), {"version": item.version if item else None}, Contention()) for key, item in held.items()
    ]


def strictest_of(held: Iterable[HitsItem | None], now: datetime) -> Hit | None:
    """The hit that counts of all that were read."""
    return strictest((hit for item in held if item for hit in item.hits or ()), now)


def known_of(visitor: Visitor) -> Known:
    """By what a visitor is known."""
    return Known((visitor.name,), visitor.phone, visitor.document.mark if visitor.document else "")


def look_through(call: Call, visit: Visit) -> int:
    """Tell reception of each visitor of a visit who is on a list; returns how many are. Done again, nobody twice."""
    (listed_,) = call.store.get(GuestsItem.at(visit.id))
    visitors: tuple[Visitor, ...] = listed_.visitors if listed_ else ()
    keys = dict.fromkeys(key for visitor in visitors for key in known_of(visitor).keys)
    held = hits_items(call, tuple(keys))
    found = [(visitor, strictest_of((held[key] for key in known_of(visitor).keys), call.now)) for visitor in visitors]
    issues = [_issue(call, visit, visitor, hit) for visitor, hit in found if hit]
    for issue in issues:
        (item,) = call.store.get(IssueItem.at(issue.id))
        if item is None:
            call.commit({}, create(IssueItem.from_issue(issue)))
    return len(issues)


def _issue(call: Call, visit: Visit, visitor: Visitor, hit: Hit) -> Issue:
    facts = {"why": hit.reason, "name": visitor.name, "company": visitor.company, "host": visit.host_name}
    facts |= {"reservation": visit.number, "entry": hit.entry}
    id = hashlib.sha256(f"{visit.id}#{visitor.name}#{visitor.phone}#{hit.entry}".encode()).hexdigest()[:26]
    kind: Any = "blocked" if hit.list == "block" else "watched"
    return Issue(id, visit.site, kind, call.now, call.now, "", call.actor, visit.id, facts)


def _with(key: str, item: HitsItem | None, hit: Hit) -> Operation:
    _, pk, sk = HitsItem.at(key)
    version = item.version + 1 if item else 1
    return save(HitsItem(pk, sk, version=version, hits=(*((item and item.hits) or ()), hit)))


def _without(item: HitsItem, entry: str) -> Operation:
    _, pk, sk = item.key
    left = tuple(hit for hit in item.hits or () if hit.entry != entry)
    return replace_item(HitsItem(pk, sk, version=item.version + 1, hits=left or None))


def _item(entry: Entry) -> EntryItem:
    _, pk, sk = EntryItem.at(entry.id)
    return EntryItem.of(entry, pk=pk, sk=sk, index1_pk=listed(entry.status), index1_sk=f"{entry.name}#{entry.id}")


def _answer(entry: Entry) -> Answer:
    return {"id": entry.id, "status": entry.status, "version": entry.version, "location": "/watchlist"}
