"""Invited visitors: what they were promised and told, what they say themselves, and when the gate opens for them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Literal

from chalicelib.domain.errors import Conflict
from chalicelib.domain.visits import Occurrence, Status, Visit, Visitor, occurring


@dataclass(frozen=True)
class Rating:
    """What a visitor says of a visit afterwards: 1 (bad) to 5 (good) and a comment; said once."""

    visit: str
    no: int
    name: str
    company: str
    number: str
    site: str
    host: str
    host_name: str
    rating: int
    comment: str
    rated_at: datetime
    version: int = 1


type GuestStatus = Literal["invited", "revoked"]
type Standing = Literal["open", "early", "ended", "cancelled", "not_approved"]

STANDING_OF: Mapping[Status, Standing] = {
    "draft": "not_approved",
    "pending": "not_approved",
    "returned": "not_approved",
    "withdrawn": "not_approved",
    "rejected": "not_approved",
    "approved": "open",
    "cancelled": "cancelled",
    "closed": "ended",
    "archived": "ended",
}
"""What the visit's status alone says about its invitations."""


@dataclass(frozen=True)
class Appointment:
    """What a visitor was promised: the visit as it stood when they were invited or told of a change (times in UTC).

    Whoever relies on it in a transaction checks that the visit is approved and takes place at these times still.
    """

    id: str
    number: str
    site: str
    host: str
    host_name: str
    host_phone: str
    purpose: str
    starts: datetime
    ends: datetime
    occurrences: tuple[Occurrence, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "occurrences", occurring(self.starts, self.ends, self.occurrences))

    @property
    def status(self) -> Status:
        """The visit's status at that time."""
        return "approved"

    @property
    def told(self) -> tuple[object, ...]:
        """What a visitor has to know: when it is, and who expects them."""
        return self.occurrences, self.host, self.host_name, self.host_phone

    @classmethod
    def of(cls, visit: Visit) -> "Appointment":
        """The appointment that the visitors of an approved visit have."""
        return cls(**{field.name: getattr(visit, field.name) for field in fields(cls)})


@dataclass(frozen=True)
class Guest:
    """An invited visitor: number `no` (from 1) of a visit.

    `link` is the unguessable end of the short link, `nonce` (16 hexadecimal digits) makes the QR code
    revocable, `reservation` is what the visitor can say at the gate when the phone is dead. `invited_by` is the number
    of the visitor who brings them along. `late_at` is when they said that they would be `late_minutes` late,
    `declined_at` when they said that they cannot come. `document_mark` is the mark of their identity document.
    """

    visit: str
    no: int
    name: str
    phone: str
    company: str
    language: str
    plate: str
    reservation: str
    link: str
    nonce: str
    invited_at: datetime
    appointment: Appointment
    email: str = ""
    document_mark: str = ""
    invited_by: int = 0
    status: GuestStatus = "invited"
    rules_accepted_at: datetime | None = None
    late_minutes: int = 0
    late_at: datetime | None = None
    declined_at: datetime | None = None
    version: int = 1


type Owed = Literal["invitation", "withdrawal", "change", "renewal", "nothing"]


def owed(guest: Guest | None, visitor: Visitor | None, promised: Appointment) -> Owed:
    """What is still to be done for somebody, given how they were invited and how they are listed (None: not at all).

    A `change` is what the visitor must be told, a `renewal` what only the gate has to know. Who was withdrawn, or will
    not come, stays so.
    """
    if guest is None:
        return "invitation" if visitor else "nothing"
    if guest.status == "revoked":
        return "nothing"
    if visitor is None:
        return "withdrawal"
    if guest.appointment.told != promised.told:
        return "change"
    return "nothing" if renewed(guest, visitor, promised) == guest else "renewal"


def renewed(guest: Guest, visitor: Visitor, promised: Appointment) -> Guest:
    """The guest as listed and with the visit as it stands; link and code stay theirs. The version stays, too."""
    return replace(
        guest,
        name=visitor.name,
        company=visitor.company,
        language=visitor.language,
        plate=visitor.plate,
        email=visitor.email,
        document_mark=visitor.document.mark if visitor.document else "",
        appointment=promised,
    )


class InvitationOver(Conflict):
    """The invitation was withdrawn or its visit is over, so nothing can be done with it any more."""

    code = "invitation_over"


def opens(starts: datetime, early_minutes: int) -> datetime:
    """From when on the gate lets a visitor in (UTC)."""
    return starts - timedelta(minutes=early_minutes)


def standing(status: Status, guest: Guest, window: tuple[datetime, datetime], at: datetime) -> Standing:
    """Whether an invitation opens the gate at `at`; `window` runs from `opens` to the visit's end, inclusive."""
    by_status = STANDING_OF[status]
    if by_status == "open" and guest.status == "revoked":
        return "cancelled"
    if by_status != "open":
        return by_status
    if at < window[0]:
        return "early"
    return "ended" if at > window[1] else "open"


def accept_rules(guest: Guest, now: datetime) -> Guest:
    """The visitor has read and accepted the rules of entry; accepting again changes nothing."""
    if guest.rules_accepted_at:
        return guest
    return replace(guest, rules_accepted_at=now, version=guest.version + 1)


LATE_LIMIT = 240
"""Minutes by which somebody may say to be late; later is another day."""


def say_late(guest: Guest, minutes: int, now: datetime) -> Guest:
    """The visitor will be so many minutes late; the last word counts."""
    return replace(guest, late_minutes=minutes, late_at=now, version=guest.version + 1)


def decline(guest: Guest, now: datetime) -> Guest:
    """The visitor cannot come: their invitation is withdrawn, at their own word."""
    return replace(guest, status="revoked", declined_at=now, version=guest.version + 1)


def picture_key(guest: Guest, form: Literal["png", "svg"]) -> str:
    """Where the picture of the visitor's QR is kept among the files; a new nonce makes a new picture."""
    return f"qr/{guest.visit}/{guest.no}-{guest.nonce}.{form}"
