"""Invitations of an approved visit: who is invited gets a link, a code with its pictures, passes and a text message.

Everything is derived from the visit and the signing secret, so that a retried batch gives every visitor the same.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from chalicelib.domain.errors import Contention
from chalicelib.domain.invitations import Appointment, Guest, code_for, encode_code, picture_key
from chalicelib.domain.passes import days_of, pass_for
from chalicelib.domain.sites import Site
from chalicelib.domain.visits import Visit, Visitor
from chalicelib.models.gate import GuestItem, PassItem
from chalicelib.models.store import TRANSACTION_LIMIT, Check, Operation, create
from chalicelib.models.store import replace as replace_item
from chalicelib.models.visits import GuestsItem, VisitItem
from chalicelib.services import qr, sites
from chalicelib.services.call import Call
from chalicelib.services.notifications.sending import intend, intention

BATCH = 20
PURPOSE = b"atrium invitation v1"  # no gate code starts with this byte, so no signature serves both

type Sign = Callable[[bytes], bytes]


class Files(Protocol):
    """Where pictures are kept (gateways/files.py)."""

    def put(self, key: str, content: bytes, content_type: str) -> None:
        """Keep `content` under `key`."""


@dataclass(frozen=True)
class Means:
    """What inviting needs besides the tables: `sign` must give the same signature each time (Ed25519 does)."""

    sign: Sign
    files: Files
    public_url: str


@dataclass(frozen=True)
class Batch:
    """How far the invitations are: the first visitor (from 0) not looked at yet, and whether all were."""

    next: int
    done: bool


def invite(call: Call, means: Means, visit: Visit, cursor: int) -> Batch:
    """Invite up to BATCH visitors from `cursor` on; who is invited already stays as they are.

    Raises Contention when the visit is changed at the same moment; then the same call is safe again.
    """
    (listed,) = call.store.get(GuestsItem.at(visit.id))
    visitors: tuple[Visitor, ...] = listed.visitors
    site = sites.site(call.store, visit.site, call.now)
    guests = _missing(call, means, visit, range(cursor, min(cursor + BATCH, len(visitors))), visitors)
    for guest in guests:
        _keep_pictures(means, guest, visit, site)
    _write(call, means, visit, site, guests)
    following = cursor + BATCH
    done = following >= len(visitors)
    if done and visit.invited_at is None:
        _mark(call, visit)
    return Batch(following, done)


def _missing(
    call: Call, means: Means, visit: Visit, numbers: Iterable[int], visitors: Sequence[Visitor]
) -> list[Guest]:
    wanted = [_mint(means.sign, visit, number + 1, visitors[number], call.now) for number in numbers]
    held = call.store.get(*(GuestItem.at(visit.id, guest.no) for guest in wanted)) if wanted else []
    return [guest for guest, item in zip(wanted, held, strict=True) if item is None]


def _mint(sign: Sign, visit: Visit, no: int, visitor: Visitor, now: datetime) -> Guest:
    secret = hashlib.sha256(sign(PURPOSE + f"|{visit.id}|{visit.round}|{no}".encode())).digest()
    return Guest(
        visit=visit.id,
        no=no,
        name=visitor.name,
        phone=visitor.phone,
        company=visitor.company,
        language=visitor.language,
        plate=visitor.plate,
        reservation=f"{visit.number}-{no}",
        link=base64.urlsafe_b64encode(secret[:12]).decode(),
        nonce=secret[12:20].hex(),
        invited_at=now,
        appointment=Appointment.of(visit),
    )


def _keep_pictures(means: Means, guest: Guest, visit: Visit, site: Site) -> None:
    code = encode_code(code_for(guest, visit.starts, visit.ends, site.early_minutes), means.sign)
    text = f"{means.public_url}/i/{code}"  # any phone's camera opens the invitation, the gate reads the code
    means.files.put(picture_key(guest, "png"), qr.png(text), "image/png")
    means.files.put(picture_key(guest, "svg"), qr.svg(text), "image/svg+xml")


def _write(call: Call, means: Means, visit: Visit, site: Site, guests: Sequence[Guest]) -> None:
    """One transaction for as many visitors as fit, each with all that is theirs, while the visit stays as it is."""
    still = Check(VisitItem.at(visit.id), {"version": visit.version}, Contention())
    parcels = [_operations(call, means, visit, site, guest) for guest in guests]
    for operations in packed(parcels, TRANSACTION_LIMIT - 1):
        call.commit({}, still, *operations)


def _mark(call: Call, visit: Visit) -> None:
    marked = replace(visit, invited_at=call.now, version=visit.version + 1)
    call.commit({}, replace_item(VisitItem.from_visit(marked)))


def _operations(call: Call, means: Means, visit: Visit, site: Site, guest: Guest) -> list[Operation]:
    days = days_of(visit.occurrences, site.time_zone)
    message = intention(call, "invited", visit, site, guest, means.public_url)
    return [
        create(GuestItem.from_guest(guest)),
        *(create(PassItem.from_pass(pass_for(visit, guest, day, of))) for day, of in days.items()),
        intend(message),
    ]


def packed(parcels: Iterable[list[Operation]], limit: int) -> Iterator[list[Operation]]:
    """The parcels, none torn, in as few lists as possible of at most `limit` operations each, in order."""
    held: list[Operation] = []
    for parcel in parcels:
        if held and len(held) + len(parcel) > limit:
            yield held
            held = []
        held = held + parcel
    if held:
        yield held
