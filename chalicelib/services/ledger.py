"""The ledger of visits: a page of those that the person may see, and the figures of the whole period.

Sites and departments are answered by keys, one query each for the whole period; host, status and purpose choose among
what those bring. Without a department, whoever sees the whole company reads the sites, a head of department the
departments below, or the sites where those are fewer.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from chalicelib.domain.directory import Department
from chalicelib.domain.errors import Forbidden, Malformed
from chalicelib.domain.ledger import Costs, Filters, Totals, check, costs_of, matches, totals_of
from chalicelib.domain.statistics import COMPANY, Measure, department_scope, site_scope
from chalicelib.domain.visits import Visit
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Page, Query
from chalicelib.models.visits import list_order
from chalicelib.services import directory, sites, statistics
from chalicelib.services.call import Call
from chalicelib.services.permissions import Resource
from chalicelib.services.visits import resource_of

DEPARTMENTS_LIMIT = 10
"""Departments that a page reads one by one; for more of them it looks through the sites, which are fewer."""
SIFTED = 200
"""Visits of each place that a page looks through where only some of them are asked for."""

_POSITION = re.compile(r"(\d{4}-\d\d)-\d\dT[\d:.]{15}Z#[\w-]+")


@dataclass(frozen=True)
class Scope:
    """What the person may see of what was asked for.

    `kind` and `ids` name the partitions (departments or sites); `figures` are the scopes of the statistics that add up
    to it, empty where no kept figure says it; `each`: whether every visit is asked about.
    """

    kind: Literal["department", "site"]
    ids: tuple[str, ...]
    figures: tuple[str, ...]
    each: bool


@dataclass(frozen=True)
class LedgerPage:
    """Visits, the latest start first, and the cursor of what follows."""

    visits: list[Visit]
    next: str | None


def scope_of(call: Call, filters: Filters) -> Scope:
    """Decide what the person may see; raises Forbidden for who has no part in the ledger."""
    every_department = directory.departments(call.store, call.now)
    if filters.department:
        path = next((each.path for each in every_department if each.id == filters.department), ())
        call.permit("ledger:view", _resource(filters, path))
        figures = () if filters.site else (department_scope(filters.department),)
        return _below(call, filters, every_department, {filters.department}, figures)
    if call.may("ledger:view", _resource(filters, ())):
        call.permit("ledger:view", _resource(filters, ()))
        figures = (site_scope(filters.site) if filters.site else COMPANY,)
        return Scope("site", _sites(call, filters), figures, each=False)
    return _own_scope(call, filters, every_department)


def departments(call: Call) -> list[Department]:
    """The departments whose visits the person may ask for, by name."""
    known = directory.departments(call.store, call.now)
    if call.may("ledger:view", Resource("Visit", "ledger")):
        return known
    return [each for each in known if call.heads & {*each.path}]


def _own_scope(call: Call, filters: Filters, every_department: Sequence[Department]) -> Scope:
    """The departments that the person heads, with all below them."""
    if not call.heads:
        raise Forbidden
    call.permit("ledger:view", _resource(filters, sorted(call.heads)))
    tops = [each.id for each in every_department if each.id in call.heads and not call.heads & {*each.path[:-1]}]
    figures = () if filters.site else tuple(department_scope(top) for top in tops)
    return _below(call, filters, every_department, call.heads, figures)


def _resource(filters: Filters, departments: Sequence[str]) -> Resource:
    return Resource("Visit", "ledger", {"departments": list(departments), "site": filters.site})


def _below(
    call: Call,
    filters: Filters,
    every_department: Sequence[Department],
    tops: Collection[str],
    figures: tuple[str, ...],
) -> Scope:
    """Some departments with all below them, looked for where fewer places have to be read."""
    below = tuple(each.id for each in every_department if not {*tops}.isdisjoint(each.path))
    if len(below) <= DEPARTMENTS_LIMIT:
        return Scope("department", below, figures, each=True)
    return Scope("site", _sites(call, filters), figures, each=True)


def _sites(call: Call, filters: Filters) -> tuple[str, ...]:
    return (filters.site,) if filters.site else tuple(site.id for site in sites.sites(call.store, call.now))


def visits(call: Call, filters: Filters, cursor: str | None, limit: int) -> LedgerPage:
    """One page of the visits asked for. Raises Invalid for the period, Forbidden, Malformed for a foreign cursor.

    Costs one query for each site or department in question. Where only some visits are asked for, a page may show
    fewer than `limit` and still have a next.
    """
    check(filters)
    scope = scope_of(call, filters)
    read, rest = _merged(_read(call, scope, filters, cursor, limit))
    shown: list[Visit] = []
    for visit in read:
        if len(shown) == limit:
            return LedgerPage(shown, _encoded(list_order(visit)))
        if matches(visit, filters) and _may(call, scope, visit):
            shown.append(visit)
    return LedgerPage(shown, _encoded(rest) if rest else None)


def _read(call: Call, scope: Scope, filters: Filters, cursor: str | None, limit: int) -> list[Page]:
    """The next visits of each place from the cursor on, which names the first that was not shown."""
    index = {"department": 2, "site": 3}[scope.kind]
    sifts = filters.chooses or (scope.kind == "site" and scope.each)
    span: dict[str, Any] = {"start": filters.first, "end": _position(filters, cursor)}
    span |= {"newest_first": True, "limit": SIFTED if sifts else limit + 1}
    return [call.store.query(Query(ReceptionTable, f"{scope.kind}#{id}", index=index, **span)) for id in scope.ids]


def _merged(pages: Sequence[Page]) -> tuple[list[Visit], str]:
    """The visits of all pages in the order of the list, down to where a place has more than was read, and that place
    in the order ("" at the end)."""
    ends = [list_order(page.items[-1].to(Visit)) for page in pages if page.cursor]
    rest = max(ends, default="")
    read = [item.to(Visit) for page in pages for item in page.items]
    return sorted((each for each in read if list_order(each) > rest), key=list_order, reverse=True), rest


def _may(call: Call, scope: Scope, visit: Visit) -> bool:
    """A list never shows what the visit's own page would refuse."""
    return not scope.each or call.may("visit:view", resource_of(visit))


