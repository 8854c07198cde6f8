"""Reports of spending: what was spent on what, what deserves a second look, how long approvals take, budgets used."""

from chalicelib.services.reports.asked import EVERYTHING, VIEW, Filters, departments, filters
from chalicelib.services.reports.looking import Execution, Waiting, approval_times, execution, second_look
from chalicelib.services.reports.month import Month, month_report
from chalicelib.services.reports.monthly import tell_heads
from chalicelib.services.reports.spending import Expense, Row, Spending, expenses, of, spending

__all__ = [
    "EVERYTHING",
    "VIEW",
    "Execution",
    "Expense",
    "Filters",
    "Month",
    "Row",
    "Spending",
    "Waiting",
    "approval_times",
    "departments",
    "execution",
    "expenses",
    "filters",
    "month_report",
    "of",
    "second_look",
    "spending",
    "tell_heads",
]
