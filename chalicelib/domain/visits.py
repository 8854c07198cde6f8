"""Visits from application (来访申请) to archive: what one is, what may happen to it, what must be filled in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from chalicelib.domain.directory import Person
from chalicelib.domain.errors import FieldError, IllegalMove, Invalid
from chalicelib.domain.sites import Site

type Status = Literal[
    "draft", "pending", "returned", "withdrawn", "rejected", "approved", "cancelled", "closed", "archived"
]
type Move = Literal["change", "submit", "approve", "return", "withdraw", "reject", "cancel", "close", "archive"]

MOVES: Mapping[tuple[Status, Move], Status] = {
    ("draft", "change"): "draft",
    ("draft", "submit"): "pending",
    ("draft", "cancel"): "cancelled",
    ("pending", "approve"): "approved",
    ("pending", "return"): "returned",
    ("pending", "withdraw"): "withdrawn",
    ("pending", "reject"): "rejected",
    ("pending", "cancel"): "cancelled",
    ("returned", "change"): "returned",
    ("returned", "submit"): "pending",
    ("returned", "cancel"): "cancelled",
    ("withdrawn", "change"): "withdrawn",
    ("withdrawn", "submit"): "pending",
    ("withdrawn", "cancel"): "cancelled",
    ("approved", "cancel"): "cancelled",
    ("approved", "close"): "closed",
    ("closed", "archive"): "archived",
}
"""(status, move) -> status; every other move is illegal and changes nothing."""

HOLDING_ROOMS: frozenset[Status] = frozenset({"pending", "approved"})
"""A visit in one of these statuses keeps its rooms; in every other one they are released."""

VISITORS_LIMIT = 200
TEAM_LIMIT = 30
ROOMS_LIMIT = 10
SIGNED_OUT_AFTER = timedelta(hours=12)
"""How long after the end of a visit somebody may still be inside it."""
LONGEST = timedelta(days=31)
FURTHEST_AHEAD = timedelta(days=366)


@dataclass(frozen=True)
class Visitor:
    """Somebody who is to come. `phone` is E.164; `language` is the one for the SMS and the invite page."""

    name: str
    phone: str
    company: str = ""
    title: str = ""
    email: str = ""
    language: str = "zh-CN"
    plate: str = ""


@dataclass(frozen=True)
class Helper:
    """A colleague of the reception team and with what they help."""

    person: str
    task: str = ""
    name: str = ""


@dataclass(frozen=True)
class RoomUse:
    """A room wanted from `starts` to `ends` (UTC); its name and margin are those of when it was asked for."""

    room: str
    starts: datetime
    ends: datetime
    name: str = ""
    margin_minutes: int = 0


@dataclass(frozen=True)
class Application:
    """What the applicant asks for; times are UTC. `host` is a person's id, `site` a site's."""

    site: str
    starts: datetime
    ends: datetime
    host: str
    purpose: str
    visitors: tuple[Visitor, ...]
    team: tuple[Helper, ...] = ()
    rooms: tuple[RoomUse, ...] = ()
    requirements: str = ""


@dataclass(frozen=True)
class Visit:
    """A visit without its visitors' list (which is read only where it is shown).

    `number` is the reservation number people say aloud; `party` names the first visitor and company for lists;
    `visitors` is how many come; `time_zone` is the site's, in which its times are told; `round` counts submissions;
    `approval` is the running approval's id.
    """

    id: str
    number: str
    applicant: str
    applicant_name: str
    department: str
    department_path: tuple[str, ...]
    site: str
    starts: datetime
    ends: datetime
    host: str
    host_name: str
    host_phone: str
    purpose: str
    requirements: str
    team: tuple[Helper, ...]
    rooms: tuple[RoomUse, ...]
    party: str
    visitors: int
    created_at: datetime
    time_zone: str = "Asia/Shanghai"
    status: Status = "draft"
    round: int = 0
    approval: str | None = None
    approved_at: datetime | None = None
    invited_at: datetime | None = None
    ended_at: datetime | None = None
    version: int = 1

    @property
    def people(self) -> frozenset[str]:
        """Who takes part besides the applicant: the host and the team."""
        return frozenset({self.host, *(helper.person for helper in self.team)})


def move(visit: Visit, name: Move, now: datetime) -> Visit:
    """The visit after a legal move, one version on; raises IllegalMove with the present status."""
    status = MOVES.get((visit.status, name))
    if status is None:
        raise IllegalMove("visit_illegal_move", state=visit.status, move=name)
    moved = replace(visit, status=status, version=visit.version + 1)
    match name:
        case "submit":
            return replace(moved, round=visit.round + 1)
        case "approve":
            return replace(moved, approved_at=now)
        case "cancel" | "reject" | "close":
            return replace(moved, ended_at=now)
        case _:
            return moved


def signed_out_at(visit: Visit) -> datetime:
    """From when on (UTC) whoever is still inside counts as gone, by rule: a cancelled visit is over at once."""
    over = min(visit.ends, visit.ended_at or visit.ends) if visit.status == "cancelled" else visit.ends
    return over + SIGNED_OUT_AFTER


def moves_from(status: Status) -> tuple[Move, ...]:
    """What may happen next, in the table's order."""
    return tuple(name for (source, name) in MOVES if source == status)


