"""Owners of advances are reminded some days ahead of the day, and again while it is overdue, once for each time."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import chain

from chalicelib.domain.advances import Advance, Terms, remind_next
from chalicelib.domain.errors import Contention
from chalicelib.models.advances import AdvanceItem, due_shards
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.store import Query
from chalicelib.models.store import replace as replace_item
from chalicelib.models.visits import instant
from chalicelib.services.advances.keeping import terms_of
from chalicelib.services.call import Call
from chalicelib.services.notifications import notify
from chalicelib.web.money import money

AT_ONCE = 100
"""Advances of a shard that one run of the schedule takes; the next run takes the rest."""


def remind_due(call: Call) -> int:
    """Look at every advance whose time has come and remind its owner; returns how many there were."""
    due = list(chain.from_iterable(_due(call, shard) for shard in due_shards()))
    if not due:
        return 0
    terms = terms_of(call.store)
    return sum(_reminded(call, id, terms) for id in due)


def _due(call: Call, shard: str) -> list[str]:
    query = Query(SpendingTable, shard, index=4, start=" ", end=instant(call.now), limit=AT_ONCE)
    return [item.id for item in call.store.query(query).items if isinstance(item, AdvanceItem)]


def _reminded(call: Call, id: str, terms: Terms) -> bool:
    """The index lags behind: the advance is looked at once more."""
    (item,) = call.store.get(AdvanceItem.at(id))
    advance: Advance = item.to(Advance)
    if advance.remind_at is None or advance.remind_at > call.now:
        return False
    if advance.outstanding > 0:
        _tell(call, advance, terms)
    next_look = remind_next(advance, terms, call.now)
    looked_at = replace(advance, remind_at=next_look, version=advance.version + 1)
    try:
        call.commit({}, replace_item(AdvanceItem.from_advance(looked_at)))
    except Contention:
        return False  # something moves on it at this moment
    return True


def _tell(call: Call, advance: Advance, terms: Terms) -> None:
    """Nobody is told earlier than the rules say."""
    today = call.now.date()
    if today < advance.due - timedelta(terms.before):
        return
    template = "advance_overdue" if today > advance.due else "advance_due"
    facts = {
        "number": advance.number,
        "amount": money(advance.outstanding, advance.currency),
        "day": advance.due.isoformat(),
    }
    cause = f"{advance.id}#{template}#{instant(advance.remind_at or call.now)}"
    notify(call, cause, [advance.applicant], template, facts, f"/advances/{advance.id}")
