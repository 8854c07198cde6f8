"""Reception items as pages show them, and as the fields of the form."""

from __future__ import annotations

from typing import Any

from chalicelib.domain.reception_items import ReceptionItem, fields_of
from chalicelib.domain.standards import Estimate, Excess, Line
from chalicelib.domain.visits import Visit
from chalicelib.services import budgets, visits
from chalicelib.web.money import amount


def reception_data(visit: Visit) -> list[dict[str, Any]]:
    """The items of a visit, each with what it costs by the estimate, and its excesses.

    What the estimate does not know has None: `cost`, the standard's `amount` for one and `allowance` for all, and
    `hosts_limit`.
    """
    rows = zip(visit.items, visit.estimate.lines, strict=True)
    return [item_data(item) | line_data(line, visit.estimate) for item, line in rows]


def budget_data(view: visits.VisitView) -> dict[str, Any] | None:
    """The budget of which the visit holds something, with how much, how much of it was too much, and why."""
    asked = view.visit.proposal.visit if view.visit.proposal else view.visit
    if view.budget is None or asked.budget is None:
        return None
    taken = {"amount": asked.budget.amount, "over": asked.budget.over, "reason": asked.budget_reason}
    return budgets.figures_of(view.budget) | taken


def item_data(item: ReceptionItem) -> dict[str, Any]:
    """An item with the fields of its type."""
    own = ("type", "price", "note", "reason", "owner", "owner_name", *fields_of(item.type))
    return {name: getattr(item, name) for name in own}


def line_data(line: Line, estimate: Estimate) -> dict[str, Any]:
    """A line of the estimate."""
    return {
        "cost": line.cost,
        "standard": line.standard,
        "amount": line.amount,
        "allowance": line.allowance,
        "hosts_limit": line.hosts,
        "allowed": line.allowed,
        "excesses": [excess_data(excess) for excess in estimate.excesses if excess.row == line.row],
    }


def excess_data(excess: Excess) -> dict[str, Any]:
    """An excess: its rule, what is asked for and what is allowed, and what follows from it."""
    return {name: value for name, value in vars(excess).items() if name not in ("row", "type")}


def item_rows(visit: Visit) -> list[dict[str, Any]]:
    """The items as the fields of the form."""
    return [_fields(item, visit.estimate.currency) for item in visit.items]


def _fields(item: ReceptionItem, currency: str) -> dict[str, Any]:
    names = [name for name in fields_of(item.type) if name != "legs"]
    given = {name: getattr(item, name) for name in ("type", "note", "reason", "owner", *names)}
    price = {} if item.price is None else {"price": amount(item.price, currency)}
    legs = {f"legs.{row}.{name}": text for row, leg in enumerate(item.legs) for name, text in vars(leg).items()}
    return {name: value for name, value in given.items() if value} | price | legs
