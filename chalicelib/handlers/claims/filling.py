"""What the form of a claim offers to choose from, and what stands in its fields before somebody types."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from chalicelib.domain.claims import Amount, Stated, StatedLine, StatedLink
from chalicelib.domain.errors import IllegalMove
from chalicelib.domain.sites import localised
from chalicelib.handlers.claims.forms import NewQuery
from chalicelib.handlers.claims.shown import page_data
from chalicelib.services import applications, claims, directory, expenses, received
from chalicelib.services.call import Call
from chalicelib.services.claims.form import today
from chalicelib.services.claims.sources import read as read_sources
from chalicelib.services.permissions import COMPANY
from chalicelib.web.money import amount


def new_form(call: Call, typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the form of a new claim needs; of what was `typed` before a refusal, what it is linked to."""
    call.permit("claim:create", COMPANY)
    known = typed or {}
    return _form(call, claims.blank(call), [*_typed_links(known)], known.get("currency", ""))


def prefilled(call: Call, query: NewQuery) -> dict[str, Any]:
    """The form filled from what the query names; raises NotFound for what the person cannot claim for."""
    stated = _stated(call, query)
    data = _form(call, stated, [*stated.links])
    first = {} if stated.lines else {"lines.0.day": data["today"].isoformat(), "lines.0.category": "meal"}
    return data | {"values": values_of(stated) | first | _all_advances(data)}


def _stated(call: Call, query: NewQuery) -> Stated:
    """Of a visit or an application with invoices, the invoices are the lines: they say what it was in the end."""
    ids = [id for id in query.invoices.split(",") if id]
    source = _source(call, query)
    if not ids:
        return source or claims.blank(call)
    invoices = claims.from_invoices(call, ids)
    return replace(source, lines=invoices.lines) if source else invoices


def _source(call: Call, query: NewQuery) -> Stated | None:
    if query.visit:
        return claims.from_visit(call, query.visit)
    if query.application:
        return claims.from_application(call, query.application)
    return claims.from_claim(call, query.copy_of) if query.copy_of else None


def change_form(call: Call, id: str, typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    """What the form of an existing claim needs.

    Raises Forbidden for those who may only see it, IllegalMove where it cannot be changed now.
    """
    view = claims.view(call, id)
    claim = view.claim
    call.permit("claim:change", claims.resource_of(claim))
    if "change" not in view.moves:
        raise IllegalMove("claim_illegal_move", state=claim.status, move="change")
    stated = claims.stated_of(claim)
    links = [*_typed_links(typed or {})] or [*stated.links]
    return _form(call, stated, links) | page_data(call, view) | {"values": values_of(stated)}


def _form(call: Call, stated: Stated, links: list[StatedLink], currency: str = "") -> dict[str, Any]:
    """What there is to choose from: categories, departments, invoices, advances, visits and applications."""
    chosen = currency or stated.currency
    known = expenses.known(call.store, call.now).active
    own = {line.invoice for line in stated.lines if line.invoice}
    return {
        "claim": None,
        "currency": chosen,
        "today": today(call),
        "categories": [
            {"key": each.key, "name": localised(each.title, call.locale), "asks": sorted(each.asks)} for each in known
        ],
        "departments": [{"id": each.id, "name": each.name} for each in directory.departments(call.store, call.now)],
        "invoices": _invoices(call, own),
        "advances": [vars(each) | {"free": each.free} for each in claims.open_advances(call, chosen)],
        "linked": _linked(call, links),
        "choosable": _choosable(call, links),
        "values": {},
    }


def _invoices(call: Call, own: set[str]) -> list[dict[str, Any]]:
    """The person's invoices of which something can be claimed, and those that the claim names already."""
    found = {each.received.id: each for each in received.open_of(call.store, call.me.id)}
    missing = own - found.keys()
    more = received.standing(call.store, missing).values() if missing else ()
    return [
        {
            "id": each.received.id,
            "number": each.received.number,
            "seller": each.received.seller,
            "day": each.received.day,
            "currency": each.received.currency,
            "left": each.left,
        }
        for each in (*found.values(), *more)
    ]


def _linked(call: Call, links: list[StatedLink]) -> list[dict[str, Any]]:
    """What the claim is linked to, by the numbers that people know."""
    found = read_sources(call.store, links)
    mine = [link for link in links if link.document in found and call.me.id in found[link.document].people]
    return [
        {"kind": link.kind, "document": link.document, "number": found[link.document].number, "finished": link.finished}
        for link in mine
    ]


def _choosable(call: Call, links: list[StatedLink]) -> list[dict[str, Any]]:
    """The person's open applications that it could be linked to besides."""
    taken = {link.document for link in links}
    found = applications.open_of(call.store, call.me.id)
    return [{"id": each.id, "number": each.number, "purpose": each.purpose} for each in found if each.id not in taken]


def _typed_links(typed: Mapping[str, str]) -> Iterable[StatedLink]:
    for row in range(5):
        kind, document = typed.get(f"links.{row}.kind", ""), typed.get(f"links.{row}.document", "")
        if document and kind in ("visit", "application"):
            yield StatedLink("visit" if kind == "visit" else "application", document)


def _all_advances(data: Mapping[str, Any]) -> dict[str, str]:
    """Advances in the same currency are cleared first, the oldest of all first."""
    return {f"offsets.{row}.advance": each["id"] for row, each in enumerate(data["advances"][:5])}


def values_of(stated: Stated) -> dict[str, str]:
    """What is stated as the fields of the form."""
    found = {"purpose": stated.purpose, "currency": stated.currency, "budget_reason": stated.budget_reason}
    for row, line in enumerate(stated.lines):
        found |= {f"lines.{row}.{name}": text for name, text in _fields(line)}
    for row, link in enumerate(stated.links):
        found |= {f"links.{row}.kind": link.kind, f"links.{row}.document": link.document}
        found |= {f"links.{row}.finished": "true"} if link.finished else {}
    for row, offset in enumerate(stated.offsets):
        found |= {f"offsets.{row}.advance": offset.advance}
        found |= {f"offsets.{row}.amount": _typed(offset.amount, stated.currency)}
    return found


def _fields(line: StatedLine) -> Iterable[tuple[str, str]]:
    yield from ((name, str(value)) for name in _PLAIN if (value := getattr(line, name)))
    yield from ((name, _typed(value, line.currency)) for name in ("amount", "tax") if (value := getattr(line, name)))
    for row, part in enumerate(line.parts):
        yield f"allocations.{row}.department", part.department
        if part.share:
            yield f"allocations.{row}.share", part.share
        elif part.amount != "":
            yield f"allocations.{row}.amount", _typed(part.amount, line.currency)


_PLAIN = (
    *("key", "category", "day", "currency", "place", "heads", "nights", "description", "project", "customer"),
    *("invoice", "vendor", "reason"),
)


def _typed(sum: Amount, currency: str) -> str:
    return amount(sum, currency) if isinstance(sum, int) else sum
