"""What lists and pages show of standards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.domain.reception_items import TYPES
from chalicelib.domain.sites import localised
from chalicelib.domain.standards import Book, Standard
from chalicelib.handlers.standards.forms import StandardsQuery
from chalicelib.services import sites, standards
from chalicelib.services.call import Call
from chalicelib.web.money import amount

FILTERS = ("type", "level", "site")


def today(call: Call) -> date:
    """The reader's day."""
    return call.now.astimezone(ZoneInfo(call.me.time_zone)).date()


def state_of(standard: Standard, day: date) -> str:
    """Whether it counts on the day: to_come, in_force or ended."""
    if standard.valid_from > day:
        return "to_come"
    return "in_force" if standard.valid_on(day) else "ended"


def standard_data(call: Call, standard: Standard, book: Book) -> dict[str, Any]:
    """A standard with the names of its level and its site, "" where it is for all of them, and how it stands."""
    level = book.level(standard.level)
    site = next((each for each in sites.sites(call.store, call.now) if each.id == standard.site), None)
    return vars(standard) | {
        "level_name": localised(level.title, call.locale) if level else standard.level,
        "site_name": localised(site.name, call.locale) if site else "",
        "state": state_of(standard, today(call)),
    }


def choices(call: Call, book: Book) -> dict[str, Any]:
    """The levels and sites to choose from."""
    return {
        "levels": [{"key": level.key, "name": localised(level.title, call.locale)} for level in book.levels],
        "sites": [
            {"id": site.id, "name": localised(site.name, call.locale), "currency": site.currency}
            for site in sites.sites(call.store, call.now)
        ],
    }


def list_data(call: Call, query: StandardsQuery) -> dict[str, Any]:
    """The standards that the query asks for, by type, level, site and time."""
    book = standards.all_of(call)
    chosen = {name: getattr(query, name) for name in FILTERS if getattr(query, name) is not None}
    found = [each for each in book.standards if all(getattr(each, name) == text for name, text in chosen.items())]
    shown = [standard_data(call, each, book) for each in in_order(found, book)]
    kept = [each for each in shown if query.when == "all" or each["state"] != "ended"]
    return {"items": kept, "version": book.version} | choices(call, book)


def in_order(found: Iterable[Standard], book: Book) -> list[Standard]:
    """By type, then from the highest level, the general ones last; the newest first."""
    ranks = {level.key: rank for rank, level in enumerate(book.levels)}

    def rank(each: Standard) -> tuple[int, int, str, int]:
        general = ranks.get(each.level, len(ranks))
        return TYPES.index(each.type), general, each.site or "~", -each.valid_from.toordinal()

    return sorted(found, key=rank)


def page_data(call: Call, id: str) -> dict[str, Any]:
    """One standard as its form, and the others of the same type, level and site; raises NotFound."""
    book, standard = standards.one(call, id)
    same = [each for each in book.standards if each.subject == standard.subject and each.id != id]
    return {
        "standard": standard_data(call, standard, book),
        "others": [standard_data(call, each, book) for each in in_order(same, book)],
        "fixed": standard.valid_from < today(call),
        "values": values_of(standard),
    } | choices(call, book)


def values_of(standard: Standard) -> Mapping[str, str]:
    """A standard as the fields of its form."""
    names = ("type", "level", "site", "currency", "hosts_least", "ratio_hosts", "ratio_guests", "excess", "note")
    plain = {name: str(getattr(standard, name) or "") for name in names}
    days = {"valid_from": standard.valid_from.isoformat(), "allowed": str(standard.allowed).lower()}
    days |= {"valid_until": standard.valid_until.isoformat()} if standard.valid_until else {}
    money = {} if standard.amount is None else {"amount": amount(standard.amount, standard.currency)}
    return plain | days | money
