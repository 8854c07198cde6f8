"""What a visit costs: its estimate by the standards. The one place that says how much of a budget it takes.

It takes its estimate of the budget of its department for receptions, in the month of its first day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from chalicelib.domain.budgets import Category, Document, Line, Share, share_of
from chalicelib.domain.errors import FieldError, Invalid, NotFound
from chalicelib.domain.reception_items import ReceptionItem
from chalicelib.domain.standards import Book, Estimate, check_estimate, estimate
from chalicelib.domain.visits import HOLDING_BOOKINGS, Application, Visit
from chalicelib.models.item import Key
from chalicelib.models.store import Operation
from chalicelib.models.visits import VisitItem
from chalicelib.services import budgets, sites, standards
from chalicelib.services.call import Call
from chalicelib.services.permissions import COMPANY
from chalicelib.web.money import digits_of

CATEGORY: Category = "reception"


@dataclass(frozen=True)
class Cost:
    """A sum in minor units of `currency`."""

    amount: int
    currency: str


def cost_of(visit: Visit) -> Cost:
    """What the visit is expected to cost; nothing where it asks for nothing that costs."""
    return Cost(visit.estimate.total, visit.estimate.currency)


def known_for(call: Call, asked: Application) -> Book:
    """The standards of a moment ago by which a draft is estimated; none are read for one that asks for nothing.

    Raises Invalid for a level of visitors that there is not.
    """
    book = standards.known(call.store, call.now) if asked.items or asked.level else Book()
    if asked.level and book.level(asked.level) is None:
        raise Invalid(FieldError("level", "unknown_level"))
    return book


def currency_at(call: Call, site_id: str) -> str:
    """The currency of the site, that of most companies where there is no such site."""
    try:
        return sites.site(call.store, site_id, call.now).currency
    except NotFound:
        return "CNY"


def estimated(visit: Visit, book: Book, currency: str) -> Visit:
    """The visit with its estimate by these standards, in the currency of its site."""
    found = estimate(visit.items, book, visit.level, visit.site, currency, _first_day(visit))
    return replace(visit, estimate=found)


def check_submission(visit: Visit) -> None:
    """Raise Invalid naming every excess that is blocked or lacks its reason, and every item that lacks a price."""
    found = visit.estimate
    if faults := [*check_estimate(found, digits_of(found.currency) or 0)]:
        raise Invalid(*faults)


def preview(call: Call, items: Sequence[ReceptionItem], level: str, site: str, first: date) -> Estimate:
    """The estimate of what somebody is about to apply for, from `first` on; nothing is saved."""
    call.permit("visit:create", COMPANY)
    book = standards.known(call.store, call.now)
    return estimate(items, book, level, site, currency_at(call, site), first)


@dataclass(frozen=True)
class Room:
    """The budget from which a visit would take `asked`, of which it holds `held` already, and how much is `short`."""

    line: Line
    asked: int
    held: int = 0

    @property
    def short(self) -> int:
        """What is asked for beyond the budget; nothing of one without control."""
        return max(0, self.asked - self.held - self.line.available) if self.line.control != "none" else 0


def preview_budget(call: Call, found: Estimate, first: date, visit_id: str = "") -> Room | None:
    """The budget for what somebody is about to apply for, or about to change of their visit; None without one."""
    call.permit("visit:create", COMPANY)
    line = budget_of(call, call.me.department, found.currency, first) if found.total else None
    if line is None:
        return None
    (item,) = call.store.get(VisitItem.at(visit_id)) if visit_id else (None,)
    visit: Visit | None = item.to(Visit) if item else None
    holds = visit is not None and visit.applicant == call.me.id and visit.status in HOLDING_BOOKINGS
    return Room(line, found.total, _taken(visit).get(line.id, 0) if holds else 0)


def budget_of(call: Call, department: str, currency: str, first: date) -> Line | None:
    """The budget from which a visit of the department takes, from its first day on; None where there is none."""
    return budgets.line_for(call.store, department, CATEGORY, currency, f"{first:%Y-%m}")


def budget_keys(visit: Visit) -> list[Key]:
    """What `charged` and `moving` are going to ask about the visit, for one batch with other reads."""
    if not visit.items:
        return []
    month = f"{_first_day(visit):%Y-%m}"
    return budgets.keys_for(_document(visit), visit.department, CATEGORY, visit.estimate.currency, month)


def charged(call: Call, visit: Visit, before: Share | None = None) -> Visit:
    """The visit with what it takes of its department's budget, having taken `before` already; one read if it costs."""
    cost = cost_of(visit)
    line = budget_of(call, visit.department, cost.currency, _first_day(visit)) if cost.amount else None
    return replace(visit, budget=share_of(line, cost.amount, before) if line else None)


def moving(call: Call, before: Visit | None, after: Visit | None) -> list[Operation]:
    """Operations that take of budgets what the visit takes after a command and not before, and give the reverse back.

    None stands for a visit that holds nothing. Raises Overspent, BudgetClosed, or Invalid where a reason is missing.
    """
    visit = after or before
    if visit is None:
        return []
    asked = visit.proposal.visit if visit.proposal else visit
    reason = asked.budget_reason if asked.budget and asked.budget.over else ""
    return budgets.moving(call, _document(visit), _taken(before), _taken(after), reason)


def _document(visit: Visit) -> Document:
    return Document("visit", visit.id, visit.number)


def _first_day(visit: Visit) -> date:
    return visit.starts.astimezone(ZoneInfo(visit.time_zone)).date()


def _taken(visit: Visit | None) -> dict[str, int]:
    """What the visit takes by line: enough for what it is, and for what a change that waits would make of it."""
    both = (visit, visit.proposal.visit if visit.proposal else None) if visit else ()
    taken: dict[str, int] = {}
    for share in (each.budget for each in both if each and each.budget):
        taken[share.line] = max(share.amount, taken.get(share.line, 0))
    return taken
