"""Visitors' badges (访客牌): numbered, handed out at the gate, brought back, sometimes lost."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from chalicelib.domain.errors import Conflict, IllegalMove

type BadgeStatus = Literal["out", "returned", "lost"]


@dataclass(frozen=True)
class Badge:
    """A badge of a site by its number, and who has it or had it last."""

    site: str
    number: str
    status: BadgeStatus
    visit: str
    no: int
    name: str
    host: str
    since: datetime
    gate: str
    version: int = 1


class BadgeOut(Conflict):
    """Somebody else has this badge; the error names them."""

    code = "badge_out"


def issue(held: Badge | None, new: Badge) -> Badge:
    """The badge in the hands of `new`; raises BadgeOut while it is out. A lost one that was found goes out again."""
    if held is None:
        return new
    if held.status == "out":
        raise BadgeOut(state=held.status, name=held.name)
    return replace(new, version=held.version + 1)


def settle(held: Badge, status: BadgeStatus, now: datetime) -> Badge:
    """The badge, brought back or given up for lost; raises IllegalMove unless it is out (a lost one may come back)."""
    if held.status != "out" and not (held.status == "lost" and status == "returned"):
        raise IllegalMove("badge_not_out", state=held.status)
    return replace(held, status=status, since=now, version=held.version + 1)
