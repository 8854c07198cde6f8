"""The visit that an application is for: only one that the applicant may see, and what a form takes over from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from chalicelib.domain.applications import ROWS_LIMIT, Asked, Row, Travel
from chalicelib.domain.approvals import Running
from chalicelib.domain.errors import FieldError, Invalid, NotFound
from chalicelib.domain.reception_items import ReceptionItem, heads
from chalicelib.domain.standards import Line
from chalicelib.domain.visits import HOLDING_BOOKINGS, Visit
from chalicelib.models.approvals import RunningItem
from chalicelib.models.item import Key
from chalicelib.models.visits import VisitItem
from chalicelib.services import approvals
from chalicelib.services.applications.form import currency_of, site_for
from chalicelib.services.call import Call
from chalicelib.services.visits import resource_of

TRAVELS: dict[str, Travel] = {"car": "car", "van": "car", "coach": "coach", "train": "train", "flight": "flight"}
"""By vehicle of a visit."""


def keys_of(visit_id: str) -> list[Key]:
    """What `visit_for` is going to ask, for one batch with other reads."""
    return [VisitItem.at(visit_id), RunningItem.at(approvals.approval_id("visit", visit_id))] if visit_id else []


def visit_for(call: Call, visit_id: str) -> Visit | None:
    """The visit, None for ""; raises Invalid for one that is not there or that the person may not see."""
    if not visit_id:
        return None
    try:
        return seen(call, visit_id)
    except NotFound:
        raise Invalid(FieldError("visit", "unknown_visit")) from None


def seen(call: Call, visit_id: str) -> Visit:
    """The visit, if the person may see it; raises NotFound."""
    head, item = call.store.get(*keys_of(visit_id))
    if head is None:
        raise NotFound
    visit: Visit = head.to(Visit)
    running: Running | None = item.to(Running) if item else None
    call.permit("visit:view", resource_of(visit, running), unseen=True)
    return visit


def currency_for(call: Call, visit_id: str = "") -> str:
    """The currency of an application for the visit, or for none: that of its site, else of the applicant's own."""
    try:
        site = seen(call, visit_id).site if visit_id else ""
    except NotFound:
        site = ""
    return currency_of(site_for(call, site))


def held_by(visit: Visit) -> tuple[str, int]:
    """The budget line of which the visit holds something already, and how much in minor units; ("", 0) without one."""
    if visit.budget is None or visit.status not in HOLDING_BOOKINGS:
        return "", 0
    return visit.budget.line, visit.budget.amount


def prefilled(visit: Visit) -> Asked:
    """What an application for the visit asks for at first: its reception items that cost something."""
    first = visit.starts.astimezone(ZoneInfo(visit.time_zone)).date()
    lines = zip(visit.items, visit.estimate.lines, strict=True)
    rows = (row for item, line in lines if line.cost for row in _rows(visit, item, line, item.day or first))
    return Asked(visit.purpose, tuple(rows)[:ROWS_LIMIT], visit.id)


def _rows(visit: Visit, item: ReceptionItem, line: Line, day: date) -> Iterator[Row]:
    """The rows of an item, priced as its estimate is."""
    price = item.price if item.price is not None else line.amount
    shared = partial(Row, day=day, customer=visit.customer, note=item.note, price=price)
    match item.type:
        case "lodging":
            yield shared("lodging", place=item.venue, rooms=item.rooms, nights=item.nights)
        case "meal":
            yield shared("meals", heads=heads(item), note=item.note or item.venue)
        case "transport":
            travel = TRAVELS.get(item.vehicle or "")
            for leg in item.legs:
                yield shared("transport", travel=travel, origin=leg.origin, goal=leg.goal, heads=1)
        case "gift":
            yield shared("gifts", what=item.what, quantity=item.guests)
        case _:
            category = "alcohol" if item.type == "alcohol" else ""
            what = item.what or item.venue
            yield shared("other", what=what, category=category, amount=line.cost, price=None)
