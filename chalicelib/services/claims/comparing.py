"""What a claim is compared with: what its applicant claimed of late, and who came through the gate on linked visits.

Both are read side by side with the batch of the command.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from chalicelib.domain.claims import Link, StatedLink
from chalicelib.domain.compliance import RECENT_DAYS, Item, Recent
from chalicelib.domain.passes import Pass
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.claims import ClaimTraceItem, of_late
from chalicelib.models.gate import PassItem
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Query
from chalicelib.models.visits import instant
from chalicelib.services.call import Call

CLAIMS_LIMIT = 100
PASSES_LIMIT = 1000


def queries(call: Call, links: Iterable[Link | StatedLink]) -> list[Query]:
    """What `recent` and `came` are going to ask."""
    visits = [link.document for link in links if link.kind == "visit"]
    return [_claimed(call), *(_passes(visit) for visit in visits)]


def recent(call: Call, claim: str) -> tuple[Recent, ...]:
    """The lines of the person's other claims of the last RECENT_DAYS days, the latest of many."""
    found = [each for each in call.store.query(_claimed(call)).items if isinstance(each, ClaimTraceItem)]
    others = [each for each in found if not each.sk.endswith(f"#{claim}")]
    return tuple(recent for each in others for recent in _lines(each))


def came(call: Call, visit: str) -> int | None:
    """How many visitors went through the gate on that visit; None while nobody did, who may not have come yet."""
    found = call.store.query(_passes(visit)).items
    passes: list[Pass] = [each.to(Pass) for each in found if isinstance(each, PassItem)]
    return len({each.no for each in passes if each.first_in}) or None


def _claimed(call: Call) -> Query:
    since = instant(call.now - timedelta(days=RECENT_DAYS))
    return Query(SpendingTable, of_late(call.me.id), start=since, end="3", limit=CLAIMS_LIMIT, newest_first=True)


def _passes(visit: str) -> Query:
    return Query(ReceptionTable, f"visit#{visit}", prefix="pass#", limit=PASSES_LIMIT)


def _lines(each: ClaimTraceItem) -> Iterable[Recent]:
    for row, trace in enumerate(each.traces, 1):
        facts = {name: getattr(trace, name) for name in _SAME}
        yield Recent(each.number, Item(key=str(row), has_invoice=bool(trace.invoice), **facts))


_SAME = ("category", "day", "amount", "currency", "vendor", "invoice", "paid", "paid_currency")
