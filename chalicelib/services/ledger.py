"""The ledger of visits: a page of those that the person may see, and the figures of the whole period.

Department and site with their months are answered by keys; host, status and purpose choose among what those bring.
Without a department, whoever sees the whole company walks the sites, a head of department the departments below.
"""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from chalicelib.domain.directory import Department
from chalicelib.domain.errors import Forbidden, Malformed
from chalicelib.domain.ledger import Filters, Totals, check, matches, totals_of
from chalicelib.domain.statistics import COMPANY, Measure, department_scope, site_scope
from chalicelib.domain.visits import Visit
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Query
from chalicelib.services import directory, sites, statistics
from chalicelib.services.call import Call
from chalicelib.services.permissions import Resource
from chalicelib.services.visits import resource_of

QUERIES_LIMIT = 40
"""Partitions that one page looks into; a page may end early, its cursor goes on."""


@dataclass(frozen=True)
class Scope:
    """What the person may see of what was asked for.

    `kind` and `ids` name the partitions (department or site, each by month); `figures` are the scopes of the
    statistics that add up to it, empty where no kept figure says it; `each`: whether every visit is asked about.
    """

    kind: str
    ids: tuple[str, ...]
    figures: tuple[str, ...]
    each: bool


@dataclass(frozen=True)
class LedgerPage:
    """Visits, months from the latest on, and the cursor of what follows."""

    visits: list[Visit]
    next: str | None


def scope_of(call: Call, filters: Filters) -> Scope:
    """Decide what the person may see; raises Forbidden for who has no part in the ledger."""
    every_department = directory.departments(call.store, call.now)
    if filters.department:
        path = next((each.path for each in every_department if each.id == filters.department), ())
        call.permit("ledger:view", _resource(filters, path))
        figures = () if filters.site else (department_scope(filters.department),)
        return Scope("department", _below(every_department, {filters.department}), figures, each=True)
    if call.may("ledger:view", _resource(filters, ())):
        call.permit("ledger:view", _resource(filters, ()))
        known = (filters.site,) if filters.site else tuple(site.id for site in sites.sites(call.store, call.now))
        return Scope("site", known, (site_scope(filters.site) if filters.site else COMPANY,), each=False)
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
    return Scope("department", _below(every_department, call.heads), figures, each=True)


def _resource(filters: Filters, departments: Sequence[str]) -> Resource:
    return Resource("Visit", "ledger", {"departments": list(departments), "site": filters.site})


def _below(every_department: Sequence[Department], tops: set[str] | frozenset[str]) -> tuple[str, ...]:
    return tuple(each.id for each in every_department if tops & {*each.path})


def visits(call: Call, filters: Filters, cursor: str | None, limit: int) -> LedgerPage:
    """One page of the visits asked for. Raises Invalid for the period, Forbidden, Malformed for a foreign cursor."""
    check(filters)
    scope = scope_of(call, filters)
    places = [(month, id) for month in filters.months for id in scope.ids]
    at, inner = _position(places, cursor)
    found: list[Visit] = []
    for _ in range(QUERIES_LIMIT):
        if at >= len(places) or len(found) >= limit:
            break
        month, id = places[at]
        page = call.store.query(replace(_query(scope, month, id), limit=limit - len(found), cursor=inner))
        read = (item.to(Visit) for item in page.items)
        found += [visit for visit in read if matches(visit, filters) and _may(call, scope, visit)]
        at, inner = (at, page.cursor) if page.cursor else (at + 1, None)
    return LedgerPage(found, _cursor(*places[at], inner) if at < len(places) else None)


def _query(scope: Scope, month: str, id: str) -> Query:
    index = {"department": 2, "site": 3}[scope.kind]
    return Query(ReceptionTable, f"{scope.kind}#{id}#{month}", index=index, newest_first=True)


def _may(call: Call, scope: Scope, visit: Visit) -> bool:
    """A list never shows what the visit's own page would refuse."""
    return not scope.each or call.may("visit:view", resource_of(visit))


def _cursor(month: str, id: str, inner: str | None) -> str:
    return base64.urlsafe_b64encode(json.dumps([month, id, inner]).encode()).decode().rstrip("=")


def _position(places: Sequence[tuple[str, str]], cursor: str | None) -> tuple[int, str | None]:
    if cursor is None:
        return 0, None
    try:
        month, id, inner = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        at = places.index((month, id))
    except (ValueError, TypeError) as error:
        raise Malformed("bad_cursor") from error
    if inner is not None and not isinstance(inner, str):
        raise Malformed("bad_cursor")
    return at, inner


@dataclass(frozen=True)
class Summary:
    """The figures of a period and of each of its months, the earliest first."""

    totals: Totals
    months: list[tuple[str, Totals]]


def summary(call: Call, filters: Filters) -> Summary | None:
    """The kept figures for period and scope; None where none are kept (department and site together; chosen rows)."""
    check(filters)
    scope = scope_of(call, filters)
    if not scope.figures or filters.host or filters.status or filters.purpose:
        return None
    months = filters.months[::-1]
    by_month: dict[str, Counter[Measure]] = {month: Counter() for month in months}
    for name in scope.figures:
        for month, figures in statistics.read(call.store, name, months).items():
            by_month[month].update(figures)
    whole: Counter[Any] = sum(by_month.values(), Counter())
    this_month = f"{call.now:%Y-%m}"  # a month to come tells nothing until there are visits in it
    shown = [(month, totals_of(figures)) for month, figures in by_month.items()]
    return Summary(totals_of(whole), [each for each in shown if each[0] <= this_month or each[1].visits])
