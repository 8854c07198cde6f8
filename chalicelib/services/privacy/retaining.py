"""The rules of retention carried out by the schedule, a bounded number of visits at a time."""

from __future__ import annotations

from chalicelib.domain.errors import Contention
from chalicelib.domain.privacy import KINDS, DataKind, Retention, Rules, cleared, moved, over_before
from chalicelib.models.privacy import INDEX_OF, SHARDS, RetentionItem, retained_partition
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Query
from chalicelib.models.store import replace as replace_item
from chalicelib.models.visits import VisitItem, instant
from chalicelib.services.call import Call
from chalicelib.services.privacy import rules
from chalicelib.services.privacy.forgetting import forget

BATCH = 5
"""Visits of a shard whose data of one kind one round takes out; the next round takes the rest."""


def clear_due(call: Call) -> int:
    """Take out what has been kept for long enough; returns of how many visits."""
    known = rules.known(call.store)
    return sum(_cleared(call, held, kind) for kind in KINDS for held in _due(call, known, kind))


def _due(call: Call, known: Rules, kind: DataKind) -> list[Retention]:
    until = instant(over_before(known, kind, call.now))
    shards = [
        Query(ReceptionTable, retained_partition(kind, shard), index=INDEX_OF[kind], end=until, limit=BATCH)
        for shard in range(SHARDS)
    ]
    items = [item for query in shards for item in call.store.query(query).items]
    return [item.to(Retention) for item in items if isinstance(item, RetentionItem)]


def _cleared(call: Call, found: Retention, kind: DataKind) -> bool:
    try:
        return _clear(call, found, kind)
    except Contention:
        return False  # somebody works on this visit right now; the next round looks again


def _clear(call: Call, found: Retention, kind: DataKind) -> bool:
    """The index may lag behind: the items decide."""
    held, visit = call.store.get(RetentionItem.at(found.visit), VisitItem.at(found.visit))
    retention: Retention = held.to(Retention)
    if kind not in retention.left:
        return False
    if visit is not None and visit.ends != retention.ended:
        call.commit({}, replace_item(RetentionItem.from_retention(moved(retention, visit.ends))))
        return False
    forget(call, retention.visit, {kind})
    call.commit({}, replace_item(RetentionItem.from_retention(cleared(retention, kind))))
    return True
