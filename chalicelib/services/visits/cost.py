"""What a visit costs: its estimate by the standards. The one place that says how much of a budget it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from chalicelib.domain.errors import FieldError, Invalid, NotFound
from chalicelib.domain.reception_items import ReceptionItem
from chalicelib.domain.standards import Book, Estimate, check_estimate, estimate
from chalicelib.domain.visits import Application, Visit
from chalicelib.services import sites, standards
from chalicelib.services.call import Call
from chalicelib.services.permissions import COMPANY
from chalicelib.web.money import digits_of


@dataclass(frozen=True)
class Cost:
    """A sum in minor units of `currency`."""

    amount: int
    currency: str


def cost_of(visit: Visit) -> Cost:
    """What the visit is expected to cost; nothing where it asks for nothing that costs."""
    return Cost(visit.estimate.total, visit.estimate.currency)


def known_for(call: Call, asked: Application) -> Book:
    """The standards of a moment ago by which a draft is estimated; none are read for one that asks for nothing."""
    return standards.known(call.store, call.now) if asked.items or asked.level else Book()


def currency_at(call: Call, site_id: str) -> str:
    """The currency of the site, that of most companies where there is no such site."""
    try:
        return sites.site(call.store, site_id, call.now).currency
    except NotFound:
        return "CNY"


def estimated(visit: Visit, book: Book, currency: str) -> Visit:
    """The visit with its estimate by these standards, in the currency of its site."""
    first = visit.starts.astimezone(ZoneInfo(visit.time_zone)).date()
    found = estimate(visit.items, book, visit.level, visit.site, currency, first)
    return replace(visit, estimate=found)


def check_level(level: str, book: Book) -> None:
    """Raise Invalid for a level of visitors that there is not."""
    if level and book.level(level) is None:
        raise Invalid(FieldError("level", "unknown_level"))


def check_submission(visit: Visit) -> None:
    """Raise Invalid naming every excess that is blocked or lacks its reason, and every item that lacks a price."""
    found = visit.estimate
    if faults := [*check_estimate(found, digits_of(found.currency) or 0)]:
        raise Invalid(*faults)


def preview(call: Call, items: Sequence[ReceptionItem], level: str, site: str, first: date) -> Estimate:
    """The estimate of what somebody is about to apply for, from `first` on; nothing is saved."""
    call.permit("visit:create", COMPANY)
    book = standards.known(call.store, call.now)
    return estimate(items, book, level, site, currency_at(call, site), first)
