"""The ledger of visits: a filtered list, its figures and their course over the months."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict, Field

from chalicelib.domain.sites import localised
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.fields import Id, Line, Month
from chalicelib.handlers.sheets import ListQuery, asked_of
from chalicelib.handlers.visits.shown import list_data
from chalicelib.services import ledger, sites
from chalicelib.services.call import Call
from chalicelib.services.sheets import customers, ratings
from chalicelib.services.sheets.ledger import SHEET, filters

area = Area(__name__)


class LedgerQuery(ListQuery):
    """Which visits: of a department with all below it, of a site, from month to month (at most 13), and so on."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    department: Id | None = None
    site: Id | None = None
    first: Month | None = Field(default=None, alias="from")
    last: Month | None = Field(default=None, alias="to")
    host: Id | None = None
    status: (
        Literal["pending", "returned", "withdrawn", "rejected", "approved", "cancelled", "closed", "archived"] | None
    ) = None
    purpose: Line | None = None
    customer: Line | None = None


class CustomersQuery(ListQuery):
    """How often customers came in a month."""

    month: Month | None = None


class RatingsQuery(ListQuery):
    """What visitors said at a site: the reader's own unless another is asked for."""

    site: Id | None = None


@area.endpoint("GET", "/ledger/visits", action="ledger:view", query=LedgerQuery, page="ledger.html", sheet=SHEET)
def show_ledger(call: Call, query: LedgerQuery) -> dict[str, Any]:
    """The visits that I may see, the latest month first, with the figures of the whole period."""
    wanted = filters(call, asked_of(query))
    page = ledger.visits(call, wanted, query.cursor, query.limit)
    summary = ledger.summary(call, wanted)
    return {
        "items": [list_data(call, visit) for visit in page.visits],
        "next": page.next,
        "period": {"from": wanted.first, "to": wanted.last},
        "totals": summary.totals if summary else None,
        "months": [{"month": month} | vars(totals) for month, totals in summary.months] if summary else [],
        "costs": [vars(costs) | {"months": by_month} for costs, by_month in summary.costs] if summary else [],
        "choices": _choices(call),
    }


@area.endpoint(
    "GET",
    "/ledger/customers",
    action="ledger:view",
    query=CustomersQuery,
    page="ledger_customers.html",
    sheet=customers.SHEET,
)
def show_customers(call: Call, query: CustomersQuery) -> dict[str, Any]:
    """Which customers came how often in a month, the most frequent first."""
    month = customers.settled(call, asked_of(query))["month"]
    rows = ledger.frequencies(call, month)
    return {"items": [{"customer": each.customer} | vars(each.totals) for each in rows], "next": None, "month": month}


@area.endpoint(
    "GET",
    "/ledger/ratings",
    action="ledger:view",
    query=RatingsQuery,
    page="ledger_ratings.html",
    sheet=ratings.SHEET,
)
def show_ratings(call: Call, query: RatingsQuery) -> dict[str, Any]:
    """What visitors said of visits at a site, the newest first."""
    wanted = ratings.settled(call, asked_of(query))
    items, cursor = ratings.found(call, wanted, query.cursor, query.limit)
    return {"items": [vars(each) for each in items], "next": cursor, "site": wanted["site"], "sites": _sites(call)}


def _choices(call: Call) -> dict[str, list[dict[str, str]]]:
    """What the list can be narrowed to."""
    return {
        "departments": [{"id": each.id, "name": each.name} for each in ledger.departments(call)],
        "sites": _sites(call),
    }


def _sites(call: Call) -> list[dict[str, str]]:
    known = sites.sites(call.store, call.now)
    return [{"id": each.id, "name": localised(each.name, call.locale)} for each in known]
