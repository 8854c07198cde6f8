"""How long advances have been out (账龄), and when their owners are reminded of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from chalicelib.domain.advances.limits import Terms
from chalicelib.domain.advances.model import Advance

BUCKETS = (30, 60, 90)
"""The last days of all buckets but the last: 0-30, 31-60, 61-90, more."""


@dataclass(frozen=True)
class Aged:
    """What somebody of a department owes in a currency, in minor units: `buckets` by how long ago it was paid.

    `advances` counts them, `overdue` is what is owed after its day, `due` the earliest day.
    """

    department: str
    person: str
    name: str
    currency: str
    buckets: tuple[int, ...]
    overdue: int
    advances: int
    due: date

    @property
    def total(self) -> int:
        """All that is owed."""
        return sum(self.buckets)


def bucket_of(days: int) -> int:
    """The bucket of what was paid so many days ago."""
    return sum(days > last for last in BUCKETS)


def aged(advances: Iterable[Advance], today: date) -> list[Aged]:
    """What is owed by department, person and currency; those who have owed the longest come first."""
    grouped: dict[tuple[str, str, str], list[Advance]] = {}
    for each in advances:
        if each.outstanding > 0:
            grouped.setdefault((each.department, each.applicant, each.currency), []).append(each)
    return sorted((_aged(own, today) for own in grouped.values()), key=_longest)


def _aged(advances: list[Advance], today: date) -> Aged:
    buckets = [0] * (len(BUCKETS) + 1)
    for each in advances:
        since = (each.paid_at or each.created_at).date()
        buckets[bucket_of((today - since).days)] += each.outstanding
    first = advances[0]
    return Aged(
        first.department,
        first.applicant,
        first.applicant_name,
        first.currency,
        tuple(buckets),
        sum(each.outstanding for each in advances if each.overdue(today)),
        len(advances),
        min(each.due for each in advances),
    )


def _longest(row: Aged) -> tuple[object, ...]:
    return tuple(-amount for amount in reversed(row.buckets)), row.name, row.person, row.currency


def remind_next(advance: Advance, terms: Terms, now: datetime) -> datetime | None:
    """The next moment (UTC) after `now` at which its owner is to be reminded; None while nothing is owed.

    Some days ahead of its day, on the day after it, and again after as many days as the rules say.
    """
    if advance.outstanding <= 0:
        return None
    ahead, late = _begins(advance.due - timedelta(terms.before)), _begins(advance.due + timedelta(1))
    if now < ahead:
        return ahead
    if now < late:
        return late
    return late + ((now - late) // timedelta(terms.every) + 1) * timedelta(terms.every)


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
