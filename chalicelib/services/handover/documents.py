"""A document's approval goes to the document's new applicant."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import batched
from typing import Any

from chalicelib.domain.approvals import Running
from chalicelib.domain.handover import Handover
from chalicelib.models.approvals import RunningItem
from chalicelib.models.item import Key
from chalicelib.models.store import Operation, Query, Store
from chalicelib.services import approvals
from chalicelib.services.call import Call
from chalicelib.services.documents import Summary
from chalicelib.services.handover.part import FITS, Part

READ = 40
"""Documents read at once, each with its approval."""
PAGE = 200


@dataclass(frozen=True)
class Found:
    """A document as it is now, with its approval."""

    item: Any
    approval: RunningItem | None

    @property
    def running(self) -> Running | None:
        """The approval, None where there is none yet."""
        return self.approval.to(Running) if self.approval else None


def decides(found: Found, person_id: str) -> bool:
    """Whether the person is or was asked to decide the document that is in approval: nobody decides their own."""
    running = found.running
    return running is not None and running.status == "pending" and person_id in running.people


def documents(call: Call, queries: Sequence[Query], kind: str, at: Callable[[str], Key]) -> Iterator[Found]:
    """The documents that the lists name, read by key: lists may lag behind."""
    seen: set[str] = set()
    for ids in batched((item.id for query in queries for item in _rows(call.store, query)), READ, strict=False):
        new = [id for id in dict.fromkeys(ids) if id not in seen]
        seen.update(new)
        keys = [key for id in new for key in (at(id), RunningItem.at(approvals.approval_id(kind, id)))]
        read = call.store.get(*keys) if keys else []
        yield from (Found(item, approval) for item, approval in batched(read, 2, strict=True) if item)


def _rows(store: Store, query: Query) -> Iterator[Any]:
    cursor: str | None = None
    while True:
        page = store.query(replace(query, cursor=cursor, limit=PAGE))
        yield from page.items
        if page.cursor is None:
            return
        cursor = page.cursor


def following_approval(found: Found, applicant: str, summary: Summary) -> list[Operation]:
    """The approval and its open questions, with the document's applicant and what inboxes show of it now."""
    return approvals.applied_for_by(found.approval, applicant, summary) if found.approval else []


def packed(handover: Handover, parcels: Iterator[tuple[list[Operation], tuple[str, ...]]]) -> Part | None:
    """The first parcels (operations of one document, and visits whose passes follow it) that fit into a part."""
    operations: list[Operation] = []
    following, count = handover.following, 0
    for more, visits in parcels:
        if operations and len(operations) + len(more) > FITS:
            break
        operations += more
        following += visits
        count += 1
    return Part(operations, count, following) if count else None
