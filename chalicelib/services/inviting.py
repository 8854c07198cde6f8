"""Invitations of an approved visit: who is invited gets a link, a code with its pictures, passes and a text message.

A visit that is changed is invited to again: each visitor is brought from where they are to where it is now. Everything
is derived from the visit and the signing secret, so that a retried batch gives every visitor the same.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol, cast

from chalicelib.domain.amendments import numbered
from chalicelib.domain.errors import Contention
from chalicelib.domain.invitations import Appointment, Guest, code_for, encode_code, owed, picture_key, renewed
from chalicelib.domain.passes import Pass, days_of, pass_for, redated, revoke
from chalicelib.domain.sites import Site
from chalicelib.domain.visits import Visit, Visitor
from chalicelib.models.gate import GuestItem, PassItem
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import TRANSACTION_LIMIT, Check, Operation, Query, create, save
from chalicelib.models.store import replace as replace_item
from chalicelib.models.visits import GuestsItem, VisitItem
from chalicelib.services import calendar_mails, qr, sites
from chalicelib.services.calendar_mails import Sender
from chalicelib.services.call import Call
from chalicelib.services.directory.reading import every
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
    """What inviting needs besides the tables: `sign` must give the same signature each time (Ed25519 does).

    Without `mail_from` nobody sends e-mails, and nobody gets calendar entries.
    """

    sign: Sign
    files: Files
    public_url: str
    mail_from: str = ""


@dataclass(frozen=True)
class Batch:
    """How far the invitations are: the number up to which visitors were looked at, and whether all were."""

    next: int
    done: bool


def invite(call: Call, means: Means, visit: Visit, cursor: int) -> Batch:
    """Bring up to BATCH visitors, those with numbers from `cursor` + 1 on, to where the visit is.

    Who is new is invited; who is not listed any more loses what they have and is told; who was invited to other times
    or another host gets other passes and is told; everybody else stays as they are. Raises Contention when the visit is
    changed at the same moment; then the same call is safe again.
    """
    (item,) = call.store.get(GuestsItem.at(visit.id))
    listed = {visitor.no: visitor for visitor in numbered(item.visitors)[0]}
    last = max(visit.numbered, *listed)
    site = sites.site(call.store, visit.site, call.now)
    stage = _Stage(call, means, visit, site)
    numbers = range(cursor + 1, min(cursor + BATCH, last) + 1)
    held = call.store.get(*(GuestItem.at(visit.id, no) for no in numbers)) if numbers else []
    guests = {item.no: item.to(Guest) for item in held if item}
    _write(stage, [parcel for no in numbers if (parcel := _parcel(stage, no, guests.get(no), listed.get(no)))])
    following = cursor + BATCH
    if done := following >= last:
        _finish(stage)
    return Batch(following, done)


@dataclass(frozen=True)
class _Stage:
    """What every step of inviting needs."""

    call: Call
    means: Means
    visit: Visit
    site: Site


def _parcel(stage: _Stage, no: int, guest: Guest | None, visitor: Visitor | None) -> list[Operation]:
    """The operations that bring one visitor to where the visit is; none for whom nothing is owed."""
    promised = Appointment.of(stage.visit)
    match owed(guest, visitor, promised):
        case "invitation" if visitor:
            return _invited(stage, _mint(stage, no, visitor))
        case "withdrawal" if guest:
            return [*withdrawn(stage.call, guest, _passes(stage, guest)), *_told(stage, "cancelled", guest)]
        case "change" if guest and visitor:
            changed = renewed(guest, visitor, promised)
            _keep_pictures(stage, changed)
            return [*_changed(stage, guest, changed), *_told(stage, "changed", changed)]
        case "renewal" if guest and visitor:
            return _changed(stage, guest, renewed(guest, visitor, promised))
        case _:
            return []


def _mint(stage: _Stage, no: int, visitor: Visitor) -> Guest:
    visit = stage.visit
    signed = stage.means.sign(PURPOSE + f"|{visit.id}|{visit.round}|{no}".encode())
    secret = hashlib.sha256(signed).digest()
    return Guest(
        visit=visit.id,
        no=no,
        name=visitor.name,
        phone=visitor.phone,
        company=visitor.company,
        language=visitor.language,
        plate=visitor.plate,
        email=visitor.email,
        document_mark=visitor.document.mark if visitor.document else "",
        invited_by=visitor.invited_by,
        reservation=f"{visit.number}-{no}",
        link=base64.urlsafe_b64encode(secret[:12]).decode(),
        nonce=secret[12:20].hex(),
        invited_at=stage.call.now,
        appointment=Appointment.of(visit),
    )


def _keep_pictures(stage: _Stage, guest: Guest) -> None:
    visit, means = stage.visit, stage.means
    code = encode_code(code_for(guest, visit.starts, visit.ends, stage.site.early_minutes), means.sign)
    text = f"{means.public_url}/i/{code}"  # any phone's camera opens the invitation, the gate reads the code
    means.files.put(picture_key(guest, "png"), qr.png(text), "image/png")
    means.files.put(picture_key(guest, "svg"), qr.svg(text), "image/svg+xml")


def _invited(stage: _Stage, guest: Guest) -> list[Operation]:
    _keep_pictures(stage, guest)
    passes = (create(PassItem.from_pass(each)) for each in _wanted(stage, guest))
    return [create(GuestItem.from_guest(guest)), *passes, *_told(stage, "invited", guest)]


def _changed(stage: _Stage, before: Guest, guest: Guest) -> list[Operation]:
    kept = replace_item(GuestItem.from_guest(replace(guest, version=before.version + 1)))
    passes = redated(_passes(stage, before), _wanted(stage, guest))
    return [kept, *(save(PassItem.from_pass(each)) for each in passes)]


def withdrawn(call: Call, guest: Guest, passes: Iterable[Pass]) -> list[Operation]:
    """Operations that take back what a visitor was given; who is inside can still leave."""
    gone = replace(guest, status="revoked", version=guest.version + 1)
    expected = (revoke(held) for held in passes if held.status == "expected")
    return [replace_item(GuestItem.from_guest(gone)), *(replace_item(PassItem.from_pass(each)) for each in expected)]


def _wanted(stage: _Stage, guest: Guest) -> list[Pass]:
    days = days_of(stage.visit.occurrences, stage.site.time_zone)
    return [pass_for(stage.visit, guest, day, of) for day, of in days.items()]


def _passes(stage: _Stage, guest: Guest) -> list[Pass]:
    """The visitor's passes on the days of before and of now."""
    zone = stage.site.time_zone
    days = sorted({**days_of(guest.appointment.occurrences, zone), **days_of(stage.visit.occurrences, zone)})
    held = stage.call.store.get(*(PassItem.at(guest.visit, day, guest.no) for day in days))
    return [item.to(Pass) for item in held if item]


