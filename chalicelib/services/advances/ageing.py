"""The ageing report: what is owed, by department and person and by how long it has been out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from chalicelib.domain.advances import BUCKETS, Advance, Aged, aged
from chalicelib.domain.errors import Forbidden
from chalicelib.models.advances import open_shards
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.store import Query
from chalicelib.services import directory
from chalicelib.services.call import Call
from chalicelib.services.permissions import Resource

VIEW = "advance:list"


@dataclass(frozen=True)
class Ageing:
    """What is owed by person, and by department and currency: by bucket, all of it, and what is overdue."""

    rows: tuple[Aged, ...]
    departments: tuple[Aged, ...]


def ageing(call: Call, department: str = "") -> Ageing:
    """What is owed now; of a department with all below it. Raises Forbidden.

    Eight queries side by side, and as many more as there are pages: it costs what is owed, not what ever was.
    """
    paths = {each.id: each.path for each in directory.departments(call.store, call.now)}
    tops = _tops(call, department, paths)
    today = call.now.astimezone(ZoneInfo(call.me.time_zone)).date()
    rows = [
        row
        for row in aged(_open(call), today)
        if tops is None or tops & {*paths.get(row.department, (row.department,))}
    ]
    return Ageing(tuple(rows), tuple(_by_department(rows)))


def _tops(call: Call, department: str, paths: dict[str, tuple[str, ...]]) -> frozenset[str] | None:
    """The departments of which rows are shown, with all below; None for the whole company."""
    if department:
        call.permit(VIEW, Resource("Advance", "department", {"departments": [*paths.get(department, (department,))]}))
        return frozenset({department})
    whole = Resource("Advance", "all")
    if call.may(VIEW, whole):
        call.permit(VIEW, whole)
        return None
    if not call.heads:
        raise Forbidden
    call.permit(VIEW, Resource("Advance", "department", {"departments": sorted(call.heads)}))
    return call.heads


def _open(call: Call) -> list[Advance]:
    waiting = [Query(SpendingTable, shard, index=2, limit=1000) for shard in open_shards()]
    found: list[Advance] = []
    while waiting:
        pages = call.store.pages(*waiting)
        found += [item.to(Advance) for page in pages for item in page.items]
        waiting = [
            replace(query, cursor=page.cursor) for query, page in zip(waiting, pages, strict=True) if page.cursor
        ]
    return found


def _by_department(rows: Sequence[Aged]) -> list[Aged]:
    """The rows of each department and currency together."""
    grouped: dict[tuple[str, str], list[Aged]] = {}
    for row in rows:
        grouped.setdefault((row.department, row.currency), []).append(row)
    return [_together(own) for _, own in sorted(grouped.items())]


def _together(rows: Sequence[Aged]) -> Aged:
    return replace(
        rows[0],
        person="",
        name="",
        buckets=tuple(sum(row.buckets[place] for row in rows) for place in range(len(BUCKETS) + 1)),
        overdue=sum(row.overdue for row in rows),
        advances=sum(row.advances for row in rows),
        due=min(row.due for row in rows),
    )