def _encoded(position: str) -> str:
    return base64.urlsafe_b64encode(position.encode()).decode().rstrip("=")


def _position(filters: Filters, cursor: str | None) -> str:
    """Where in the order of lists to begin: the end of the period, or what the cursor names within it."""
    if cursor is None:
        return f"{filters.last}~"  # sorts behind every moment of that month
    try:
        position = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError) as error:
        raise Malformed("bad_cursor") from error
    found = _POSITION.fullmatch(position)
    if not found or not filters.first <= found[1] <= filters.last:
        raise Malformed("bad_cursor")
    return position


@dataclass(frozen=True)
class Summary:
    """The figures of a period and of each of its months, the earliest first; `costs` by currency, with each month's."""

    totals: Totals
    months: list[tuple[str, Totals]]
    costs: list[tuple[Costs, list[int]]]


def summary(call: Call, filters: Filters) -> Summary | None:
    """The kept figures for period and scope; None where none are kept (department and site together; chosen rows).

    Costs one query for each of the departments that the person heads, one for everybody else.
    """
    check(filters)
    scope = scope_of(call, filters)
    if not scope.figures or filters.chooses:
        return None
    months = filters.months[::-1]
    found: dict[str, dict[str, Counter[Measure]]] = {"": {month: Counter() for month in months}}
    for name in scope.figures:
        for currency, figures in statistics.read_with_costs(call.store, name, months).items():
            kept = found.setdefault(currency, {month: Counter() for month in months})
            for month in months:
                kept[month].update(figures[month])
    by_month = found.pop("")
    whole: Counter[Any] = sum(by_month.values(), Counter())
    this_month = f"{call.now:%Y-%m}"  # a month to come tells nothing until there are visits in it
    shown = [(month, totals_of(figures)) for month, figures in by_month.items()]
    shown = [each for each in shown if each[0] <= this_month or each[1].visits]
    costs = [_costs(currency, found[currency], [month for month, _ in shown]) for currency in sorted(found)]
    return Summary(totals_of(whole), shown, [each for each in costs if each[0].total])


def _costs(currency: str, by_month: Mapping[str, Counter[Measure]], months: Sequence[str]) -> tuple[Costs, list[int]]:
    whole: Counter[Any] = sum(by_month.values(), Counter())
    return costs_of(currency, whole), [by_month[month]["cost"] for month in months]


@dataclass(frozen=True)
class Frequency:
    """How often a customer came in a month."""

    customer: str
    totals: Totals


def frequencies(call: Call, month: str) -> list[Frequency]:
    """The customers of a month, who came most often first; for those who see the whole company."""
    call.permit("ledger:view", Resource("Visit", "ledger"))
    found = statistics.customers(call.store, month)
    rows = [Frequency(name, totals_of(figures)) for (name, currency), figures in found.items() if not currency]
    return sorted((each for each in rows if each.totals.visits), key=lambda each: (-each.totals.visits, each.customer))
