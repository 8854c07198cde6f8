"""Reports beside spending: what deserves a second look, how long approvers take, how far budgets are used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from chalicelib.domain import anomalies
from chalicelib.domain.anomalies import Anomaly, Spent
from chalicelib.domain.budgets import FIGURES
from chalicelib.domain.spend import COMPANY, Measure
from chalicelib.services import budgets, compliance, expenses, office_calendar, spend
from chalicelib.services.call import Call
from chalicelib.services.reports import spending
from chalicelib.services.reports.asked import EVERYTHING, VIEW, Filters
from chalicelib.services.reports.spending import Expense
from chalicelib.web.money import digits_of

WEEKEND = 5


def second_look(call: Call, wanted: Filters) -> tuple[list[Anomaly], bool]:
    """What the rules find in the expenses that are asked for, and whether they saw all of them. Raises Forbidden."""
    lines, whole = spending.expenses(call, wanted)
    return anomalies.found([_spent(each) for each in lines], _terms(call)), whole


def _spent(each: Expense) -> Spent:
    about = each.about
    named = about.person, about.category, about.vendor, each.amount, each.currency
    return Spent(date.fromisoformat(about.day), *named, about.claim, about.number, about.line)


def _terms(call: Call) -> anomalies.Terms:
    rules = compliance.known(call.store, call.now)
    limits = {each.currency: [n for n in (each.no_invoice, each.split, each.auto) if n] for each in rules.sums}
    known = expenses.known(call.store, call.now).items
    meals = frozenset(each.key for each in known if each.key == "meal" or each.alcohol)
    calendar = office_calendar.current(call.store, call.now)

    def rests(day: date) -> bool:
        worked = office_calendar.is_workday(calendar, day)
        return day.weekday() >= WEEKEND if worked is None else not worked

    return anomalies.Terms(lambda currency: digits_of(currency) or 0, limits, meals, rests)


@dataclass(frozen=True)
class Waiting:
    """How long decisions took: of a step of a process, or of a person."""

    key: str
    decided: int
    minutes: int
    within_day: int
    within_three: int

    @property
    def average(self) -> int:
        """Minutes for a decision."""
        return self.minutes // self.decided if self.decided else 0


def approval_times(call: Call, wanted: Filters) -> tuple[list[Waiting], list[Waiting]]:
    """By step and by approver, the slowest first; for those who see the whole company. Raises Forbidden."""
    call.permit(VIEW, EVERYTHING)
    steps, people = spend.read(call.store, [("step", [COMPANY]), ("approver", [COMPANY])], wanted.first, wanted.last)
    return _slowest(steps), _slowest(people)


def _slowest(found: spend.Read) -> list[Waiting]:
    sums: dict[str, Counter[Measure]] = {}
    for (_, _, key), figures in found.sums.items():
        sums.setdefault(key, Counter()).update(figures)
    names: tuple[Measure, ...] = ("decided", "minutes", "within_day", "within_three")
    rows = [Waiting(key, *(figures[name] for name in names)) for key, figures in sums.items()]
    return sorted(rows, key=lambda row: (-row.average, row.key))


@dataclass(frozen=True)
class Execution:
    """How far the budgets of a category are used (预算执行), in minor units."""

    category: str
    currency: str
    figures: Mapping[str, int]

    @property
    def budget(self) -> int:
        """Allotted and adjusted."""
        return self.figures["allotted"] + self.figures["adjusted"]

    @property
    def share(self) -> int:
        """Per cent that is used, 0 of nothing."""
        return round(100 * self.figures["used"] / self.budget) if self.budget else 0


def execution(call: Call, wanted: Filters) -> list[Execution]:
    """By category and currency: the budgets of the months that are asked for, and of their year. Raises Forbidden."""
    listing = budgets.listing(call, wanted.last[:4], wanted.department)
    sums: dict[tuple[str, str], Counter[str]] = {}
    for line in listing.lines:
        if len(line.period) == len("YYYY") or wanted.first <= line.period <= wanted.last:
            figures = {name: getattr(line, name) for name in FIGURES}
            sums.setdefault((line.category, line.currency), Counter()).update(figures)
    return [Execution(category, currency, figures) for (category, currency), figures in sorted(sums.items())]
