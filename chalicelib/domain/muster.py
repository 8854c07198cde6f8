"""Ticking people off at an evacuation (清点): who is safe, as several guards see it at once, some without network."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.passes import Pass

COUNTS_FOR = timedelta(hours=6)
"""How long a tick counts: longer than any evacuation, shorter than until the next drill."""


@dataclass(frozen=True)
class Tick:
    """A guard's word at `at` (UTC) that a visitor is safe, or is not after all."""

    site: str
    visit: str
    no: int
    safe: bool
    at: datetime
    by: str
    version: int = 1


def counts(new: Tick, held: Tick | None) -> bool:
    """Whether a tick takes the place of the one before: the later word counts, whenever it arrives."""
    return held is None or new.at > held.at


def is_safe(held: Pass, tick: Tick | None, now: datetime) -> bool:
    """Whether somebody who is inside was ticked off since they came in, in this evacuation."""
    return bool(tick and tick.safe and now - tick.at < COUNTS_FOR and (held.since is None or tick.at >= held.since))
