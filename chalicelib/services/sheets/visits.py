"""Visits as a file: those that I applied for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from chalicelib.domain.sites import Site, localised
from chalicelib.domain.visits import Visit
from chalicelib.services import sites, visits
from chalicelib.services.call import Call
from chalicelib.services.exports import Asked, Cell, Column, Sheet, local, titled, word
from chalicelib.web.i18n import N_
from chalicelib.web.money import amount


def _site(call: Call, visit: Visit) -> Site:
    return sites.site(call.store, visit.site, call.now)


def _at_site(call: Call, visit: Visit, moment: datetime) -> Cell:
    return local(call, moment, _site(call, visit).time_zone)


def _cost(visit: Visit) -> Cell:
    """A number that can be summed up, in the currency of the next column."""
    estimate = visit.estimate
    return Decimal(amount(estimate.total, estimate.currency)) if estimate.total else None


COLUMNS: Mapping[str, Callable[[Call, Visit], Cell]] = {
    N_("Number"): lambda call, visit: visit.number,
    N_("First visitor"): lambda call, visit: visit.party,
    N_("Visitors"): lambda call, visit: visit.visitors,
    N_("Customer"): lambda call, visit: visit.customer,
    N_("Purpose"): lambda call, visit: visit.purpose,
    N_("Host"): lambda call, visit: visit.host_name,
    N_("Applicant"): lambda call, visit: visit.applicant_name,
    N_("Site"): lambda call, visit: localised(_site(call, visit).name, call.locale),
    N_("Starts"): lambda call, visit: _at_site(call, visit, visit.starts),
    N_("Ends"): lambda call, visit: _at_site(call, visit, visit.ends),
    N_("Estimated cost"): lambda call, visit: _cost(visit),
    N_("Currency"): lambda call, visit: visit.estimate.currency if visit.estimate.total else "",
    N_("Status"): lambda call, visit: word(call, visit.status),
}


def columns(call: Call, asked: Asked) -> Sequence[Column]:
    """What a file tells of visits; times are those of the site."""
    return titled(call, COLUMNS)


def _mine(call: Call, asked: Asked, cursor: str | None, limit: int) -> tuple[Sequence[Visit], str | None]:
    page = visits.mine(call, cursor, limit)
    return [item.to(Visit) for item in page.items], page.cursor


SHEET = Sheet("visits", N_("Visits"), _mine, columns)
