"""Batches and answers that stand still, because the stream lost them, are told to it anew."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from chalicelib.domain.errors import Contention
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.payment_batches import UNDER_WAY
from chalicelib.models.store import Query, Update
from chalicelib.services.call import Call
from chalicelib.services.directory.reading import every

PATIENCE = timedelta(minutes=10)
"""How long a step may take; the stream tries one again for longer than it takes to be over."""


def take_up(call: Call) -> int:
    """Write again what has not gone on for PATIENCE, so that its next step follows; returns how many there were."""
    under_way = every(call.store, Query(SpendingTable, UNDER_WAY, index=3, limit=200))
    return sum(_taken_up(call, item) for item in under_way if call.now - item.changed_at >= PATIENCE)


def _taken_up(call: Call, item: Any) -> bool:
    try:
        call.commit({}, Update(item.key, {}, {"version": item.version, "status": item.status}, amounts={"version": 1}))
    except Contention:
        return False  # it goes on at this moment
    return True
