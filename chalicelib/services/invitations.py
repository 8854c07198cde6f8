"""What a visitor does with an invitation: look at it, show its QR, accept the rules of entry.

Whoever holds the link or the QR is the visitor; there is no account. Both are secrets: a link has 96 random bits, a
code is signed, and neither tells whether another one exists. Trying is therefore pointless; what remains of it is
cut off by the gateway's throttling.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from dataclasses import replace as with_
from datetime import datetime
from typing import Literal, Protocol

from chalicelib.domain import gate as gate_rules
from chalicelib.domain import invitations as rules
from chalicelib.domain.errors import Contention, NotFound
from chalicelib.domain.invitations import Appointment, Code, ForgedCode, Guest, InvitationOver, Standing
from chalicelib.domain.sites import Site
from chalicelib.domain.visits import Occurrence, Visit, due
from chalicelib.models.gate import GuestItem, RatingItem
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Check, Query, replace
from chalicelib.models.visits import VisitItem
from chalicelib.services import qr, sites
from chalicelib.services.call import Answer, Call

type Verify = Callable[[bytes, bytes], bool]
type Form = Literal["png", "svg"]

HOLDER = "holds the invitation's secret"
_LINK = re.compile(r"[A-Za-z0-9_-]{8,64}")
_SHOWN: frozenset[Standing] = frozenset({"open", "early"})


class Files(Protocol):
    """Where pictures are kept (gateways/files.py)."""

    def get(self, key: str) -> bytes | None:
        """What is kept under `key`."""


@dataclass(frozen=True)
class Invitation:
    """An invitation as its visitor sees it.

    `due` is the occurrence that they come to now or next, `opens` from when on the gate lets them in for it (UTC).
    """

    visit: Visit | Appointment
    guest: Guest
    site: Site
    due: Occurrence
    opens: datetime
    standing: Standing
    rated: bool = False

    @property
    def has_code(self) -> bool:
        """Whether its QR is still worth showing."""
        return self.standing in _SHOWN


def view(call: Call, token: str, verify: Verify) -> Invitation:
    """The invitation behind a link's end or a QR's text; raises NotFound for any other text."""
    visit, guest = _found(call, token, verify)
    call.permit_public(HOLDER)
    if visit:
        return _invitation(call, visit, guest)
    item, rating = call.store.get(VisitItem.at(guest.visit), RatingItem.at(guest.visit, guest.no))
    return with_(_invitation(call, item.to(Visit), guest), rated=rating is not None)


def _invitation(call: Call, visit: Visit | Appointment, guest: Guest) -> Invitation:
    site = sites.site(call.store, visit.site, call.now)
    of = due(visit.occurrences, call.now)
    opens = rules.opens(of.starts, site.early_minutes)
    standing = rules.standing(visit.status, guest, (opens, of.ends), call.now)
    return Invitation(visit, guest, site, of, opens, standing)


def accept_rules(call: Call, token: str, verify: Verify) -> Answer:
    """Accept the rules of entry; again changes nothing. Raises InvitationOver when there is nothing to enter.

    The index of links may lag behind: what it says is tried first, under the condition that the visit stands as it
    says; where that fails, or there seems to be nothing to enter, the items decide.
    """
    return acting(call, token, verify, lambda invitation: _accept(call, token, invitation))


def acting(call: Call, token: str, verify: Verify, act: Callable[[Invitation], Answer]) -> Answer:
    """Do what a visitor asks for, `act`ing first on what the index says and, where that fails, on the items."""
    visit, guest = _found(call, token, verify)
    call.permit_public(HOLDER)
    try:
        return act(_invitation(call, visit or guest.appointment, guest))
    except (Contention, InvitationOver):
        visit, guest = _read(call, guest.visit, guest.no)
        return act(_invitation(call, visit, guest))


def still_open(invitation: Invitation) -> Check:
    """The check that the visit stands as the invitation says; raises InvitationOver when there is nothing to enter."""
    if not invitation.has_code:
        raise InvitationOver(state=invitation.standing)
    return Check(VisitItem.at(invitation.visit.id), {"status": invitation.visit.status})


def _accept(call: Call, token: str, invitation: Invitation) -> Answer:
    still, guest = still_open(invitation), invitation.guest
    accepted = rules.accept_rules(guest, call.now)
    answer: Answer = {"rules_accepted_at": accepted.rules_accepted_at, "location": f"/i/{token}"}
    if accepted == guest:
        return answer
    return call.commit(answer, still, replace(GuestItem.from_guest(accepted)))


def picture(call: Call, token: str, form: Form, files: Files, verify: Verify) -> bytes:
    """The QR as a picture; raises NotFound when there is none, or none any more."""
    return _kept(view(call, token, verify), form, files)


def card(call: Call, token: str, files: Files, verify: Verify, say: Callable[[Invitation], Sequence[str]]) -> bytes:
    """The QR as a card for the wallet, beside what `say` says; raises NotFound when there is none, or none any more."""
    shown = view(call, token, verify)
    return qr.card(_kept(shown, "svg", files), say(shown))


def _kept(shown: Invitation, form: Form, files: Files) -> bytes:
    content = files.get(rules.picture_key(shown.guest, form)) if shown.has_code else None
    if content is None:
        raise NotFound
    return content


def _found(call: Call, token: str, verify: Verify) -> tuple[Visit | None, Guest]:
    """The visitor whose token it is, and their visit where one read brings both."""
    if len(token) == gate_rules.CODE_CHARACTERS:
        return _by_code(call, token, verify)
    if not _LINK.fullmatch(token):
        raise NotFound
    page = call.store.query(Query(ReceptionTable, f"link#{token}", index=1, limit=1))
    guests = [item.to(Guest) for item in page.items if isinstance(item, GuestItem)]
    if not guests:
        raise NotFound
    return None, guests[0]


def _by_code(call: Call, token: str, verify: Verify) -> tuple[Visit, Guest]:
    try:
        code: Code = rules.decode_code(token, verify)
    except ForgedCode as error:
        raise NotFound from error
    visit, guest = _read(call, code.visit, code.no)
    if guest.nonce != code.nonce:
        raise NotFound
    return visit, guest


def _read(call: Call, visit_id: str, no: int) -> tuple[Visit, Guest]:
    visit, guest = call.store.get(VisitItem.at(visit_id), GuestItem.at(visit_id, no))
    if visit is None or guest is None:
        raise NotFound
    return visit.to(Visit), guest.to(Guest)
