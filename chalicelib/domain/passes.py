"""Passes: one visitor on one day at one site, from expected to gone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from chalicelib.domain.errors import IllegalMove
from chalicelib.domain.invitations import Appointment, Guest
from chalicelib.domain.visits import Occurrence, Visit

type PassStatus = Literal["expected", "inside", "left", "no_show", "revoked"]
type PassMove = Literal["enter", "leave", "miss", "revoke", "restore"]
type Direction = Literal["in", "out"]

PASS_MOVES: Mapping[tuple[PassStatus, PassMove], PassStatus] = {
    ("expected", "enter"): "inside",
    ("left", "enter"): "inside",
    ("inside", "leave"): "left",
    ("expected", "miss"): "no_show",
    ("expected", "revoke"): "revoked",
    ("revoked", "restore"): "expected",
}
"""(status, move) -> status. Who is inside stays inside until they leave, whatever becomes of the visit."""

PHONE_DIGITS = 4
UNDO_WITHIN = timedelta(minutes=5)
"""For how long a guard may take back a passage, from when we learnt of it."""


@dataclass(frozen=True)
class Last:
    """The last passage of a pass, for undoing it: its `nonce`, when we learnt of it, how the pass stood before.

    When it was is the pass's own `changed_at`. `moved` is when the visitor went through the gate before that, at
    `gate`; None when they never had.
    """

    nonce: str
    recorded_at: datetime
    moved: datetime | None
    gate: str


@dataclass(frozen=True)
class Pass:
    """A visitor's right to come in on `day` (the site's own date).

    `starts` and `ends` are the times (UTC) of the visit's occurrence that the day is of; `since` is when the visitor
    went in while inside, `first_in` and `last_out` bound the stay, `entries` counts check-ins, `last` is the passage
    that can be undone.
    """

    visit: str
    no: int
    day: date
    site: str
    name: str
    company: str
    phone_digits: str
    reservation: str
    number: str
    host: str
    host_name: str
    starts: datetime
    ends: datetime
    status: PassStatus = "expected"
    since: datetime | None = None
    first_in: datetime | None = None
    last_out: datetime | None = None
    gate: str = ""
    entries: int = 0
    signed_out_by_rule: bool = False
    late_minutes: int = 0
    last: Last | None = None
    version: int = 1

    @property
    def changed_at(self) -> datetime | None:
        """When the visitor last went through a gate; None before the first time."""
        return self.since or self.last_out


@dataclass(frozen=True)
class Passage:
    """One time through a gate, kept as it was.

    `at_time` is when it happened, `recorded_at` when we learnt of it. `reason` is why the guard let somebody through
    without a code. One that was a mistake stays, with who took it back, when and why.
    """

    visit: str
    no: int
    day: date
    direction: Direction
    at_time: datetime
    recorded_at: datetime
    site: str
    gate: str
    by: str
    nonce: str
    reason: str = ""
    undone_at: datetime | None = None
    undone_by: str = ""
    undo_reason: str = ""


def days_of(occurrences: tuple[Occurrence, ...], time_zone: str) -> dict[date, Occurrence]:
    """The days (the site's own dates) on which visitors come, in order, each with its occurrence.

    Each visitor gets one pass for each of them.
    """
    return {day: each for each in occurrences for day in _days(each.starts, each.ends, time_zone)}


def _days(starts: datetime, ends: datetime, time_zone: str) -> Iterator[date]:
    first, last = local_day(starts, time_zone), local_day(ends - timedelta(microseconds=1), time_zone)
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def local_day(moment: datetime, time_zone: str) -> date:
    """The date that the wall shows at a site with that IANA time zone."""
    return moment.astimezone(ZoneInfo(time_zone)).date()


def pass_for(visit: Visit | Appointment, guest: Guest, day: date, of: Occurrence) -> Pass:
    """A new pass of an invited visitor for one day of the visit and its occurrence."""
    return Pass(
        visit=visit.id,
        no=guest.no,
        day=day,
        site=visit.site,
        name=guest.name,
        company=guest.company,
        phone_digits=guest.phone[-PHONE_DIGITS:],
        reservation=guest.reservation,
        number=visit.number,
        host=visit.host,
        host_name=visit.host_name,
        starts=of.starts,
        ends=of.ends,
    )


def enter(held: Pass, at: datetime, gate: str) -> Pass:
    """The pass of somebody who goes in; raises IllegalMove unless expected or left."""
    first_in = held.first_in or at
    return replace(
        _moved(held, "enter"), since=at, first_in=first_in, gate=gate, entries=held.entries + 1, last_out=None
    )


def leave(held: Pass, at: datetime, gate: str, by_rule: bool = False) -> Pass:
    """The pass of somebody who goes out, or is signed out `by_rule`; raises IllegalMove unless inside."""
    return replace(_moved(held, "leave"), since=None, last_out=at, gate=gate, signed_out_by_rule=by_rule)


def through(before: Pass, after: Pass, passage: Passage) -> Pass:
    """The pass `after` a passage, with what undoing that takes."""
    last = Last(passage.nonce, passage.recorded_at, before.changed_at, before.gate)
    return replace(after, last=last)


def undo(held: Pass, now: datetime) -> tuple[Pass, Last, datetime]:
    """The pass as it was before its last passage, that, and when it was.

    Raises IllegalMove without one, or when it is too late.
    """
    last, at = held.last, held.changed_at
    if last is None or at is None:
        raise IllegalMove("nothing_to_undo", state=held.status)
    if now - last.recorded_at > UNDO_WITHIN:
        raise IllegalMove("too_late_to_undo", state=held.status, minutes=str(UNDO_WITHIN.seconds // 60))
    back = replace(held, gate=last.gate, last=None, version=held.version + 1)
    if held.status != "inside":
        return replace(back, status="inside", since=last.moved, last_out=None), last, at
    entries = held.entries - 1
    first_in = held.first_in if entries else None
    status: PassStatus = "left" if entries else "expected"
    return replace(back, status=status, since=None, last_out=last.moved, first_in=first_in, entries=entries), last, at


def miss(held: Pass) -> Pass:
    """The pass of somebody who did not come; raises IllegalMove unless expected."""
    return _moved(held, "miss")


def revoke(held: Pass) -> Pass:
    """The pass of somebody who is no longer invited; raises IllegalMove unless expected."""
    return _moved(held, "revoke")


def redated(held: Iterable[Pass], wanted: Iterable[Pass]) -> list[Pass]:
    """The passes that change when a visitor's visit does: `held` are theirs, `wanted` those of the changed visit.

    What has happened stays. A day that is no more is revoked, one that comes (again) is expected.
    """
    by_day = {each.day: each for each in held}
    days = {each.day: each for each in wanted}
    gone = [revoke(each) for day, each in by_day.items() if day not in days and each.status == "expected"]
    return gone + [each for day, new in days.items() if (each := _on(by_day.get(day), new))]


def _on(held: Pass | None, wanted: Pass) -> Pass | None:
    """The pass of a day as it is to become; None where it stays."""
    if held is None:
        return wanted
    if held.status == "revoked":
        return replace(wanted, status=_moved(held, "restore").status, version=held.version + 1)
    changed = replace(wanted, version=held.version)
    return replace(wanted, version=held.version + 1) if held.status == "expected" and held != changed else None


def _moved(held: Pass, name: PassMove) -> Pass:
    status = PASS_MOVES.get((held.status, name))
    if status is None:
        raise IllegalMove("pass_illegal_move", state=held.status, move=name)
    return replace(held, status=status, last=None, version=held.version + 1)
