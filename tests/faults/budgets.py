"""Budgets for the harness: lines of two months, visits that hold something of them, and the commands of finance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests import company
from tests.faults.applications import application
from tests.faults.asking import decide, done, find_task, open_task
from tests.faults.world import World

BUDGET = {"department": company.HEAD_OFFICE.id, "period": "2026-03", "amount": "2000", "carries": True, "borrows": True}
YEAR = {"department": company.HEAD_OFFICE.id, "year": "2027", "total": "1000", "method": "evenly"}
ROOM = [{"resource": "r1"}]
COST = 600
"""Of one visit, in yuan: a dinner for six at 100 a head."""
MOVES: tuple[Mapping[str, Any], ...] = (
    {"action": "adjust", "amount": "-50", "reason": "Cut"},
    {"action": "transfer", "amount": "70", "reason": "Fair", "to": f"{company.HEAD_OFFICE.id}.travel.CNY.2026-03"},
    {"action": "borrow", "amount": "30", "reason": "Fair"},
    {"action": "carry"},
    {"action": "terms", "control": "soft"},
    {"action": "close"},
    {"action": "close_year"},
)


def budgeted(world: World) -> None:
    """There are budgets for March and April, and one for travel."""
    world.names["budget"] = done(world, "admin", "POST /budgets", BUDGET)["id"]
    world.names["expense"] = "gift"
    for facts in ({"period": "2026-04"}, {"category": "travel"}):
        done(world, "admin", "POST /budgets", BUDGET | facts)


GROUPS = {"groups": [{"key": "guests", "title": {"en": "Guests", "zh": "招待"}, "categories": ["reception"]}]}
TAXI = {"key": "taxi", "title": {"en": "Taxi", "zh": "出租车"}, "budget": "travel", "asks": ["route"]}
RATE = {"day": "2026-03-02", "currency": "USD", "base": "CNY", "value": "7.2"}
RATES = b"Date,USD,CNY\n2026-03-02,1.08,7.83\n2026-02-27,1.09,7.85\n"
FILE = (
    "Department,Category,Month,Budget,Control\n"
    f"{company.HEAD_OFFICE.id},reception,2026-03,1800,soft\n"
    f"{company.HEAD_OFFICE.id},travel,2026-03,2200,\n"
    f"{company.HEAD_OFFICE.id},training,2026-03,300,none\n"
).encode()


def a_change(world: World, submit: bool = False, **facts: Any) -> dict[str, Any]:
    """A transfer from travel to receptions."""
    travel = f"{company.HEAD_OFFICE.id}.travel.CNY.2026-03"
    wish = {"what": "transfer", "line": world.names["budget"], "source": travel, "amount": "70", "reason": "Fair"}
    return wish | {"submit": submit} | facts


def asking(world: World) -> None:
    """The applicant works in finance, and so may ask for changes."""
    done(world, "admin", "POST /roles/finance", {"action": "give", "person": world.names["applicant"]})


def drafted(world: World) -> None:
    """They have drafted one."""
    world.names["change"] = done(world, "applicant", "POST /budget-changes", a_change(world))["id"]


def asked(world: World) -> None:
    """They have submitted one, which waits for their manager."""
    world.names["change"] = done(world, "applicant", "POST /budget-changes", a_change(world, submit=True))["id"]
    find_task(world)


def half_agreed(world: World) -> None:
    """Their manager has approved it; there is nobody else in finance, so an administrator decides."""
    decide(world, "approve")
    world.names["task"] = open_task(world, "admin")


def agreed(world: World) -> None:
    """It is approved, and the money has moved."""
    done(world, "admin", f"POST /approvals/{world.names['task']}/actions", {"action": "approve"})


def stated(world: World) -> None:
    """Finance states groups, categories and rates."""
    done(world, "admin", "POST /budgets/groups", GROUPS)
    done(world, "admin", "POST /expense-categories", TAXI)
    done(world, "admin", "POST /rates", RATE)


def with_a_dinner(world: World, price: int = 100) -> dict[str, Any]:
    """A visit without a room, with a dinner at that price a head."""
    dinner = {"type": "meal", "day": "2026-03-04", "meal": "dinner", "guests": 4, "hosts": 2, "price": str(price)}
    return application(world, submit=True) | {"resources": [], "items": [dinner]}


def dinner_within_a_budget(world: World) -> None:
    """Somebody drafts a visit with a dinner, for which there is a budget."""
    budgeted(world)
    draft_with_a_dinner(world)


def holding(world: World) -> None:
    """A visit with a dinner waits for its approval."""
    answer = done(world, "applicant", "POST /visits", with_a_dinner(world))
    world.names.update(visit=answer["id"], number=answer["number"])
    find_task(world)


def held(world: World) -> None:
    """It is approved."""
    decide(world, "approve")


def holding_more(world: World) -> None:
    """A change that costs more waits for its approval."""
    done(world, "applicant", f"POST /visits/{world.names['visit']}", with_a_dinner(world, 150))
    find_task(world)


def lowered(world: World) -> None:
    """Finance takes some of it back."""
    done(world, "admin", f"POST /budgets/{world.names['budget']}/actions", MOVES[0])


def closed(world: World) -> None:
    """Its year is over."""
    done(world, "admin", f"POST /budgets/{world.names['budget']}/actions", MOVES[-1])


def draft_with_a_dinner(world: World) -> None:
    """A visit that was filled in, with a dinner that a budget pays."""
    answer = done(world, "applicant", "POST /visits", with_a_dinner(world) | {"submit": False, "resources": ROOM})
    world.names.update(visit=answer["id"], number=answer["number"])
