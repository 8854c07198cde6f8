"""What the stream makes of a list of visitors: when their data have to go, and by which contacts they are found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import batched

from chalicelib.domain.privacy import Retention
from chalicelib.domain.visits import Visitor
from chalicelib.models.item import Key
from chalicelib.models.privacy import RetentionItem, SubjectItem
from chalicelib.models.store import BATCH_GET_LIMIT, Operation, create
from chalicelib.models.visits import GuestsItem, VisitItem
from chalicelib.services.call import Call


def contacts_of(visitors: Iterable[Visitor]) -> list[str]:
    """The phone numbers and e-mail addresses by which these visitors can be known."""
    texts = (contact.strip().lower() for each in visitors for contact in (each.phone, each.email))
    return sorted({text for text in texts if text})


def follow(call: Call, visit_id: str) -> None:
    """Note what is kept of the visit's visitors as they are listed now. Safe to repeat."""
    head, listed, kept = call.store.get(VisitItem.at(visit_id), GuestsItem.at(visit_id), RetentionItem.at(visit_id))
    if head is None or listed is None:
        return
    new: list[Operation] = []
    if kept is None:
        new.append(create(RetentionItem.from_retention(Retention(visit_id, head.ends))))
    keys = [SubjectItem.at(contact, visit_id) for contact in contacts_of(listed.visitors)]
    new += [create(SubjectItem(pk, sk)) for _, pk, sk in _missing(call, keys)]
    for some in batched(new, BATCH_GET_LIMIT, strict=False):
        call.commit({}, *some)


def _missing(call: Call, keys: Sequence[Key]) -> list[Key]:
    missing: list[Key] = []
    for some in batched(keys, BATCH_GET_LIMIT, strict=False):
        held = call.store.get(*some)
        missing += [key for key, item in zip(some, held, strict=True) if item is None]
    return missing
