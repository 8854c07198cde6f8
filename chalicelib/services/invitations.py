"""What a visitor does with an invitation: look at it, show its QR, accept the rules of entry.

Whoever holds the link or the QR is the visitor; there is no account. Both are secrets: a link has 96 random bits, a
code is signed, and neither tells whether another one exists. Trying is therefore pointless; what remains of it is
cut off by the gateway's throttling.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from chalicelib.domain import gate as gate_rules
from chalicelib.domain import invitations as rules
from chalicelib.domain.errors import NotFound
from chalicelib.domain.invitations import Code, ForgedCode, Guest, InvitationOver, Standing
from chalicelib.domain.sites import Site
from chalicelib.domain.visits import Visit
from chalicelib.models.gate import GuestItem
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Query, replace
from chalicelib.models.visits import VisitItem
from chalicelib.services import sites
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
    """An invitation as its visitor sees it; `opens` is from when on the gate lets them in (UTC)."""

    visit: Visit
    guest: Guest
    site: Site
    opens: datetime
    standing: Standing

    @property
    def has_code(self) -> bool:
        """Whether its QR is still worth showing."""
        return self.standing in _SHOWN


def view(call: Call, token: str, verify: Verify) -> Invitation:
    """The invitation behind a link's end or a QR's text; raises NotFound for any other text."""
    visit, guest = _read(call, token, verify)
    call.permit_public(HOLDER)
    site = sites.site(call.store, visit.site, call.now)
    opens = rules.opens(visit.starts, site.early_minutes)
    standing = rules.standing(visit.status, guest, (opens, visit.ends), call.now)
    return Invitation(visit, guest, site, opens, standing)


def accept_rules(call: Call, token: str, verify: Verify) -> Answer:
    """Accept the rules of entry; again changes nothing. Raises InvitationOver when there is nothing to enter."""
    invitation = view(call, token, verify)
    if not invitation.has_code:
        raise InvitationOver(state=invitation.standing)
    accepted = rules.accept_rules(invitation.guest, call.now)
    answer: Answer = {"rules_accepted_at": accepted.rules_accepted_at, "location": f"/i/{token}"}
    if accepted == invitation.guest:
        return answer
    return call.commit(answer, replace(GuestItem.from_guest(accepted)))


def picture(call: Call, token: str, form: Form, files: Files, verify: Verify) -> bytes:
    """The QR as a picture; raises NotFound when there is none, or none any more."""
    invitation = view(call, token, verify)
    content = files.get(rules.picture_key(invitation.guest, form)) if invitation.has_code else None
    if content is None:
        raise NotFound
    return content


def _read(call: Call, token: str, verify: Verify) -> tuple[Visit, Guest]:
    if len(token) == gate_rules.CODE_CHARACTERS:
        return _by_code(call, token, verify)
    if not _LINK.fullmatch(token):
        raise NotFound
    page = call.store.query(Query(ReceptionTable, f"link#{token}", index=1, limit=1))
    guests = [item.to(Guest) for item in page.items if isinstance(item, GuestItem)]
    if not guests:
        raise NotFound
    (visit,) = call.store.get(VisitItem.at(guests[0].visit))
    return visit.to(Visit), guests[0]


def _by_code(call: Call, token: str, verify: Verify) -> tuple[Visit, Guest]:
    try:
        code: Code = rules.decode_code(token, verify)
    except ForgedCode as error:
        raise NotFound from error
    visit, guest = call.store.get(VisitItem.at(code.visit), GuestItem.at(code.visit, code.no))
    if visit is None or guest is None or guest.nonce != code.nonce:
        raise NotFound
    return visit.to(Visit), guest.to(Guest)
