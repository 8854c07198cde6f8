"""What a new claim begins with: what a visit or an application was for, invoices that were chosen, an older claim."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import cast
from zoneinfo import ZoneInfo

from chalicelib.domain.advances import Advance
from chalicelib.domain.applications import Application
from chalicelib.domain.claims import (
    LINES_LIMIT,
    Claim,
    Line,
    LinkKind,
    Stated,
    StatedLine,
    StatedLink,
    StatedOffset,
    StatedPart,
)
from chalicelib.domain.errors import NotFound
from chalicelib.domain.money import allocate
from chalicelib.domain.visits import Visit
from chalicelib.services import advances, received
from chalicelib.services.call import Call
from chalicelib.services.claims import sources
from chalicelib.services.claims.form import today
from chalicelib.services.claims.record import kept, resource_of
from chalicelib.services.permissions import COMPANY
from chalicelib.services.visits import currency_at

_OF_ITEM: Mapping[str, str] = {
    "meal": "meal",
    "alcohol": "alcohol",
    "lodging": "lodging",
    "transport": "local_transport",
    "gift": "gift",
}
"""By type of an item of a reception: the expense category that it usually is; of others `other`."""
_OF_INVOICE: Mapping[str, str] = {"rail": "long_transport", "air": "long_transport", "toll": "local_transport"}
_USUAL = "meal"


def blank(call: Call) -> Stated:
    """An empty claim in the currency of where the person works."""
    call.permit("claim:create", COMPANY)
    return Stated("", currency_at(call, call.me.site or ""))


def from_visit(call: Call, id: str) -> Stated:
    """A claim for a visit: a line for each thing that it was to have. Raises NotFound unless the person took part."""
    visit = cast(Visit, _linked(call, "visit", id))
    zone = ZoneInfo(visit.time_zone)
    first = visit.starts.astimezone(zone).date()
    currency = visit.estimate.currency or blank(call).currency
    costs = [line.cost for line in visit.estimate.lines]
    lines = [
        StatedLine(
            _OF_ITEM.get(item.type, "other"),
            _no_later(call, item.day or first),
            (costs[row] if row < len(costs) else None) or "",
            currency,
            heads=item.guests + item.hosts,
            nights=item.nights,
            description=item.what,
            customer=visit.customer,
        )
        for row, item in enumerate(visit.items[:LINES_LIMIT])
    ]
    return Stated(visit.purpose, currency, tuple(lines), (StatedLink("visit", id),))


def from_application(call: Call, id: str) -> Stated:
    """A claim for a budget application: its rows as lines. Raises NotFound for another person's."""
    application = cast(Application, _linked(call, "application", id))
    lines = [
        StatedLine(
            row.category or _USUAL,
            _no_later(call, row.day),
            row.cost or "",
            row.currency or application.currency,
            place=row.place or " – ".join(each for each in (row.origin, row.goal) if each),
            heads=row.heads,
            nights=row.nights,
            description=row.what,
            project=row.project,
            customer=row.customer,
        )
        for row in application.rows[:LINES_LIMIT]
    ]
    links = [StatedLink("application", id), *([StatedLink("visit", application.visit)] if application.visit else [])]
    return Stated(application.purpose, application.currency, tuple(lines), tuple(links))


def from_invoices(call: Call, ids: Sequence[str]) -> Stated:
    """A claim with a line for each of these invoices of the person, for what of it was not claimed yet."""
    claim = blank(call)
    found = received.standing(call.store, ids[:LINES_LIMIT])
    own = [each for each in found.values() if each.received.owner == call.me.id and each.left]
    lines = [
        StatedLine(
            _OF_INVOICE.get(each.received.type, _USUAL),
            _no_later(call, each.received.day),
            each.left,
            each.received.currency,
            tax=each.received.tax if each.left == each.received.total else "",
            invoice=each.received.id,
            vendor=each.received.seller,
        )
        for each in own
    ]
    return replace(claim, lines=tuple(lines))


def from_claim(call: Call, id: str) -> Stated:
    """What another claim says, without its invoices and what it was linked to; raises NotFound for one unseen."""
    claim = kept(call.store, id)
    call.permit("claim:view", resource_of(claim), unseen=True)
    call.permit("claim:create", COMPANY)
    stated = stated_of(claim)
    lines = tuple(replace(line, key="", invoice="") for line in stated.lines)
    return replace(stated, lines=lines, links=(), offsets=(), budget_reason="")


def stated_of(claim: Claim) -> Stated:
    """What its applicant stated of a claim, sums in minor units."""
    names = ("category", "day", "amount", "currency", "key", "tax", "place", "heads", "nights", "description")
    more = ("project", "customer", "invoice", "vendor", "reason")
    lines = []
    for line in claim.lines:
        alone = [part.department for part in line.allocations] == [claim.department]
        parts = () if alone else _parts(line)
        lines.append(StatedLine(**{name: getattr(line, name) for name in (*names, *more)}, parts=parts))
    links = tuple(StatedLink(link.kind, link.document, link.finished) for link in claim.links)
    offsets = tuple(StatedOffset(offset.advance, offset.amount) for offset in claim.offsets)
    return Stated(claim.purpose, claim.currency, tuple(lines), links, offsets, claim.budget_reason)


def open_advances(call: Call, currency: str) -> list[Advance]:
    """The person's advances of which something can be cleared, oldest first."""
    return advances.open_of(call.store, call.me.id, currency)


def _parts(line: Line) -> tuple[StatedPart, ...]:
    """The departments of a line as they were stated: by share, or by amounts in the line's own currency."""
    amounts = allocate(line.amount, [part.amount for part in line.allocations])
    pairs = zip(line.allocations, amounts, strict=True)
    return tuple(StatedPart(part.department, part.share, "" if part.share else amount) for part, amount in pairs)


def _linked(call: Call, kind: LinkKind, id: str) -> Visit | Application:
    """The pre-application, if claims of this person may settle it; raises NotFound."""
    call.permit("claim:create", COMPANY)
    found = sources.read(call.store, [StatedLink(kind, id)]).get(id)
    if found is None or call.me.id not in found.people or not found.settles:
        raise NotFound
    return found.record


def _no_later(call: Call, day: date) -> date:
    """The day, or today where it is still to come: nothing is claimed before it was spent."""
    return min(day, today(call))
