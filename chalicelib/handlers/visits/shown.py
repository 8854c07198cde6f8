"""What lists and pages show of a visit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.domain.amendments import parts_of
from chalicelib.domain.invitations import Guest
from chalicelib.domain.passes import Pass
from chalicelib.domain.sites import Site, localised
from chalicelib.domain.visits import Visit, Visitor
from chalicelib.handlers.approvals.shown import DOCUMENT_PAGES, DocumentPage, approval_data
from chalicelib.handlers.visits.reception import budget_data, reception_data
from chalicelib.services import sites, standards, visits
from chalicelib.services.call import Call
from chalicelib.services.permissions import Resource

SECRETS = ("link", "nonce", "document_mark")
"""What opens the gate, and by what the lists know a document; `link` is given, as `invite`, to who receives them."""


def visit_data(visit: Visit) -> dict[str, Any]:
    """A visit without what only the product itself needs."""
    hidden = ("department_path", "round", "numbered", "proposal")
    return {name: value for name, value in vars(visit).items() if name not in hidden}


def list_data(call: Call, visit: Visit) -> dict[str, Any]:
    """A visit as lists show it: with its site's name and time zone."""
    site = sites.site(call.store, visit.site, call.now)
    return visit_data(visit) | {"site_name": localised(site.name, call.locale), "time_zone": site.time_zone}


def page_data(call: Call, view: visits.VisitView) -> dict[str, Any]:
    """Everything that a visit's page shows. `receiving`: the caller applied or is the host; `time_zone`: the site's."""
    receiving = call.me.id in (view.visit.applicant, view.visit.host)
    today = call.now.astimezone(ZoneInfo(view.site.time_zone)).date()
    return {
        "visit": visit_data(view.visit),
        "change": change_data(view),
        "reception": reception_data(view.visit),
        "budget": budget_data(view),
        "level_name": level_name(call, view.visit.level),
        "visitors": _visitors(view, today, receiving),
        "guests": [_guest_data(guest, receiving) for guest in view.guests],
        "passes": view.passes,
        "passages": view.passages,
        "ratings": view.ratings,
        "site": _site_data(view.site, call.locale),
        "time_zone": view.site.time_zone,
        "approval": approval_data(view.approval, call.locale) if view.approval else None,
        "moves": view.moves,
        "receiving": receiving,
        "checklist": [vars(task) | {"late": task.status == "open" and task.due < call.now} for task in view.checklist],
        "prepares": view.prepares,
        "may_show_documents": call.may("document:show", Resource("Visit", view.visit.id, {"site": view.site.id})),
    }


def level_name(call: Call, key: str) -> str:
    """What a level of visitors is called, "" without one; its key where it is known no more."""
    level = standards.known(call.store, call.now).level(key) if key else None
    return localised(level.title, call.locale) if level else key


def change_data(view: visits.VisitView) -> dict[str, Any] | None:
    """A change that waits for approval: what would be other than it is, before and after; None without one."""
    if view.visit.proposal is None:
        return None
    before, after = view.visit, view.visit.proposal.visit
    coming = {visitor.no for visitor in view.visit.proposal.visitors}
    present = {visitor.no for visitor in view.visitors}
    return {
        "parts": sorted(parts_of(before, view.visitors, after, view.visit.proposal.visitors)),
        "before": visit_data(before),
        "after": visit_data(after),
        "added": [each.name for each in view.visit.proposal.visitors if each.no not in present],
        "removed": [each.name for each in view.visitors if each.no not in coming],
    }


def page_of_visit(call: Call, id: str) -> dict[str, Any]:
    """Everything that the page of the visit shows; raises NotFound for those who may not see it."""
    return page_data(call, visits.view(call, id))


def _visitors(view: visits.VisitView, today: date, receiving: bool) -> list[dict[str, Any]]:
    guests = {guest.no: guest for guest in view.guests}
    passes: dict[int, list[Pass]] = {}
    for each in view.passes:
        passes.setdefault(each.no, []).append(each)
    return [
        _visitor_data(no, visitor, guests.get(no), current(passes.get(no, ()), today), receiving)
        for no, visitor in enumerate(view.visitors, 1)
    ]


def _visitor_data(
    no: int, visitor: Visitor, guest: Guest | None, of_today: Pass | None, receiving: bool
) -> dict[str, Any]:
    """Who comes and how far they are: `status` is "" before the invitation, times are UTC."""
    revoked = guest is not None and guest.status == "revoked"
    standing = of_today.status if of_today else "invited" if guest else ""
    held = visitor.document
    return vars(visitor) | {
        "no": no,
        "document": {"ref": held.ref, "kind": held.kind, "shown": held.shown} if held else None,
        "status": "revoked" if revoked and standing != "inside" else standing,
        "first_in": of_today.first_in if of_today else None,
        "last_out": of_today.last_out if of_today else None,
        "reservation": guest.reservation if guest else "",
        "invite": _invite(guest) if guest and receiving and not revoked else "",
    }


def current(passes: Iterable[Pass], today: date) -> Pass | None:
    """The pass that says how a visitor stands: where they are inside, else the latest up to today, else the first."""
    by_day = sorted(passes, key=lambda each: each.day)
    inside = [each for each in by_day if each.status == "inside"]
    begun = [each for each in by_day if each.day <= today]
    return next(iter(inside[-1:] or begun[-1:] or by_day[:1]), None)


def _invite(guest: Guest) -> str:
    return f"/i/{guest.link}"


def _guest_data(guest: Guest, receiving: bool) -> dict[str, Any]:
    """A guest without the secrets that open the gate, but for who shows the visitor the way."""
    data = {name: value for name, value in vars(guest).items() if name not in SECRETS}
    return data | ({"invite": _invite(guest)} if receiving else {})


def _site_data(site: Site, locale: str) -> dict[str, Any]:
    return {"id": site.id, "name": localised(site.name, locale), "time_zone": site.time_zone}


def _document_page(call: Call, visit_id: str) -> DocumentPage:
    view = visits.view(call, visit_id)
    return DocumentPage(page_data(call, view), view.visit.version, view.approval)


DOCUMENT_PAGES["visit"] = _document_page
