"""What a person wants to hear how and when: channels by kind, a digest, quiet hours (免打扰).

All times of day are in the person's own time zone. On days on which clocks are put forward, a time of day that does
not exist counts as the moment after the gap; where clocks are put back, the first of the two counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.notifications.kinds import CHOSEN, KINDS, Channel

type DigestMode = Literal["off", "daily", "weekly"]
MONDAY = 1


@dataclass(frozen=True)
class Preferences:
    """A person's choice. `channels` names the channels by kind; a kind that is missing has its usual ones.

    `digest`: e-mails come at once (off), or collected at `digest_at` of every day or of weekday `digest_day` (ISO, 1 is
    Monday). From `quiet_from` until `quiet_until` (possibly of the next day) text messages and e-mails wait.
    """

    person: str
    channels: Mapping[str, tuple[Channel, ...]] = field(default_factory=dict)
    digest: DigestMode = "off"
    digest_at: time = time(8, 30)
    digest_day: int = MONDAY
    quiet_from: time | None = None
    quiet_until: time | None = None
    version: int = 0

    def wants(self, channel: Channel, kind: str) -> bool:
        """Whether the person takes such events by the channel."""
        usual = KINDS[kind].usual
        return channel in (usual if KINDS[kind].always else self.channels.get(kind, usual))

    def check(self) -> None:
        """Raise Invalid for a kind or channel that nobody chooses, or for half of the quiet hours."""
        wrong = [
            FieldError(f"channels.{kind}", "unknown_value")
            for kind, chosen in self.channels.items()
            if kind not in KINDS or not set(chosen) <= set(CHOSEN)
        ]
        if (self.quiet_from is None) != (self.quiet_until is None):
            wrong.append(FieldError("quiet_from" if self.quiet_from is None else "quiet_until", "required"))
        elif self.quiet_from is not None and self.quiet_from == self.quiet_until:
            wrong.append(FieldError("quiet_until", "quiet_all_day"))
        if wrong:
            raise Invalid(*wrong)


def quiet_until(preferences: Preferences, time_zone: str, now: datetime) -> datetime | None:
    """When the quiet hours end that `now` lies in (UTC), None outside of them."""
    starts, ends = preferences.quiet_from, preferences.quiet_until
    if starts is None or ends is None:
        return None
    for days in (-1, 0):
        begun = _moment(now, time_zone, days, starts)
        over = _moment(now, time_zone, days + (ends <= starts), ends)
        if begun <= now < over:
            return over
    return None


def next_digest(preferences: Preferences, time_zone: str, now: datetime) -> datetime | None:
    """When the next digest goes out (UTC), None for who has none."""
    if preferences.digest == "off":
        return None
    moments = (_moment(now, time_zone, days, preferences.digest_at) for days in range(9))
    due = (each for each in moments if each > now and _fits(preferences, each.astimezone(ZoneInfo(time_zone))))
    return next(due)


def _fits(preferences: Preferences, local: datetime) -> bool:
    return preferences.digest == "daily" or local.isoweekday() == preferences.digest_day


def _moment(now: datetime, time_zone: str, days: int, at: time) -> datetime:
    """That time of the person's day `days` after today, in UTC."""
    zone = ZoneInfo(time_zone)
    day = now.astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, at, zone).astimezone(UTC)
