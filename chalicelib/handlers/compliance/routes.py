"""The routes of the rules of spending."""

from __future__ import annotations

from typing import Any

from chalicelib.handlers.answers import Reply
from chalicelib.handlers.compliance.forms import (
    LimitChanged,
    LimitForm,
    LimitsQuery,
    MineQuery,
    RulesChanged,
    RulesForm,
)
from chalicelib.handlers.compliance.mine import mine_data
from chalicelib.handlers.compliance.shown import blank_form, list_data, page_data, rules_form
from chalicelib.handlers.endpoint import Area
from chalicelib.services import compliance
from chalicelib.services.call import Answer, Call

area = Area("chalicelib.handlers.compliance")

MANAGE = "compliance:manage"
VIEW = "compliance:view"


@area.endpoint("GET", "/spending-rules", action=MANAGE, query=LimitsQuery, page="spending_rules.html")
def list_limits(call: Call, query: LimitsQuery) -> dict[str, Any]:
    """The limits of spending, those that count or will count unless `when` asks for all."""
    return list_data(call, query)


@area.endpoint("GET", "/spending-rules/mine", action=VIEW, query=MineQuery, page="spending_mine.html")
def my_limits(call: Call, query: MineQuery) -> dict[str, Any]:
    """What I may spend, by category and place, and what a claim has to keep to."""
    return mine_data(call, query.place)


@area.endpoint("GET", "/spending-rules/new", action=MANAGE, page="spending_limit.html")
def new_limit(call: Call) -> dict[str, Any]:
    """The form of a new limit."""
    return blank_form(call)


@area.endpoint(
    "POST",
    "/spending-rules",
    action=MANAGE,
    body=LimitForm,
    answer=LimitChanged,
    status=201,
    page="spending_limit.html",
    refill=blank_form,
)
def create_limit(call: Call, form: LimitForm) -> Answer:
    """Write a limit down; one without an end that it follows ends the day before."""
    return compliance.create(call, form.limit(), form.amount)


@area.endpoint("GET", "/spending-rules/settings", action=MANAGE, page="spending_settings.html")
def show_rules(call: Call) -> Reply:
    """What is looked for, thresholds, tiers of places, tax titles, and what approves itself."""
    data = rules_form(call)
    return Reply(data, version=data["rules"]["version"])


@area.endpoint(
    "POST",
    "/spending-rules/settings",
    action=MANAGE,
    body=RulesForm,
    answer=RulesChanged,
    page="spending_settings.html",
    refill=rules_form,
)
def set_rules(call: Call, form: RulesForm) -> Answer:
    """State everything but the limits anew; a tier of which there are limits stays."""
    return compliance.set_rules(call, form.stated(), form.amounts())


@area.endpoint("GET", "/spending-rules/{id}", action=MANAGE, page="spending_limit.html")
def show_limit(call: Call, id: str) -> Reply:
    """A limit, and those before and after it."""
    data = page_data(call, id)
    return Reply(data, version=data["limit"]["version"])


@area.endpoint(
    "POST",
    "/spending-rules/{id}",
    action=MANAGE,
    body=LimitForm,
    answer=LimitChanged,
    page="spending_limit.html",
    refill=page_data,
)
def change_limit(call: Call, id: str, form: LimitForm) -> Answer:
    """State a limit anew; of one in force, only when it ends and its note."""
    return compliance.change(call, id, form.limit(), form.amount)
