"""What no stream brings back: executions that are gone although a visit needs them, accounts not made or closed,
departments whose move has not reached everything below them."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Literal, cast

from chalicelib.domain.errors import Contention
from chalicelib.domain.visits import SIGNED_OUT_AFTER, Status, Visit
from chalicelib.gateways.cognito import UserPool
from chalicelib.models.directory import (
    ACCOUNT_SHARDS,
    SPREADING,
    DirectoryTable,
    PersonItem,
    SpreadItem,
    unsettled_accounts,
)
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Delete, Put, Query
from chalicelib.models.work import SHARDS, OpenVisitItem, TokenItem, open_partition
from chalicelib.services import accounts, closing, workflows
from chalicelib.services.call import Call
from chalicelib.services.directory import units
from chalicelib.services.directory.reading import every

PATIENCE = timedelta(minutes=2)
"""How long the stream, and an index, may take before a visit's workflow or a department's move is looked after."""
RUNNING = "RUNNING"
BATCH = 50

log = logging.getLogger("atrium")


def reconcile_visits(call: Call, executions: workflows.Executions, public_url: str) -> int:
    """Bring every open visit's workflow to where the visit is; returns how many executions were replaced."""
    return sum(_reconciled(call, executions, held, public_url) for held in _open_visits(call))


def reconcile_accounts(call: Call, pool: UserPool) -> int:
    """Make and close the accounts that the stream did not; returns how many there were."""
    shards = [Query(DirectoryTable, unsettled_accounts(shard), index=2, limit=BATCH) for shard in range(ACCOUNT_SHARDS)]
    unsettled = [item for query in shards for item in call.store.query(query).items if isinstance(item, PersonItem)]
    return sum(_settled(call, pool, item.id) for item in unsettled)


def _settled(call: Call, pool: UserPool, person_id: str) -> bool:
    try:
        accounts.provision(call.store, pool, person_id, call.now)
    except Contention:
        return False  # the person was changed at this moment; the stream brings that change
    return True


def reconcile_departments(call: Call) -> int:
    """Finish the moves of departments; returns how many paths below them were still to be written."""
    moved = every(call.store, Query(DirectoryTable, SPREADING, limit=500))
    return sum(_spread(call, item) for item in moved if call.now - item.since >= PATIENCE)


def _spread(call: Call, moved: SpreadItem) -> int:
    try:
        written = units.spread(call, moved.sk)
        if not written:
            call.commit({}, Delete(moved.key, {"since": moved.since}))
    except Contention:
        return 0  # it moves again right now; the next round looks again
    return written


def _open_visits(call: Call) -> Iterator[OpenVisitItem]:
    for shard in range(SHARDS):
        for item in every(call.store, Query(ReceptionTable, open_partition(shard), limit=500)):
            if call.now - item.since >= PATIENCE:
                yield cast(OpenVisitItem, item)


def _reconciled(call: Call, executions: workflows.Executions, held: OpenVisitItem, public_url: str) -> bool:
    try:
        return _reconcile(call, executions, held, public_url)
    except Contention:
        return False  # somebody works on this visit right now; the next round looks again


def _reconcile(call: Call, executions: workflows.Executions, held: OpenVisitItem, public_url: str) -> bool:
    visit = workflows.visit_of(call, held.visit)
    if visit is None:
        return False
    _settle_days(call, visit, held)
    name = workflows.execution_name(held.visit, held.round, held.attempt)
    (waiting,) = call.store.get(TokenItem.at(held.visit, held.round))
    remedy = remedy_for(visit.status, executions.status(name), waiting is not None)
    if remedy == "replace":
        executions.stop(name, "replaced: nobody could resume it")
        _try_anew(call, held)
        log.warning("execution %s is gone and was replaced", name)
    if remedy:
        workflows.advance(call, executions, held.visit, public_url)
    return remedy == "replace"


def _settle_days(call: Call, visit: Visit, held: OpenVisitItem) -> None:
    """Settle each day of a series once it is over; the last one ends with the visit."""
    over = sum(each.ends + SIGNED_OUT_AFTER <= call.now for each in visit.occurrences[:-1])
    if visit.status != "approved" or over <= held.days_over:
        return
    closing.close_days(call, visit)
    as_read = {"round": held.round, "attempt": held.attempt}
    held.days_over = over
    call.commit({}, Put(held, as_read))


def remedy_for(visit: Status, execution: str | None, waiting: bool) -> Literal["replace", "advance", ""]:
    """What an open visit needs: another execution, to be brought to where it is, or nothing.

    `execution` is the status of its execution, None where it has none; `waiting`: its token is kept.
    """
    at_work = visit == "pending" or visit in workflows.GOES_ON
    if not at_work or execution is None:
        return "advance"
    if execution != RUNNING or (visit == "pending" and not waiting):
        return "replace"
    return "advance" if visit != "pending" and waiting else ""


def _try_anew(call: Call, held: OpenVisitItem) -> None:
    as_read = {"round": held.round, "attempt": held.attempt}
    held.attempt, held.since = held.attempt + 1, call.now
    call.commit({}, Put(held, as_read), Delete(TokenItem.at(held.visit, held.round), {}))
