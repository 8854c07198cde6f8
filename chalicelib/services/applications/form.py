"""From what an applicant states to an application: categories and rates looked up, every field checked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from chalicelib.domain.applications import (
    Application,
    Asked,
    Row,
    check_converted,
    cost_of,
    faults_of,
    usual_category,
)
from chalicelib.domain.errors import FieldError, Invalid, NotFound
from chalicelib.domain.expenses import Categories
from chalicelib.domain.money import exchange
from chalicelib.domain.sites import Site
from chalicelib.services import expenses, rates, sites
from chalicelib.services.call import Call
from chalicelib.web.money import digits_of

USUAL_CURRENCY = "CNY"
"""Where the company has no site yet."""


def site_for(call: Call, site_id: str = "") -> Site | None:
    """The site whose currency and clock count: that of a visit, else the applicant's own; None where there is none."""
    wanted = site_id or call.me.site
    known = sorted(sites.sites(call.store, call.now), key=lambda site: (site.id != wanted, site.id))
    return known[0] if known else None


def currency_of(site: Site | None) -> str:
    """The currency of an application at the site."""
    return site.currency if site else USUAL_CURRENCY


def today_at(call: Call, site: Site | None) -> date:
    """The day at the site, at the person's own place where there is no site."""
    return call.now.astimezone(ZoneInfo(site.time_zone if site else call.me.time_zone)).date()


def categories_now(call: Call) -> Categories:
    """The expense categories of this moment; no read where their head was read ahead."""
    (head,) = call.store.get(expenses.head())
    return expenses.as_of(call.store, head, call.now)


def budgets_of(known: Categories) -> dict[str, str]:
    """By key of an expense category: the category of the budgets from which it takes."""
    return {each.key: each.budget for each in known.items}


def filled(call: Call, asked: Asked, blank: Application, known: Categories) -> Application:
    """The application with what is asked for, reckoned by the rates of today.

    Raises Invalid naming every field that cannot stand.
    """
    site = site_or_none(call, blank.site)
    rows = categorised(asked.rows, blank.currency)
    faults = [*faults_of(rows, today_at(call, site)), *_categories(rows, known)]
    if faults:
        raise Invalid(*faults)
    reckoned = _reckoned(call, rows, blank.currency, today_at(call, site))
    check_converted(reckoned)
    return replace(
        blank,
        purpose=asked.purpose,
        rows=tuple(reckoned),
        budget_reason=asked.budget_reason,
        shares=(),
    )


def site_or_none(call: Call, site_id: str) -> Site | None:
    """The site, None where there is none."""
    try:
        return sites.site(call.store, site_id, call.now)
    except NotFound:
        return None


def categorised(rows: Iterable[Row], currency: str) -> tuple[Row, ...]:
    """The rows with the category and the currency that they have where nobody chose others."""
    return tuple(
        replace(
            row,
            category=row.category or usual_category(row.type, row.travel),
            currency=row.currency or currency,
        )
        for row in rows
    )


def _categories(rows: Sequence[Row], known: Categories) -> list[FieldError]:
    found = [known.get(row.category) for row in rows]
    wrong = [number for number, each in enumerate(found) if each is None or not each.active]
    return [FieldError(f"rows.{number}.category", "category_needed") for number in wrong]


def _reckoned(call: Call, rows: Sequence[Row], currency: str, day: date) -> list[Row]:
    """The rows with what they come to; raises Invalid naming every one whose currency has no rate of these days."""
    done: list[Row] = []
    faults: list[FieldError] = []
    for number, row in enumerate(rows):
        try:
            done.append(reckoned(call, row, currency, day, f"rows.{number}.currency"))
        except Invalid as refused:
            faults += refused.fields
    if faults:
        raise Invalid(*faults)
    return done


def reckoned(call: Call, row: Row, currency: str, day: date, path: str) -> Row:
    """The row with its cost, and that in `currency` by the rate of the day; raises Invalid at `path` without a rate."""
    cost = cost_of(row) or 0
    if row.currency == currency:
        return replace(row, cost=cost, rate="1", rate_day=None, converted=cost, line="")
    rate = rates.rate_on(call, row.currency, currency, day, path)
    converted = exchange(cost, Decimal(str(rate.value)), digits_of(row.currency) or 0, digits_of(currency) or 0)
    return replace(row, cost=cost, rate=str(rate.value), rate_day=rate.day, converted=converted, line="")


def asked_of(application: Application) -> Asked:
    """What the applicant of an application asked for: the way back from `filled`."""
    return Asked(application.purpose, application.rows, application.visit, application.budget_reason)
