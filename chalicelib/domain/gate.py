"""The gate (门岗): what a guard scans or types, and what the gate answers."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from chalicelib.domain import invitations, passes
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.invitations import Appointment, Code, Guest
from chalicelib.domain.passes import Direction, Pass, Passage
from chalicelib.domain.sites import Site
from chalicelib.domain.visits import LONGEST, Visit

type Result = Literal[
    "checked_in",
    "checked_out",
    "already_in",
    "already_out",
    "too_early",
    "expired",
    "cancelled",
    "not_approved",
    "wrong_site",
    "blocked",
    "unknown",
    "choose",
]
type Offer = Literal["check_out"]

OLDEST_SCAN = timedelta(hours=24)
CLOCK_SKEW = timedelta(minutes=2)
CODE_CHARACTERS = 132

_REFUSALS: dict[invitations.Standing, Result | None] = {
    "open": None,
    "early": "too_early",
    "ended": "expired",
    "cancelled": "cancelled",
    "not_approved": "not_approved",
}


@dataclass(frozen=True)
class Typed:
    """What a code turned out to be: a QR's text, a reservation number (with visitor's `no`), phone digits."""

    form: Literal["qr", "reservation", "phone", "none"]
    text: str = ""
    no: int | None = None


@dataclass(frozen=True)
class Scan:
    """One attempt at a gate. `at` is when it happened, `recorded_at` when we learnt of it (both UTC).

    `reason` is why there was no code, where the guard chose the visitor from a list.
    """

    site: Site
    gate: str
    direction: Direction
    at: datetime
    recorded_at: datetime
    by: str
    nonce: str
    reason: str = ""

    @property
    def day(self) -> date:
        """The site's own date at the time of the scan."""
        return passes.local_day(self.at, self.site.time_zone)


@dataclass(frozen=True)
class Decision:
    """What the gate answers: `held` is the pass afterwards, `passage` is there when someone went through."""

    result: Result
    held: Pass | None = None
    passage: Passage | None = None

    @property
    def on_site(self) -> bool:
        """Whether the visitor is inside now."""
        return self.held is not None and self.held.status == "inside"

    @property
    def offers(self) -> tuple[Offer, ...]:
        """What the guard may do next with the same code."""
        return ("check_out",) if self.result == "already_in" else ()


def read(code: str) -> Typed:
    """What a scanned or typed text is; full-width digits and spaces are as good as plain ones."""
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", code))
    if found := re.fullmatch(rf"(?:\S*/i/)?([\w-]{{{CODE_CHARACTERS}}})", text, re.ASCII):
        return Typed("qr", found[1])
    if re.fullmatch(r"[0-9]{4}", text):
        return Typed("phone", text)
    if found := re.fullmatch(r"([0-9]{6,12})(?:-([0-9]{1,3}))?", text):
        return Typed("reservation", found[1], int(found[2]) if found[2] else None)
    return Typed("none")


def check_time(at: datetime, now: datetime) -> None:
    """Raise Invalid for a scan that is said to lie more than a day back or in the future."""
    if at > now + CLOCK_SKEW:
        raise Invalid(FieldError("at", "in_the_future"))
    if at < now - OLDEST_SCAN:
        raise Invalid(FieldError("at", "too_long_ago", {"hours": "24"}))


def days_to_look_at(scan: Scan, since: datetime) -> list[date]:
    """The days whose passes may matter to a visit that nobody comes to before `since` (UTC).

    Somebody who went in on an earlier day may still be inside; the early window may begin on the day before.
    """
    first, last = scan.day - LONGEST, scan.day + timedelta(days=1)
    first = max(first, min(passes.local_day(since, scan.site.time_zone), scan.day))
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def decide(
    scan: Scan, visit: Visit | Appointment, guest: Guest | None, held: Iterable[Pass], code: Code | None = None
) -> Decision:
    """What happens at the gate: `held` are the visitor's passes, `code` is the scanned QR if there was one.

    Whoever is inside may always go out; whoever is not may come in, again and again, while the window is open.
    A scan made offline that arrives after a later one changes nothing: the visitor went through since.
    `guest` is None while nobody of that number is invited.
    """
    if visit.site != scan.site.id:
        return Decision("wrong_site")
    if guest is None:
        return Decision(_REFUSALS[invitations.STANDING_OF[visit.status]] or "unknown")
    known = list(held)
    own = _pass_of(scan, visit, guest, known)
    late = any(each.changed_at and scan.at < each.changed_at for each in known)
    if own.status == "inside":
        return _from_inside(scan, own, late)
    if scan.direction == "out" or late:
        return Decision("already_out", own)
    refusal = _refusal(scan, visit, guest, own, code)
    return Decision(refusal, own) if refusal else _checked_in(scan, own)


def is_due(scan: Scan, guest: Guest, held: Iterable[Pass]) -> bool:
    """Whether a visitor whom digits may mean has to do with the gate today: is inside, or may come in at some time."""
    early, zone = scan.site.early_minutes, scan.site.time_zone
    today = any(
        passes.local_day(invitations.opens(each.starts, early), zone) <= scan.day <= passes.local_day(each.ends, zone)
        for each in guest.appointment.occurrences
    )
    return any(each.status == "inside" for each in held) or (guest.status == "invited" and today)


def _pass_of(scan: Scan, visit: Visit | Appointment, guest: Guest, known: list[Pass]) -> Pass:
    """The pass that the scan is about: of where they are inside, else of today, the next day or the last."""
    inside = next((each for each in known if each.status == "inside"), None)
    days = passes.days_of(visit.occurrences, scan.site.time_zone)
    day = next((each for each in days if each >= scan.day), max(days))
    today = next((each for each in known if each.day == day), None)
    return inside or today or replace(passes.pass_for(visit, guest, day, days[day]), version=0)


def _from_inside(scan: Scan, own: Pass, late: bool) -> Decision:
    if scan.direction == "in" or late:
        return Decision("already_in", own)
    return _through("checked_out", scan, own, passes.leave(own, scan.at, scan.gate))


def _refusal(scan: Scan, visit: Visit | Appointment, guest: Guest, own: Pass, code: Code | None) -> Result | None:
    if own.status == "revoked" or (code and code.nonce != guest.nonce):
        return "cancelled"
    if own.status == "no_show":
        return "expired"
    window = (invitations.opens(own.starts, scan.site.early_minutes), own.ends)
    return _REFUSALS[invitations.standing(visit.status, guest, window, scan.at)]


def _checked_in(scan: Scan, own: Pass) -> Decision:
    return _through("checked_in", scan, own, passes.enter(own, scan.at, scan.gate))


def _through(result: Result, scan: Scan, own: Pass, after: Pass) -> Decision:
    passage = _passage(scan, own)
    return Decision(result, passes.through(own, after, passage), passage)


def _passage(scan: Scan, own: Pass) -> Passage:
    return Passage(
        visit=own.visit,
        no=own.no,
        day=own.day,
        direction=scan.direction,
        at_time=scan.at,
        recorded_at=scan.recorded_at,
        site=scan.site.id,
        gate=scan.gate,
        by=scan.by,
        nonce=scan.nonce,
        reason=scan.reason,
    )
