"""The report of one month (月报): all that a department's head, or the company, looks at once it is over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from chalicelib.domain.anomalies import Anomaly
from chalicelib.domain.spend import Dimension, Measure
from chalicelib.services import directory
from chalicelib.services.call import Call
from chalicelib.services.reports import looking, spending
from chalicelib.services.reports.asked import filters
from chalicelib.services.reports.looking import Execution
from chalicelib.services.reports.naming import Names
from chalicelib.services.reports.spending import Expense, Row

MOST = 15
"""Rows of each table, the largest first; the pages of the report have all."""
BY: tuple[Dimension, ...] = ("category", "department", "person", "customer")


@dataclass(frozen=True)
class Month:
    """A month, and the year until then. `department` is a name, "" for all that the reader may see.

    `rows` are by what was spent on; `year` has the sums of each month by currency; `whole` is False where there was
    more than is read at once.
    """

    department: str
    month: str
    totals: Mapping[str, Mapping[Measure, int]]
    rows: Mapping[Dimension, Sequence[tuple[str, Row]]]
    labels: Sequence[str]
    year: Mapping[str, Mapping[str, Mapping[Measure, int]]]
    budgets: Sequence[Execution]
    excess: Sequence[Expense]
    second_look: Sequence[Anomaly]
    names: Mapping[Dimension, Names]
    whole: bool


def month_report(call: Call, department: str, month: str) -> Month:
    """The report of a month (YYYY-MM) for a department with all below it. Raises Forbidden, NotFound."""
    wanted, until = filters(call, department, month, month), filters(call, department, f"{month[:4]}-01", month)
    by = {dimension: spending.spending(call, wanted, dimension) for dimension in BY}
    year = spending.spending(call, until, "category")
    lines, all_lines = spending.expenses(call, wanted)
    found, _ = looking.second_look(call, wanted)
    steepest = sorted((each for each in lines if each.excess > 0), key=lambda each: -each.excess)
    keys = {dimension: [row.key for row in _spent(each.rows)] for dimension, each in by.items()}
    keys["person"] += [each.about.person for each in steepest[:MOST]]
    keys["person"] += [row.person for each in found[:MOST] for row in each.rows]
    names = {dimension: Names.of(call, dimension, keys[dimension]) for dimension in BY}
    return Month(
        _name(call, department),
        month,
        by["category"].totals,
        {name: [(names[name].get(row.key), row) for row in _spent(each.rows)] for name, each in by.items()},
        until.months,
        year.months,
        looking.execution(call, wanted),
        steepest[:MOST],
        found[:MOST],
        names,
        all_lines and all(each.whole for each in (*by.values(), year)),
    )


def _spent(rows: Sequence[Row]) -> Sequence[Row]:
    return [row for row in rows if row.total][:MOST]


def _name(call: Call, department: str) -> str:
    return directory.department(call.store, department, call.now).name if department else ""
