"""Whom a scanned or typed text means: a visitor, several to choose from, or nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from chalicelib.domain.gate import Scan, Typed
from chalicelib.domain.invitations import Code, ForgedCode, decode_code
from chalicelib.models.gate import GuestItem, PassItem
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Query
from chalicelib.models.visits import NumberItem
from chalicelib.services.call import Call

type Verify = Callable[[bytes, bytes], bool]

SAME_DIGITS_LIMIT = 20
GUESTS_LIMIT = 200


@dataclass(frozen=True)
class Whom:
    """A visitor by visit and number; `code` if a QR said so; the texts are for choosing among several."""

    visit: str
    no: int
    code: Code | None = None
    name: str = ""
    company: str = ""
    reservation: str = ""


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
    (number,) = call.store.get(NumberItem.at(typed.text))
    if number is None:
        return []
    if typed.no is not None:
        return [Whom(number.visit, typed.no)]
    _, pk, _ = GuestItem.at(number.visit, 1)
    guests = call.store.query(Query(ReceptionTable, pk, prefix="visitor#", limit=GUESTS_LIMIT))
    invited = [_whom(item) for item in guests.items if isinstance(item, GuestItem) and item.status == "invited"]
    return invited or [Whom(number.visit, 1)]  # not invited yet: the visit itself says why


def _by_phone(call: Call, scan: Scan, digits: str) -> list[Whom]:
    key = f"phone#{scan.site.id}#{scan.day.isoformat()}#{digits}"
    page = call.store.query(Query(ReceptionTable, key, index=3, limit=SAME_DIGITS_LIMIT))
    return [_whom(item) for item in page.items if isinstance(item, PassItem) and item.status != "revoked"]


def _whom(item: GuestItem | PassItem) -> Whom:
    return Whom(item.visit, item.no, name=item.name, company=item.company, reservation=item.reservation)
