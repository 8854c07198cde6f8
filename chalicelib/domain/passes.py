"""Passes: one visitor on one day at one site, from expected to gone."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

type PassStatus = Literal["expected", "inside", "left", "no_show", "revoked"]
type Direction = Literal["in", "out"]


@dataclass(frozen=True)
class Pass:
    """A visitor's right to come in on `day` (the site's own date).

    `starts` and `ends` are the visit's times (UTC); `since` is when the visitor went in while inside, `first_in` and
    `last_out` bound the stay, `entries` counts check-ins.
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
    version: int = 1


@dataclass(frozen=True)
class Passage:
    """One time through a gate; never changed afterwards. `at_time` is when it happened, `recorded_at` when we learnt it."""

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
