"""The end of a visit: closed when nobody is inside any more, withdrawn when it is cancelled (archived: archives.py)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, cast

from chalicelib.domain.approvals import Cancel, Running
from chalicelib.domain.errors import Contention
from chalicelib.domain.invitations import Guest
from chalicelib.domain.passes import Pass, Passage, leave, miss
from chalicelib.domain.visits import SIGNED_OUT_AFTER, Visit, move, signed_out_at
from chalicelib.models.approvals import RunningItem
from chalicelib.models.gate import PassageItem, PassItem
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import TRANSACTION_LIMIT, Check, Operation, Query, create
from chalicelib.models.store import replace as replace_item
from chalicelib.models.visits import VisitItem
from chalicelib.services import approvals, bookings, calendar_mails, sites
from chalicelib.services.call import Call
from chalicelib.services.directory.reading import every
from chalicelib.services.inviting import packed, withdrawn
from chalicelib.services.notifications import intend, intention, notify
from chalicelib.services.visits import cost
from chalicelib.services.visits.record import summary_of

ASK_AGAIN_AFTER = timedelta(minutes=15)
NAMES_LENGTH = 200
RULE = "rule"
"""Whose hand a sign-out by rule is, in place of a guard's id."""


def close(call: Call, visit: Visit) -> datetime | None:
    """Close an approved visit whose time is over; returns when to ask again while somebody is inside, else None.

    Who did not come becomes a no-show, and where nobody came, what was booked is given back; who is still inside half a
    day after the end is signed out by rule. What is left of its budget's freeze is released.
    Raises Contention when a pass or the visit moves at the same moment; then the same call is safe again.
    """
    passes = passes_of(call, visit.id)
    inside = [held for held in passes if held.status == "inside"]
    if inside and call.now < signed_out_at(visit):
        return call.now + ASK_AGAIN_AFTER
    still = Check(VisitItem.at(visit.id), {"version": visit.version}, Contention())
    sign_out(call, visit, passes, still)
    _write_packed(call, [[_changed(miss(held))] for held in passes if held.status == "expected"], still)
    closed = replace(move(visit, "close", call.now), proposal=None)
    used = replace(visit, proposal=None, bookings=visit.bookings if any(held.first_in for held in passes) else ())
    operations = [*_without_proposal(call, visit), *bookings.moving(visit, used), *cost.moving(call, visit, None)]
    call.commit({}, replace_item(VisitItem.from_visit(closed)), *operations)
    return None


def close_days(call: Call, visit: Visit) -> None:
    """Settle the days of an approved visit that are over while others are to come, each half a day after its end.

    Who is still inside on a pass of such a day is signed out by rule, who did not come on it becomes a no-show.
    Raises Contention when a pass or the visit moves at the same moment; then the same call is safe again.
    """
    passes = [held for held in passes_of(call, visit.id) if held.ends + SIGNED_OUT_AFTER <= call.now]
    still = Check(VisitItem.at(visit.id), {"version": visit.version}, Contention())
    sign_out(call, visit, passes, still)
    _write_packed(call, [[_changed(miss(held))] for held in passes if held.status == "expected"], still)


def _without_proposal(call: Call, visit: Visit) -> list[Operation]:
    """A change that nobody decided in time ends with the visit."""
    if visit.proposal is None or visit.approval is None:
        return []
    (item,) = call.store.get(RunningItem.at(visit.approval))
    action = Cancel(by=RULE, seen=visit.version)
    _, operations = approvals.move(call, item.to(Running), item, action, summary_of(visit))
    return list(operations)


def sign_out(call: Call, visit: Visit, passes: Sequence[Pass], *checks: Operation) -> None:
    """Sign out by rule whoever is inside on these passes, and tell the host."""
    _write_packed(call, [_signed_out(held, call.now) for held in passes if held.status == "inside"], *checks)
    names: dict[date, list[str]] = {}
    for held in passes:
        if held.status == "inside" or held.signed_out_by_rule:
            names.setdefault(held.day, []).append(held.name)
    for day, those in names.items():
        facts = {"names": ", ".join(those)[:NAMES_LENGTH], "number": visit.number}
        notify(call, f"{visit.id}#signed_out#{day}", [visit.host], "guests_signed_out", facts, f"/visits/{visit.id}")


def _signed_out(held: Pass, now: datetime) -> list[Operation]:
    passage = Passage(
        visit=held.visit,
        no=held.no,
        day=held.day,
        direction="out",
        at_time=now,
        recorded_at=now,
        site=held.site,
        gate=held.gate,
        by=RULE,
        nonce=f"{RULE}-{held.version}",
    )
    return [_changed(leave(held, now, held.gate, by_rule=True)), create(PassageItem.from_passage(passage))]


def withdraw(call: Call, visit: Visit, public_url: str) -> None:
    """Take back what the invited of a cancelled visit were given, and tell them; who is inside can still leave."""
    calendar_mails.cancel(call, visit)
    guests = [cast(Guest, item.to(Guest)) for item in part(call, visit.id, "visitor#")]
    invited = [guest for guest in guests if guest.status == "invited"]
    if not invited:
        return
    site = sites.site(call.store, visit.site, call.now)
    passes = passes_of(call, visit.id)
    parcels = []
    for guest in invited:
        message = intend(intention(call, "cancelled", visit, site, guest, public_url))
        taken = withdrawn(call, guest, (held for held in passes if held.no == guest.no))
        parcels.append([*taken, *([message] if call.now < visit.ends else [])])
    _write_packed(call, parcels)


def clear(call: Call, visit: Visit) -> bool:
    """Sign out by rule, in time, whoever is still inside a cancelled visit; returns whether nobody is any more."""
    passes = passes_of(call, visit.id)
    if any(held.status == "inside" for held in passes) and call.now < signed_out_at(visit):
        return False
    sign_out(call, visit, passes)
    return True


def passes_of(call: Call, visit_id: str) -> list[Pass]:
    """All passes of a visit, by day and visitor."""
    return [item.to(Pass) for item in part(call, visit_id, "pass#")]


def part(call: Call, visit_id: str, prefix: str) -> list[Any]:
    """All items of a visit whose sort key begins with `prefix`."""
    return every(call.store, Query(ReceptionTable, f"visit#{visit_id}", prefix=prefix, limit=1000))


def _changed(held: Pass) -> Operation:
    return replace_item(PassItem.from_pass(held))


def _write_packed(call: Call, parcels: Iterable[list[Operation]], *checks: Operation) -> None:
    for operations in packed(parcels, TRANSACTION_LIMIT - len(checks)):
        call.commit({}, *checks, *operations)
