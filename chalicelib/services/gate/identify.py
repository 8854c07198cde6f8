"""Whom a scanned or typed text means: a visitor, several to choose from, or nobody.

What a visitor can say stands in indexes beside their passes, so that one Query finds all that a scan needs. Indexes lag
behind: what they say is good for trying (the transaction holds it against the items), never for turning somebody away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from chalicelib.domain.gate import Scan, Typed, is_due
from chalicelib.domain.invitations import Code, ForgedCode, Guest, decode_code
from chalicelib.domain.passes import Pass
from chalicelib.domain.visits import FURTHEST_AHEAD, LONGEST
from chalicelib.models.gate import GuestItem, PassItem, said_digits, said_number
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Query
from chalicelib.models.visits import NumberItem, instant
from chalicelib.services.call import Call

type Verify = Callable[[bytes, bytes], bool]

ENTRIES_LIMIT = 400
"""What one look into an index brings at most: a visit of a day with its 200 visitors and their passes."""


@dataclass(frozen=True)
class Whom:
    """A visitor by visit and number: `code` if a QR said so, `guest` with their passes if an index did."""

    visit: str
    no: int
    code: Code | None = None
    guest: Guest | None = None
    held: tuple[Pass, ...] = ()


def identify(call: Call, scan: Scan, typed: Typed, verify: Verify) -> list[Whom]:
    """The visitors that `typed` may mean at the site of the scan, none for what nobody knows."""
    match typed.form:
        case "qr":
            return _by_code(typed.text, verify)
        case "reservation":
            return _by_reservation(call, typed)
        case "phone":
            return _by_phone(call, scan, typed.text)
        case _:
            return []


def _by_code(text: str, verify: Verify) -> list[Whom]:
    try:
        code = decode_code(text, verify)
    except ForgedCode:
        return []
    return [Whom(code.visit, code.no, code)]


def _by_reservation(call: Call, typed: Typed) -> list[Whom]:
    prefix = "" if typed.no is None else f"{typed.no:04}#"
    known = _look_up(call, Query(ReceptionTable, said_number(typed.text), 4, prefix, limit=ENTRIES_LIMIT))
    if typed.no is None and len(known) > 1:
        return [whom for whom in known if whom.guest and whom.guest.status == "invited"] or known[:1]
    return known or _uninvited(call, typed)


def _uninvited(call: Call, typed: Typed) -> list[Whom]:
    """The visit itself says why nobody was invited under its number."""
    (number,) = call.store.get(NumberItem.at(typed.text))
    return [Whom(number.visit, typed.no or 1)] if number else []


def _by_phone(call: Call, scan: Scan, digits: str) -> list[Whom]:
    day = timedelta(days=1)
    start, end = instant(scan.at - day), instant(scan.at + FURTHEST_AHEAD + LONGEST)  # a series ends late
    key = said_digits(scan.site.id, digits)
    known = _look_up(call, Query(ReceptionTable, key, 3, start=start, end=end, limit=ENTRIES_LIMIT))
    return [whom for whom in known if whom.guest and is_due(scan, whom.guest, whom.held)]


def _look_up(call: Call, query: Query) -> list[Whom]:
    """The visitors in an index, each beside their passes."""
    items = call.store.query(query).items
    entries: dict[tuple[str, int], list[GuestItem | PassItem]] = {}
    for item in items:
        if isinstance(item, GuestItem | PassItem):
            entries.setdefault((str(item.visit), int(item.no)), []).append(item)
    return [_whom(key, own) for key, own in entries.items()]


def _whom(key: tuple[str, int], own: Sequence[GuestItem | PassItem]) -> Whom:
    guest = next((item.to(Guest) for item in own if isinstance(item, GuestItem)), None)
    return Whom(*key, guest=guest, held=tuple(item.to(Pass) for item in own if isinstance(item, PassItem)))