def _told(stage: _Stage, template: str, guest: Guest) -> list[Operation]:
    if stage.call.now >= stage.visit.ends:
        return []
    return [intend(intention(stage.call, template, stage.visit, stage.site, guest, stage.means.public_url))]


def _write(stage: _Stage, parcels: Iterable[list[Operation]]) -> None:
    """One transaction for as many visitors as fit, each with all that is theirs, while the visit stays as it is."""
    visit = stage.visit
    still = Check(VisitItem.at(visit.id), {"version": visit.version}, Contention())
    for operations in packed(parcels, TRANSACTION_LIMIT - 1):
        stage.call.commit({}, still, *operations)


def _finish(stage: _Stage) -> None:
    """Everybody was looked at: calendars follow, and the visit says so."""
    call, visit = stage.call, stage.visit
    if stage.means.mail_from:
        items = every(call.store, Query(ReceptionTable, f"visit#{visit.id}", prefix="visitor#", limit=1000))
        guests = [cast(Guest, item.to(Guest)) for item in items if item.status == "invited"]
        calendar_mails.invite(call, Sender(stage.means.mail_from, stage.means.public_url), visit, guests)
    if visit.invited_at is None:
        marked = replace(visit, invited_at=call.now, version=visit.version + 1)
        call.commit({}, replace_item(VisitItem.from_visit(marked)))


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
