"""Reports of spending: by whatever one asks for, with the expenses behind every figure."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import ConfigDict, Field

from chalicelib.domain.anomalies import Anomaly
from chalicelib.domain.processes import BUILT_IN
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.fields import Id, Line, Month, Strict
from chalicelib.handlers.sheets import ListQuery, asked_of
from chalicelib.services import reports
from chalicelib.services.call import Call
from chalicelib.services.exports import disposition
from chalicelib.services.reports import EVERYTHING, VIEW, Expense, Filters, Row, Waiting
from chalicelib.services.reports.naming import Names
from chalicelib.services.reports.paper import month_pdf, month_title
from chalicelib.services.sheets.reports import BY, EXPENSES, SHEET, chosen, filters
from chalicelib.web.report_words import anomaly_words

area = Area(__name__)
SHOWN = 100
"""Rows of a report's page; the file has all."""


class ReportQuery(ListQuery):
    """Whose spending (a department with all below it), from month to month (at most 13), by what."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    view: Literal["spending", "budgets", "approvals", "excess", "second_look"] = "spending"
    by: Literal["department", "category", "person", "project", "customer", "visit"] = "department"
    department: Id | None = None
    first: Month | None = Field(default=None, alias="from")
    last: Month | None = Field(default=None, alias="to")


class ExpensesQuery(ListQuery):
    """Which expenses: those behind a row of a report."""

    model_config = ConfigDict(extra="forbid", populate_by_name=True)

    by: Literal["", "category", "person", "project", "customer"] = ""
    of: Line = ""
    currency: Line = ""
    department: Id | None = None
    first: Month | None = Field(default=None, alias="from")
    last: Month | None = Field(default=None, alias="to")


class MonthQuery(Strict):
    """Which month (YYYY-MM), and of which department with all below it; without one, all that the reader may see."""

    month: Month
    department: Id | None = None
    lang: str | None = Field(default=None, max_length=10)


@area.endpoint("GET", "/reports", action=VIEW, query=ReportQuery, page="reports.html", sheet=SHEET)
def show_report(call: Call, query: ReportQuery) -> dict[str, Any]:
    """A report of what was spent, of budgets used, of approval times, or of what deserves a second look."""
    wanted = filters(call, asked_of(query))
    made = _VIEWS[query.view](call, wanted, query.by)
    return {
        "view": query.view,
        "by": query.by,
        "period": {"from": wanted.first, "to": wanted.last},
        "choices": [{"id": each.id, "name": each.name} for each in reports.departments(call)],
        "sees_all": call.may(VIEW, EVERYTHING),
        "next": None,
    } | made


def _spending(call: Call, wanted: Filters, by: str) -> dict[str, Any]:
    found = reports.spending(call, wanted, BY[by])
    rows, months = found.rows[:SHOWN], wanted.months
    names = Names.of(call, by, [row.key for row in rows])
    by_month = {
        currency: {name: [sums.get(month, {}).get(name, 0) for month in months] for name in ("spent", "awaiting")}
        for currency, sums in found.months.items()
    }
    return {
        "items": [_row(row, names) for row in rows],
        "totals": {currency: dict(figures) for currency, figures in sorted(found.totals.items())},
        "months": {"labels": months, "sums": by_month},
        "whole": found.whole and len(found.rows) <= SHOWN,
    }


def _row(row: Row, names: Names) -> dict[str, Any]:
    return {"key": row.key, "name": names.get(row.key), "currency": row.currency} | dict(row.figures)


def _budgets(call: Call, wanted: Filters, by: str) -> dict[str, Any]:
    found = reports.execution(call, wanted)
    rows = [vars(each) | {"share": each.share} | dict(each.figures) for each in found]
    return {"items": rows, "whole": True}


def _approvals(call: Call, wanted: Filters, by: str) -> dict[str, Any]:
    steps, people = reports.approval_times(call, wanted)
    names = Names.of(call, "person", [each.key for each in people[:SHOWN]])
    return {
        "items": [_waiting(each, _step(call, each.key)) for each in steps],
        "people": [_waiting(each, names.get(each.key)) for each in people[:SHOWN]],
        "whole": len(people) <= SHOWN,
    }


def _waiting(each: Waiting, name: str) -> dict[str, Any]:
    return vars(each) | {"name": name, "average": each.average}


def _step(call: Call, key: str) -> str:
    """A step by its process: those that come along have titles, others are called by their keys."""
    process, _, step = key.partition("/")
    language = "zh" if call.locale.startswith("zh") else "en"
    steps = {(name, each.key): each.title[language] for (name, _), found in BUILT_IN.items() for each in found.steps}
    titles = {name: found.title[language] for (name, _), found in BUILT_IN.items()}
    return f"{titles.get(process, process)} · {steps.get((process, step), step)}"


def _excess(call: Call, wanted: Filters, by: str) -> dict[str, Any]:
    found, whole = reports.expenses(call, wanted)
    steepest = sorted((each for each in found if each.excess > 0), key=lambda each: -each.excess)
    return {"items": _expenses(call, steepest[:SHOWN]), "whole": whole and len(steepest) <= SHOWN}


def _second_look(call: Call, wanted: Filters, by: str) -> dict[str, Any]:
    found, whole = reports.second_look(call, wanted)
    shown = found[:SHOWN]
    names = Names.of(call, "person", [row.person for each in shown for row in each.rows])
    return {"items": [_anomaly(call, each, names) for each in shown], "whole": whole and len(found) <= SHOWN}


def _anomaly(call: Call, each: Anomaly, names: Names) -> dict[str, Any]:
    heading, reason = anomaly_words(each, names.get(each.facts.get("person", "")), call.locale)
    rows = [vars(row) | {"name": names.get(row.person)} for row in each.rows[:10]]
    return {"rule": each.rule, "rows": rows, "count": len(each.rows), "heading": heading, "reason": reason}


_VIEWS = {
    "spending": _spending,
    "budgets": _budgets,
    "approvals": _approvals,
    "excess": _excess,
    "second_look": _second_look,
}


@area.endpoint("GET", "/reports/month.pdf", action=VIEW, query=MonthQuery, content="application/pdf")
def show_month(call: Call, query: MonthQuery) -> Reply:
    """A month's report to be printed, sent on or kept: totals, the year so far, budgets, what stands out."""
    found = reports.month_report(call, query.department or "", query.month)
    content = month_pdf(found, call.locale, call.now.date())
    saved_as = disposition(f"{month_title(found, call.locale)}.pdf")
    return Reply(content=content, content_type="application/pdf", headers={"Content-Disposition": saved_as})


@area.endpoint(
    "GET", "/reports/expenses", action=VIEW, query=ExpensesQuery, page="report_expenses.html", sheet=EXPENSES
)
def show_expenses(call: Call, query: ExpensesQuery) -> dict[str, Any]:
    """The expenses behind a row of a report, the latest first."""
    asked = asked_of(query)
    found, whole = chosen(call, asked)
    wanted = filters(call, asked)
    shown, people = found[:SHOWN], Names.of(call, query.by, [query.of])
    return {
        "items": _expenses(call, shown),
        "of": people.get(query.of) if query.of else "",
        "period": {"from": wanted.first, "to": wanted.last},
        "count": len(found),
        "whole": whole and len(found) <= SHOWN,
        "next": None,
    }


def _expenses(call: Call, found: list[Expense]) -> list[dict[str, Any]]:
    people = Names.of(call, "person", [each.about.person for each in found])
    categories = Names.of(call, "category", ())
    return [
        each.about._asdict()
        | {"name": people.get(each.about.person), "category_name": categories.get(each.about.category)}
        | {"currency": each.currency, "amount": each.amount, "excess": each.excess}
        for each in found
    ]
