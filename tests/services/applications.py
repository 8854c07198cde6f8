"""Budget applications at the company of the tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from chalicelib.domain.applications import Application, Asked, Row, Type
from chalicelib.domain.errors import Invalid
from chalicelib.domain.rates import Day, Quote
from chalicelib.domain.rates import stated as stated_rate
from chalicelib.models.applications import ApplicationItem
from chalicelib.models.approvals import TaskItem
from chalicelib.models.expenses import CategoriesItem, CategoryItem
from chalicelib.models.rates import RatesItem
from chalicelib.models.store import save
from chalicelib.services import applications, approvals, expenses, rates
from chalicelib.services.approvals import Asked as Decided
from tests.domain.applications.examples import row
from tests.services.conftest import Company

COST = 60_000
"""Of one row: six heads at 100.00."""


def stated(type: Type = "meals", **facts: Any) -> Row:
    """A row as an applicant states it, on 4 March, in the site's currency."""
    return row(type, **{"currency": ""} | facts)


def asked(*rows: Row, **facts: Any) -> Asked:
    """What an applicant asks for: one meal unless other rows are given."""
    return Asked(**{"purpose": "客户考察", "rows": rows or (stated(),)} | facts)


def drafted(company: Company, *rows: Row, **facts: Any) -> str:
    """The id of a draft."""
    return str(applications.apply(company.call(company.applicant), asked(*rows, **facts))["id"])


def submitted(company: Company, *rows: Row, **facts: Any) -> str:
    """The id of an application that waits for its approval."""
    call = company.call(company.applicant)
    return str(applications.apply(call, asked(*rows, **facts), submit_now=True)["id"])


def task_of(company: Company) -> TaskItem:
    """The only task of the applicant's manager."""
    (task,) = approvals.inbox(company.call(company.manager)).items
    assert isinstance(task, TaskItem)
    return task


def decide(company: Company, action: str, comment: str = "因为") -> None:
    """What the manager decides."""
    approvals.act(company.call(company.manager), task_of(company).id, Decided(action, comment))


def approved(company: Company, *rows: Row, **facts: Any) -> str:
    """The id of an approved application."""
    id = submitted(company, *rows, **facts)
    decide(company, "approve")
    return id


def act(company: Company, id: str, action: str, **facts: Any) -> None:
    """What the applicant does with it."""
    applications.act(company.call(company.applicant, **facts), id, action)


def kept(company: Company, id: str) -> Application:
    """The application as it is."""
    (item,) = company.store.get(ApplicationItem.at(id))
    found: Application = item.to(Application)
    return found


def quoted(company: Company, value: str, currency: str = "USD", day: date = date(2026, 3, 2)) -> None:
    """Finance says what a unit of the currency is worth in yuan on that day."""
    (item,) = company.store.get(RatesItem.at(day))
    before: Day = item.to(Day) if item else Day(day)
    quote = Quote(currency, "CNY", Decimal(value))
    company.store.write(save(RatesItem.from_day(stated_rate(before, quote, frozenset({currency, "CNY"})))))
    rates.forget()


def restated(company: Company, key: str, **facts: Any) -> None:
    """Finance states an expense category that the company began with otherwise."""
    before = expenses.known(company.store, company.now).get(key)
    assert before
    category = replace(before, version=1, **facts)
    head = CategoriesItem.of_version(1)
    company.store.write(save(head), save(CategoryItem.from_category(category)))
    expenses.forget()


TRAVEL = stated("transport")
"""400.00 of the budget for travel."""


def faults_of(error: Invalid) -> dict[str, str]:
    return {each.path: each.code for each in error.fields}