def check_application(asked: Application, site: Site | None, host: Person | None, now: datetime) -> None:
    """Raise Invalid naming every field that cannot stand; None for `site` or `host` means that there is none."""
    problems = [*_times(asked, now), *_visitors(asked), *_rooms(asked, site)]
    if site is None:
        problems.append(FieldError("site", "unknown_site"))
    if host is None:
        problems.append(FieldError("host", "unknown_person"))
    elif not host.active:
        problems.append(FieldError("host", "host_departed", {"name": host.name}))
    if problems:
        raise Invalid(*problems)


def _times(asked: Application, now: datetime) -> Iterator[FieldError]:
    if asked.ends <= now:
        yield FieldError("ends", "in_the_past")
    elif asked.starts < now - timedelta(minutes=15):
        yield FieldError("starts", "in_the_past")  # a visitor who already stands at the door is no visit in the past
    if asked.ends <= asked.starts:
        yield FieldError("ends", "end_before_start")
    if asked.ends - asked.starts > LONGEST:
        yield FieldError("ends", "visit_too_long", {"days": str(LONGEST.days)})
    if asked.starts > now + FURTHEST_AHEAD:
        yield FieldError("starts", "too_far_ahead", {"days": str(FURTHEST_AHEAD.days)})


def _visitors(asked: Application) -> Iterator[FieldError]:
    if not asked.visitors:
        yield FieldError("visitors", "required")
    if len(asked.visitors) > VISITORS_LIMIT:
        yield FieldError("visitors", "too_many_rows", {"max_length": str(VISITORS_LIMIT)})
    seen: dict[tuple[str, str], int] = {}
    for row, visitor in enumerate(asked.visitors):
        first = seen.setdefault((visitor.name, visitor.phone), row)
        if first != row:
            yield FieldError(f"visitors.{row}.phone", "visitor_twice", {"row": str(first + 1)})


def _rooms(asked: Application, site: Site | None) -> Iterator[FieldError]:
    for row, use in enumerate(asked.rooms):
        if site and site.room(use.room) is None:
            yield FieldError(f"rooms.{row}.room", "unknown_room")
        if use.ends <= use.starts:
            yield FieldError(f"rooms.{row}.ends", "end_before_start")
        elif use.starts < asked.starts - timedelta(days=1) or use.ends > asked.ends + timedelta(days=1):
            yield FieldError(f"rooms.{row}.starts", "outside_visit")


def party_of(visitors: tuple[Visitor, ...]) -> str:
    """How lists call the visitors: the first one's name and company."""
    first = visitors[0]
    return f"{first.name} · {first.company}" if first.company else first.name


def check_rooms_fit(room_days: int, limit: int) -> None:
    """Raise Invalid when the rooms of one visit touch more room days than one transaction takes."""
    if room_days > limit:
        raise Invalid(FieldError("rooms", "too_many_room_days", {"limit": str(limit)}))


def number_of(visit_id: str) -> str:
    """The reservation number of a new visit: eight digits from the random end of its ULID, easy to say and type."""
    return f"{int(visit_id[-8:].translate(_BASE32_TO_PYTHON), 32) % 90_000_000 + 10_000_000}"


_BASE32_TO_PYTHON = str.maketrans("0123456789ABCDEFGHJKMNPQRSTVWXYZ", "0123456789abcdefghijklmnopqrstuv")
