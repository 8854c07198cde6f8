"""The end of a visit: closed when nobody is inside any more, withdrawn when it is cancelled, archived at last."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from itertools import batched
from typing import Any, cast

from chalicelib.domain.approvals import Cancel, Entry, Running
from chalicelib.domain.archives import counted
from chalicelib.domain.checklist import Task
from chalicelib.domain.errors import Contention
from chalicelib.domain.invitations import Guest
from chalicelib.domain.passes import Pass, Passage, leave, miss
from chalicelib.domain.visits import SIGNED_OUT_AFTER, Visit, move, signed_out_at
from chalicelib.models.approvals import RunningItem
from chalicelib.models.archive import ArchiveItem
from chalicelib.models.gate import PassageItem, PassItem
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import TRANSACTION_LIMIT, Check, Delete, Operation, Query, create
from chalicelib.models.store import replace as replace_item
from chalicelib.models.visits import GuestsItem, VisitItem
from chalicelib.models.work import OpenVisitItem
from chalicelib.services import approvals, bookings, calendar_mails, sites
from chalicelib.services.call import Call
from chalicelib.services.directory.reading import every
from chalicelib.services.inviting import packed, withdrawn
from chalicelib.services.notifications import intend, intention, not_intended, notify
from chalicelib.services.visits.record import summary_of

ASK_AGAIN_AFTER = timedelta(minutes=15)
NAMES_LENGTH = 200
RULE = "rule"
"""Whose hand a sign-out by rule is, in place of a guard's id."""
UNARCHIVED = ("link", "nonce", "document_mark")
"""What an archive does not hold of an invitation: what opens gates, and what only the lists are asked by."""


def close(call: Call, visit: Visit) -> datetime | None:
    """Close an approved visit whose time is over; returns when to ask again while somebody is inside, else None.

    Who did not come becomes a no-show, and where nobody came, what was booked is given back; who is still inside half a
    day after the end is signed out by rule.
    Raises Contention when a pass or the visit moves at the same moment; then the same call is safe again.
    """
    passes = passes_of(call, visit.id)
    inside = [held for held in passes if held.status == "inside"]
    if inside and call.now < signed_out_at(visit):
        return call.now + ASK_AGAIN_AFTER
    still = Check(VisitItem.at(visit.id), {"version": visit.version}, Contention())
    _sign_out(call, visit, passes, still)
    _write_packed(call, [[_changed(miss(held))] for held in passes if held.status == "expected"], still)
    closed = replace(move(visit, "close", call.now), proposal=None)
    used = replace(visit, proposal=None, bookings=visit.bookings if any(held.first_in for held in passes) else ())
    operations = [*_without_proposal(call, visit), *bookings.moving(visit, used)]
    call.commit({}, replace_item(VisitItem.from_visit(closed)), *operations)
    return None


def close_days(call: Call, visit: Visit) -> None:
    """Settle the days of an approved visit that are over while others are to come, each half a day after its end.

    Who is still inside on a pass of such a day is signed out by rule, who did not come on it becomes a no-show.
    Raises Contention when a pass or the visit moves at the same moment; then the same call is safe again.
    """
    passes = [held for held in passes_of(call, visit.id) if held.ends + SIGNED_OUT_AFTER <= call.now]
    still = Check(VisitItem.at(visit.id), {"version": visit.version}, Contention())
    _sign_out(call, visit, passes, still)
    _write_packed(call, [[_changed(miss(held))] for held in passes if held.status == "expected"], still)


def _without_proposal(call: Call, visit: Visit) -> list[Operation]:
    """A change that nobody decided in time ends with the visit."""
    if visit.proposal is None or visit.approval is None:
        return []
    (item,) = call.store.get(RunningItem.at(visit.approval))
    action = Cancel(by=RULE, seen=visit.version)
    _, operations = approvals.move(call, item.to(Running), item, action, summary_of(visit))
    return list(operations)


def _sign_out(call: Call, visit: Visit, passes: Sequence[Pass], *checks: Operation) -> None:
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
    guests = [cast(Guest, item.to(Guest)) for item in _part(call, visit.id, "visitor#")]
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
    _sign_out(call, visit, passes)
    return True


def archive(call: Call, visit: Visit, public_url: str) -> None:
    """Archive a closed visit with all that is known of it; whoever slipped in since the close is signed out."""
    _sign_out(call, visit, passes_of(call, visit.id))
    _ask_how_it_was(call, visit, public_url)
    text = json.dumps(_everything(call, visit), ensure_ascii=False, sort_keys=True, default=_plain).encode()
    _, pk, sk = ArchiveItem.at(visit.id)
    item = ArchiveItem(
        pk, sk, content=zlib.compress(text, 9), sha256=hashlib.sha256(text).hexdigest(), archived_at=call.now
    )
    archived = move(visit, "archive", call.now)
    call.commit(
        {},
        create(item),
        replace_item(VisitItem.from_visit(archived)),
        Delete(OpenVisitItem.at(visit.id), {}),
    )


def _ask_how_it_was(call: Call, visit: Visit, public_url: str) -> None:
    """Ask everybody who came, once."""
    came = {held.no for held in passes_of(call, visit.id) if held.entries}
    site = sites.site(call.store, visit.site, call.now)
    guests = [cast(Guest, item.to(Guest)) for item in _part(call, visit.id, "visitor#") if item.no in came]
    intents = [intention(call, "survey", visit, site, guest, public_url) for guest in guests if guest.phone]
    for batch in batched(intents, TRANSACTION_LIMIT - 1, strict=False):
        if new := not_intended(call, batch):
            call.commit({}, *(intend(intent) for intent in new))


def _everything(call: Call, visit: Visit) -> dict[str, Any]:
    """What spec 1.7 asks for, as far as it exists; no link and no nonce, which open gates."""
    (listed,) = call.store.get(GuestsItem.at(visit.id))
    approval = approvals.history(call, visit.approval) if visit.approval else None
    guests = [asdict(item.to(Guest)) for item in _part(call, visit.id, "visitor#")]
    parts = {
        "visitors": [asdict(visitor) for visitor in listed.visitors] if listed else [],
        "invitations": [{name: guest[name] for name in guest if name not in UNARCHIVED} for guest in guests],
        "passes": [asdict(held) for held in passes_of(call, visit.id)],
        "passages": [asdict(item.to(Passage)) for item in _part(call, visit.id, "passage#")],
        "checklist": [asdict(item.to(Task)) for item in _part(call, visit.id, "task#")],
        "approvals": [_trail(*approval)] if approval else [],
    }
    return {"visit": asdict(visit), "holds": counted(parts), **parts}


def _trail(running: Running, entries: Iterable[Entry]) -> dict[str, Any]:
    return {
        "id": running.id,
        "status": running.status,
        "definition": f"{running.definition_key} {running.definition_version}",
        "trail": [asdict(entry) for entry in entries],
    }


def passes_of(call: Call, visit_id: str) -> list[Pass]:
    """All passes of a visit, by day and visitor."""
    return [item.to(Pass) for item in _part(call, visit_id, "pass#")]


def _part(call: Call, visit_id: str, prefix: str) -> list[Any]:
    return every(call.store, Query(ReceptionTable, f"visit#{visit_id}", prefix=prefix, limit=1000))


def _changed(held: Pass) -> Operation:
    return replace_item(PassItem.from_pass(held))


def _write_packed(call: Call, parcels: Iterable[list[Operation]], *checks: Operation) -> None:
    for operations in packed(parcels, TRANSACTION_LIMIT - len(checks)):
        call.commit({}, *checks, *operations)


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
