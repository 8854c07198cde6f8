"""Invitations and passes name the host: they follow a visit that was handed over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any

from chalicelib.domain.handover import Handover
from chalicelib.domain.invitations import Guest
from chalicelib.domain.passes import Pass
from chalicelib.domain.visits import Visit
from chalicelib.models.gate import GuestItem, PassItem
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Operation, Query
from chalicelib.models.store import replace as replace_item
from chalicelib.models.visits import VisitItem
from chalicelib.services.call import Call
from chalicelib.services.directory.reading import every
from chalicelib.services.handover.part import FITS, Part


def part(call: Call, handover: Handover) -> Part | None:
    """What the first of the visits that were handed over still has with the former host."""
    if not handover.following:
        return None
    first, *rest = handover.following
    (item,) = call.store.get(VisitItem.at(first))
    written = _written(call, item.to(Visit), handover.person) if item else iter(())
    operations = list(islice(written, FITS))
    return Part(operations, 0, handover.following if operations else tuple(rest))


def _written(call: Call, visit: Visit, former: str) -> Iterator[Operation]:
    """What still names the former host gets the one that the visit has now."""
    if visit.host == former:
        return
    for prefix, follow in (("visitor#", _guest), ("pass#", _pass)):
        for item in every(call.store, Query(ReceptionTable, f"visit#{visit.id}", prefix=prefix, limit=500)):
            yield from follow(call, item, visit, former)


def _guest(call: Call, item: Any, visit: Visit, former: str) -> Iterator[Operation]:
    guest: Guest = item.to(Guest)
    if guest.appointment.host == former:
        appointment = replace(
            guest.appointment, host=visit.host, host_name=visit.host_name, host_phone=visit.host_phone
        )
        changed = replace(guest, appointment=appointment, version=guest.version + 1)
        yield replace_item(GuestItem.from_guest(changed))


def _pass(call: Call, item: Any, visit: Visit, former: str) -> Iterator[Operation]:
    """A day that is over stays as it was."""
    held: Pass = item.to(Pass)
    if held.host == former and held.ends > call.now:
        changed = replace(held, host=visit.host, host_name=visit.host_name, version=held.version + 1)
        yield replace_item(PassItem.from_pass(changed))
