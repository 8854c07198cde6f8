"""Forgetting visitors of a visit: their records keep what figures count, under a pseudonym.

An archive is written once and stays as it is; that its visitors are forgotten is the one exception, which it notes.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from itertools import batched
from typing import Any

from chalicelib.domain.invitations import Guest, Rating
from chalicelib.domain.notifications import Intent
from chalicelib.domain.passes import Pass
from chalicelib.domain.privacy import DataKind, forgotten, forgotten_data
from chalicelib.domain.visits import Visit, Visitor, party_of
from chalicelib.models.archive import ArchiveItem
from chalicelib.models.gate import GuestItem, PassItem, RatingItem
from chalicelib.models.notifications import IntentItem, NotificationsTable
from chalicelib.models.privacy import SubjectItem
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Delete, Operation, Query
from chalicelib.models.store import replace as replace_item
from chalicelib.models.visits import GuestsItem, SealedDocumentItem, VisitItem
from chalicelib.services.call import Call
from chalicelib.services.directory.reading import every
from chalicelib.services.privacy.following import contacts_of

PACKED = 50

type Whom = Callable[[Visitor], bool]


def everybody(visitor: Visitor) -> bool:
    """All visitors of the visit."""
    return True


def forget(call: Call, visit_id: str, kinds: Collection[DataKind], whom: Whom = everybody, known_by: str = "") -> None:
    """Take the data of those kinds about those visitors out of a visit that is over. Again changes nothing more.

    That somebody `known_by` this contact is listed stays noted: the caller still needs it.

    Raises Contention when something of the visit changes at the same moment; then the same call is safe again.
    """
    items = every(call.store, Query(ReceptionTable, f"visit#{visit_id}", limit=1000))
    listed = next((item for item in items if isinstance(item, GuestsItem)), None)
    if listed is None:
        return
    chosen = {visitor.no or place: visitor for place, visitor in enumerate(listed.visitors, 1) if whom(visitor)}
    operations = [each for item in items for each in _of_item(item, chosen, kinds)]
    if "contacts" in kinds:
        contacts = [each for each in contacts_of(chosen.values()) if each != known_by]
        operations += [Delete(SubjectItem.at(each, visit_id), {}) for each in contacts]
    if "messages" in kinds:
        operations += _messages(call, visit_id, None if whom is everybody else chosen)
    # The list comes last: it says who is meant, should the rest be cut off.
    operations += _of_list(listed, chosen, kinds)
    for some in batched(operations, PACKED, strict=False):
        call.commit({}, *some)


def _of_item(item: Any, chosen: Mapping[int, Visitor], kinds: Collection[DataKind]) -> Iterator[Operation]:
    if isinstance(item, GuestItem | PassItem) and item.no in chosen:
        yield from _of_person(item, kinds)
    elif isinstance(item, RatingItem) and item.no in chosen and "passages" in kinds:
        yield from _of_rating(item)
    elif isinstance(item, VisitItem):
        yield from _of_head(item.to(Visit), chosen, kinds)
    elif isinstance(item, ArchiveItem):
        yield from _of_archive(item, chosen, kinds)
    elif isinstance(item, SealedDocumentItem) and "documents" in kinds:
        refs = {visitor.document.ref for visitor in chosen.values() if visitor.document}
        if item.ref in refs:
            yield Delete(SealedDocumentItem.at(item.pk.removeprefix("visit#"), item.ref), {})


def _of_person(item: GuestItem | PassItem, kinds: Collection[DataKind]) -> Iterator[Operation]:
    if isinstance(item, GuestItem):
        guest: Guest = item.to(Guest)
        without = forgotten(guest, guest.no, kinds)
        if without != guest:
            yield replace_item(GuestItem.from_guest(replace(without, version=guest.version + 1)))
        return
    held: Pass = item.to(Pass)
    changed = forgotten(held, held.no, kinds)
    if changed != held:
        yield replace_item(PassItem.from_pass(replace(changed, version=held.version + 1)))


def _of_rating(item: RatingItem) -> Iterator[Operation]:
    """What was said stays, who said it does not."""
    rating = forgotten(item.to(Rating), item.no, {"passages"})
    if rating.name != item.name:
        changed = RatingItem.from_rating(rating)
        changed.version = item.version + 1
        yield replace_item(changed)


def _of_head(visit: Visit, chosen: Mapping[int, Visitor], kinds: Collection[DataKind]) -> Iterator[Operation]:
    """The head names the first visitor in lists."""
    first = chosen.get(min(chosen, default=0))
    if first is None or "passages" not in kinds or not visit.party.startswith(first.name):
        return
    party = party_of((forgotten(first, min(chosen), kinds),))
    if party != visit.party or visit.proposal:
        changed = replace(visit, party=party, proposal=None, version=visit.version + 1)
        yield replace_item(VisitItem.from_visit(changed))


def _of_list(item: GuestsItem, chosen: Mapping[int, Visitor], kinds: Collection[DataKind]) -> Iterator[Operation]:
    numbered = [(visitor.no or place, visitor) for place, visitor in enumerate(item.visitors, 1)]
    visitors = tuple(forgotten(each, no, kinds) if no in chosen else each for no, each in numbered)
    if visitors != item.visitors:
        item.visitors, item.version = visitors, item.version + 1
        yield replace_item(item)


def _of_archive(item: ArchiveItem, chosen: Collection[int], kinds: Collection[DataKind]) -> Iterator[Operation]:
    data = json.loads(item.document())
    before = json.dumps(data, sort_keys=True)
    for part in ("visitors", "invitations", "passes"):
        rows = list(enumerate(data[part], 1))
        data[part] = [forgotten_data(each, _no(each, n), kinds) if _no(each, n) in chosen else each for n, each in rows]
    if "passages" in kinds and data["visitors"]:
        first = data["visitors"][0]
        data["visit"]["party"] = " · ".join(text for text in (first["name"], first.get("company")) if text)
    if json.dumps(data, sort_keys=True) != before:
        text = json.dumps(data, ensure_ascii=False, sort_keys=True).encode()
        item.content, item.sha256 = zlib.compress(text, 9), hashlib.sha256(text).hexdigest()
        item.version += 1
        yield replace_item(item)


def _no(row: Mapping[str, Any], place: int) -> int:
    return int(row.get("no") or place)


def _messages(call: Call, visit_id: str, chosen: Mapping[int, Visitor] | None) -> list[Operation]:
    """Messages to these visitors (None: to all) lose address and text; that they were sent stays."""
    reached = None if chosen is None else {text for each in chosen.values() for text in (each.phone, each.email)}
    held = every(call.store, Query(NotificationsTable, f"about#{visit_id}", index=1, limit=500))
    intents: list[Intent] = [item.to(Intent) for item in held if isinstance(item, IntentItem)]
    told = [each for each in intents if each.text and not each.person]
    return [
        replace_item(IntentItem.from_intent(replace(each, address="", text="", title="", version=each.version + 1)))
        for each in told
        if each.settled and (reached is None or each.address in reached)
    ]
