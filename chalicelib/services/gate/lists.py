"""Who is expected, who is inside, and whom an evacuation must account for: those inside and nobody else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from chalicelib.domain.muster import is_safe
from chalicelib.domain.passes import Pass, local_day
from chalicelib.domain.sites import Site, localised
from chalicelib.models.gate import PassItem
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Query
from chalicelib.services.call import Call
from chalicelib.services.gate.muster import ticks
from chalicelib.services.gate.places import find_site, resource

type Shown = Literal["expected", "inside", "left", "no_show", "all"]
type Listing = dict[str, Any]

DAY_PAGE = 200
INSIDE_PAGE = 500
INSIDE_PAGES = 20


def expected(
    call: Call,
    site_id: str | None = None,
    day: date | None = None,
    status: Shown = "expected",
    q: str = "",
    cursor: str | None = None,
) -> Listing:
    """A page of the passes of a day (the site's today unless given), by time and name.

    `status` and `q` (a part of name, company, host or number) choose among the page's passes, so a page may
    show few and still have a next; `counts` says how many of the page have each status.
    """
    site = _permitted(call, site_id)
    wanted = day or local_day(call.now, site.time_zone)
    query = Query(ReceptionTable, f"day#{site.id}#{wanted.isoformat()}", index=1, limit=DAY_PAGE, cursor=cursor)
    page = call.store.query(query)
    held = [item.to(Pass) for item in page.items if isinstance(item, PassItem) and item.status != "revoked"]
    rows = [_row(site, each, call.locale) for each in held if status in ("all", each.status) and _matches(each, q)]
    counts = Counter(each.status for each in held)
    return _place(site, call) | {"day": wanted, "items": rows, "counts": dict(counts), "next": page.cursor}


def on_site(call: Call, site_id: str | None = None, q: str = "") -> Listing:
    """Everybody who is inside a site now, the latest first; `total` counts them before `q` chooses."""
    site = _permitted(call, site_id)
    inside = list(inside_of(call, site))
    rows = [_row(site, each, call.locale) for each in reversed(inside) if _matches(each, q)]
    return _place(site, call) | {"items": rows, "total": len(inside)}


def evacuation(call: Call, site_id: str | None = None) -> Listing:
    """Everybody who is inside a site now, by name; costs as much as they are many. `expected` lists the others."""
    site = _permitted(call, site_id)
    inside = sorted(inside_of(call, site), key=lambda each: (each.name, each.reservation))
    words = ticks(call, site.id)
    rows = []
    for each in inside:
        word = words.get((each.visit, each.no))
        safe = is_safe(each, word, call.now)
        rows.append(_row(site, each, call.locale) | {"safe": safe, "ticked_at": word.at if word else None})
    safe_ones = sum(row["safe"] for row in rows)
    return _place(site, call) | {"at": call.now, "items": rows, "total": len(inside), "safe": safe_ones}


def _permitted(call: Call, site_id: str | None) -> Site:
    site = find_site(call, site_id)
    call.permit("gate:view", resource(site))
    return site


def _place(site: Site, call: Call) -> Listing:
    return {"site": site.id, "site_name": localised(site.name, call.locale), "time_zone": site.time_zone}


def inside_of(call: Call, site: Site) -> Iterator[Pass]:
    """Everybody inside; the bound is far more than the largest site holds."""
    query = Query(ReceptionTable, f"inside#{site.id}", index=2, limit=INSIDE_PAGE)
    for _ in range(INSIDE_PAGES):
        page = call.store.query(query)
        yield from (item.to(Pass) for item in page.items if isinstance(item, PassItem))
        if page.cursor is None:
            return
        query = replace(query, cursor=page.cursor)


def _matches(held: Pass, q: str) -> bool:
    wanted = q.strip().casefold()
    return any(wanted in text.casefold() for text in (held.name, held.company, held.host_name, held.reservation))


def _row(site: Site, held: Pass, locale: str) -> Listing:
    gate = site.gate(held.gate)
    return {
        "visit": held.visit,
        "no": held.no,
        "reservation": held.reservation,
        "name": held.name,
        "company": held.company,
        "host": held.host_name,
        "starts": held.starts,
        "ends": held.ends,
        "status": held.status,
        "late_minutes": held.late_minutes,
        "since": held.since,
        "first_in": held.first_in,
        "last_out": held.last_out,
        "gate": localised(gate.name, locale) if gate else held.gate,
        "day": held.day,
    }
