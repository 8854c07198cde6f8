"""Budget applications as a file: mine, or those of a department or of all in a month."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from chalicelib.domain.applications import Application
from chalicelib.services import applications
from chalicelib.services.call import Call
from chalicelib.services.directory import departments
from chalicelib.services.exports import Asked, Cell, Column, Sheet, local, titled, word
from chalicelib.services.lists import Listed
from chalicelib.web.i18n import N_
from chalicelib.web.money import amount


def _sum(application: Application, minor: int) -> Cell:
    """A number that can be summed up, in the currency of its column."""
    return Decimal(amount(minor, application.currency))


def _department(call: Call, application: Application) -> Cell:
    known = departments(call.store, call.now)
    return next((each.name for each in known if each.id == application.department), application.department)


COLUMNS: Mapping[str, Callable[[Call, Application], Cell]] = {
    N_("Number"): lambda call, each: each.number,
    N_("Purpose"): lambda call, each: each.purpose,
    N_("Applicant"): lambda call, each: each.applicant_name,
    N_("Department"): _department,
    N_("First day"): lambda call, each: each.first_day,
    N_("Amount"): lambda call, each: _sum(each, each.total),
    N_("Currency"): lambda call, each: each.currency,
    N_("Above the budget"): lambda call, each: _sum(each, each.over) if each.over else None,
    N_("Reason for exceeding the budget"): lambda call, each: each.budget_reason,
    N_("Visit"): lambda call, each: each.visit_number,
    N_("Status"): lambda call, each: word(call, each.status),
    N_("Created"): lambda call, each: local(call, each.created_at),
    N_("Submitted"): lambda call, each: local(call, each.submitted_at),
    N_("Ended"): lambda call, each: local(call, each.ended_at),
}


def settled(call: Call, asked: Asked) -> Asked:
    """The same with the month, which is this one unless another is asked for."""
    return {"month": f"{call.now:%Y-%m}", **asked}


def listed(call: Call, asked: Asked, cursor: str | None, limit: int) -> Listed[Application]:
    """The page of the list that the filters mean."""
    wanted = settled(call, asked)
    names = ("month", "department", "status", "q")
    return applications.listed(
        call, applications.Wanted(**{name: wanted.get(name, "") for name in names}), cursor, limit
    )


def _rows(call: Call, asked: Asked, cursor: str | None, limit: int) -> tuple[Sequence[Application], str | None]:
    page = listed(call, asked, cursor, limit)
    return page.records, page.next


def _columns(call: Call, asked: Asked) -> Sequence[Column]:
    return titled(call, COLUMNS)


SHEET = Sheet("applications", N_("Budget applications"), _rows, _columns, settled)
