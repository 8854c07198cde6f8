"""What in expenses deserves a second look (费用异常), each with its reason and its rows. Nothing here accuses anybody.

Rules are pure: they see expenses of one department or company in some months, and say the same whatever their order.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

type Rule = Literal["same_sum", "round_sums", "rest_day_meal", "far_from_peers", "just_under"]

NEAR = timedelta(days=7)
"""How far apart two equal sums to one vendor may be and still look like one."""
ROUND_TO = 100
ROUND_LEAST = 500
"""Units of a currency, not minor ones: a round sum is a multiple of the first, and no less than the second."""
SEVERAL = 3
"""How many it takes until a habit is one."""
PEERS = 5
"""Fewer than these cannot say what is usual."""
FAR = Fraction(14826 * 3, 10000)
"""Three standard deviations, told from the median of what others are away from theirs (the usual 1.4826)."""
UNDER = Fraction(9, 10)
"""From this part of a limit on, a sum is just under it."""
WITHIN = timedelta(days=30)


@dataclass(frozen=True, order=True)
class Spent:
    """An expense: who spent how much (minor units of `currency`) when on what, and the line of a claim that says so."""

    day: date
    person: str
    category: str
    vendor: str
    amount: int
    currency: str
    claim: str
    number: str
    line: str


@dataclass(frozen=True)
class Anomaly:
    """What was found, by which rule; `facts` say all that its text needs, sums in minor units of `currency`."""

    rule: Rule
    rows: tuple[Spent, ...]
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Terms:
    """What the rules rest on: digits of currencies, limits (minor units) by currency, meals, days of rest."""

    digits: Callable[[str], int]
    limits: Mapping[str, Sequence[int]] = field(default_factory=dict)
    meals: frozenset[str] = frozenset()
    rests: Callable[[date], bool] = lambda day: day.weekday() >= 5


def found(expenses: Iterable[Spent], terms: Terms) -> list[Anomaly]:
    """Everything that the rules find, rule by rule, the latest rows first."""
    rows = sorted({each for each in expenses if each.amount > 0})
    rules = (_same_sums(rows), _round_sums(rows, terms), _meals(rows, terms), _far(rows), _just_under(rows, terms))
    return [each for rule in rules for each in sorted(rule, key=_latest, reverse=True)]


def _latest(anomaly: Anomaly) -> tuple[date, tuple[Spent, ...]]:
    return max(row.day for row in anomaly.rows), anomaly.rows


def _grouped(rows: Iterable[Spent], key: Callable[[Spent], object]) -> list[list[Spent]]:
    groups: dict[object, list[Spent]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return list(groups.values())


def _same_sums(rows: Sequence[Spent]) -> Iterator[Anomaly]:
    """The same vendor and the same sum within days: once may be a duplicate."""
    named = [row for row in rows if row.vendor.strip()]
    for group in _grouped(named, lambda row: (row.vendor.strip().casefold(), row.amount, row.currency)):
        for run in _runs(group):
            if len(run) > 1:
                facts = {"amount": str(run[0].amount), "currency": run[0].currency, "vendor": run[0].vendor}
                yield Anomaly("same_sum", tuple(run), facts | {"count": str(len(run))})


def _runs(rows: Sequence[Spent]) -> list[list[Spent]]:
    """Rows in the order of their days, parted where more than NEAR lies between two."""
    runs: list[list[Spent]] = []
    for row in rows:
        if runs and row.day - runs[-1][-1].day <= NEAR:
            runs[-1].append(row)
        else:
            runs.append([row])
    return runs


def _round_sums(rows: Sequence[Spent], terms: Terms) -> Iterator[Anomaly]:
    """Somebody whose sums are round as a habit: bills seldom are."""
    for group in _grouped(rows, lambda row: (row.person, row.currency)):
        unit = 10 ** terms.digits(group[0].currency)
        whole = [row for row in group if row.amount % (ROUND_TO * unit) == 0 and row.amount >= ROUND_LEAST * unit]
        if len(whole) >= SEVERAL and 2 * len(whole) >= len(group):
            facts = {"count": str(len(whole)), "of": str(len(group)), "person": group[0].person}
            yield Anomaly("round_sums", tuple(whole), facts)


def _meals(rows: Sequence[Spent], terms: Terms) -> Iterator[Anomaly]:
    """A meal on a day on which the office rests."""
    for row in rows:
        if row.category in terms.meals and terms.rests(row.day):
            facts = {"day": row.day.isoformat(), "amount": str(row.amount), "currency": row.currency}
            yield Anomaly("rest_day_meal", (row,), facts)


def _far(rows: Sequence[Spent]) -> Iterator[Anomaly]:
    """Somebody who spends far more than the others, and at least twice what is usual."""
    for currency in sorted({row.currency for row in rows}):
        people = _grouped([row for row in rows if row.currency == currency], lambda row: row.person)
        sums = [sum(row.amount for row in group) for group in people]
        if len(sums) < PEERS:
            continue
        usual = _median(sums)
        away = _median([abs(each - usual) for each in sums])
        for group, total in zip(people, sums, strict=True):
            if total > usual + FAR * away and total >= 2 * usual:
                facts = {"amount": str(total), "usual": str(round(usual)), "currency": currency}
                yield Anomaly("far_from_peers", tuple(group), facts | {"person": group[0].person})


def _median(numbers: Sequence[int | Fraction]) -> Fraction:
    ordered = sorted(numbers)
    middle = len(ordered) // 2
    if len(ordered) % 2:
        return Fraction(ordered[middle])
    return Fraction(ordered[middle - 1] + ordered[middle]) / 2


def _just_under(rows: Sequence[Spent], terms: Terms) -> Iterator[Anomaly]:
    """Several sums of one person just under a limit within a month."""
    for group in _grouped(rows, lambda row: (row.person, row.currency)):
        for limit in sorted(set(terms.limits.get(group[0].currency, ()))):
            near = [row for row in group if UNDER * limit <= row.amount < limit]
            close = _crowded(near)
            if close:
                facts = {"limit": str(limit), "currency": group[0].currency, "count": str(len(close))}
                yield Anomaly("just_under", tuple(close), facts | {"person": group[0].person})


def _crowded(rows: Sequence[Spent]) -> list[Spent]:
    """Of rows in the order of their days, those that stand in a span of WITHIN with SEVERAL of them."""
    days, behind = [row.day for row in rows], 0
    kept: list[Spent] = []
    for first, day in enumerate(days):
        last = bisect_right(days, day + WITHIN)
        if last - first >= SEVERAL:
            kept += rows[max(first, behind) : last]
            behind = last
    return kept
