"""What a budget application would take, while somebody fills in its form: its rows' costs, and each budget as it is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from chalicelib.domain.applications import COUNT_LIMIT, ROWS_LIMIT, TRAVELS, TYPES, Row, Type
from chalicelib.handlers.applications.routes import area
from chalicelib.handlers.applications.shown import category_data, category_names
from chalicelib.handlers.estimates import Halfway, Words, halfway_day, halfway_price, halfway_rows
from chalicelib.handlers.fields import Answered
from chalicelib.services import applications, budgets
from chalicelib.services.applications.form import site_for, today_at
from chalicelib.services.applications.previewing import Priced
from chalicelib.services.applications.visiting import currency_for
from chalicelib.services.call import Call
from chalicelib.web.money import digits_of, minor


def _count(value: Any) -> int:
    """A number of heads or nights; of what is none yet, or too large, 0."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 8:
        value = int(value)
    return value if isinstance(value, int) and 0 <= value <= COUNT_LIMIT else 0


type Count = Annotated[int, BeforeValidator(_count)]
type Sum = Annotated[int | str | None, BeforeValidator(halfway_price)]


class HalfwayRow(Halfway):
    """A row as far as it is filled in."""

    type: Words = ""
    day: Annotated[date | None, BeforeValidator(halfway_day)] = None
    category: Words = ""
    travel: Words = ""
    heads: Count = 0
    nights: Count = 0
    rooms: Count = 0
    days: Count = 0
    quantity: Count = 0
    price: Sum = None
    amount: Sum = None
    currency: Words = ""

    def row(self, currency: str, today: date) -> Row:
        """The row; what is of no type yet counts as something else, what is in no currency as in the site's."""
        known = self.currency if digits_of(self.currency) is not None else currency
        sums: dict[str, Any] = {name: _sum(getattr(self, name), known) for name in ("price", "amount")}
        counts = {name: getattr(self, name) for name in ("heads", "nights", "rooms", "days", "quantity")}
        travel = next((each for each in TRAVELS if each == self.travel), None)
        kind: Type = next((each for each in TYPES if each == self.type), "other")
        return Row(kind, self.day or today, category=self.category, travel=travel, currency=known, **counts, **sums)


def _sum(raw: int | str | None, currency: str) -> int | None:
    return minor(raw, currency) if raw not in (None, "") else None


class EstimateForm(Halfway):
    """The fields of an application on which its budgets depend, as for POST /applications."""

    visit: Words = ""
    rows: Annotated[list[HalfwayRow], BeforeValidator(halfway_rows)] = Field(default_factory=list)


class EstimateAnswer(Answered):
    """Sums are in minor units of `currency`, a row's `cost` in its own. `budgets` have the figures of each that pays,
    what is `asked` of it, how much that is `short`, and what the visit `held` of it already; `unlimited` is what no
    budget pays for."""

    currency: str
    total: int
    rows: list[dict[str, Any]]
    budgets: list[dict[str, Any]]
    unlimited: int
    crowded: bool


@area.endpoint(
    "POST",
    "/applications/estimate",
    action="application:create",
    body=EstimateForm,
    answer=EstimateAnswer,
    page="parts/application_estimate.html",
)
def estimate_application(call: Call, form: EstimateForm) -> dict[str, Any]:
    """What an application would cost and take of budgets, and what these have; nothing is saved."""
    currency = currency_for(call, form.visit)
    today = today_at(call, site_for(call))
    found = applications.preview(call, [each.row(currency, today) for each in form.rows[:ROWS_LIMIT]], form.visit)
    names = category_names(call)
    return {
        "currency": found.currency,
        "total": found.total,
        "rows": [_row_data(each, names) for each in found.rows],
        "budgets": [_room_data(call, each) for each in found.rooms],
        "unlimited": found.unlimited,
        "crowded": found.crowded,
    }


def _row_data(each: Priced, names: Mapping[str, str]) -> dict[str, Any]:
    row = each.row
    known = {name: getattr(row, name) for name in ("type", "currency", "category", "rate", "rate_day")}
    own = {"cost": each.cost, "converted": each.converted, "fault": each.fault}
    return known | own | {"category_name": names.get(row.category, row.category)}


def _room_data(call: Call, room: applications.Room) -> dict[str, Any]:
    own = {"asked": room.asked, "short": room.short, "held": room.held}
    return budgets.figures_of(room.line) | category_data(call, room.line.category) | own
