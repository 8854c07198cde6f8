"""The estimate of a visit while somebody fills in its form: what it will cost, by which standards, and every excess."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from chalicelib.domain.reception_items import HEADS_LIMIT, ITEMS_LIMIT, LEGS_LIMIT, TYPES, Leg, ReceptionItem
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.fields import Answered, Id, Strict
from chalicelib.handlers.visits.reception import line_data
from chalicelib.services import budgets, visits
from chalicelib.services.call import Call
from chalicelib.web.money import minor

area = Area(__name__)

TEXT_LIMIT = 64


def _line(value: Any) -> str:
    return value[:TEXT_LIMIT] if isinstance(value, str) else ""


def _count(value: Any) -> int:
    """A number of heads or nights; of what is none yet, or too large, 0."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 8:
        value = int(value)
    return value if isinstance(value, int) and 0 <= value <= HEADS_LIMIT else 0


def halfway_day(value: Any) -> date | None:
    """The day with which a date or a time begins."""
    try:
        return datetime.fromisoformat(value).date() if isinstance(value, str) and len(value) <= TEXT_LIMIT else None
    except ValueError:
        return None


def halfway_price(value: Any) -> int | str | None:
    """A sum as it was typed, None for what is none."""
    return value if isinstance(value, int | str) and not isinstance(value, bool) else None


def halfway_rows(value: Any) -> list[Any]:
    """The rows of a group, none for what is no list."""
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


type Count = Annotated[int, BeforeValidator(_count)]
type Words = Annotated[str, BeforeValidator(_line)]


class Halfway(BaseModel):
    """What somebody is about to type: what cannot be read yet counts as not there, other fields do not matter."""

    model_config = ConfigDict(extra="ignore", defer_build=True)


class HalfwayItem(Halfway):
    """An item as far as it is filled in."""

    type: Words = ""
    day: Annotated[date | None, BeforeValidator(halfway_day)] = None
    price: Annotated[int | str | None, BeforeValidator(halfway_price)] = None
    guests: Count = 0
    hosts: Count = 0
    bottles: Count = 0
    nights: Count = 0
    rooms: Count = 0
    reason: Words = ""
    legs: Annotated[list[dict[str, Any]], BeforeValidator(halfway_rows)] = Field(default_factory=list)

    def item(self, currency: str) -> ReceptionItem:
        """The item; what is of no type yet counts as something else."""
        counts = {name: getattr(self, name) for name in ("guests", "hosts", "bottles", "nights", "rooms")}
        price = minor(self.price, currency) if self.price not in (None, "") else None
        legs = (Leg("", ""),) * min(len(self.legs), LEGS_LIMIT)
        known: dict[str, Any] = {"day": self.day, "price": price, "reason": self.reason, "legs": legs}
        return ReceptionItem(self.type if self.type in TYPES else "other", **known, **counts)


class EstimateForm(Halfway):
    """The fields of a visit on which its estimate depends, as for POST /visits."""

    site: Words = ""
    level: Words = ""
    starts: Annotated[date | None, BeforeValidator(halfway_day)] = None
    items: Annotated[list[HalfwayItem], BeforeValidator(halfway_rows)] = Field(default_factory=list)


class EstimateAnswer(Answered):
    """Amounts are in minor units of `currency`; `lines` are the items in their order, null where nothing is known.

    `budget` has the figures of the one that it takes from, what is `asked` of it and how much it is `short`.
    """

    currency: str
    total: int
    by_type: dict[str, int]
    lines: list[dict[str, Any]]
    blocked: bool
    budget: dict[str, Any] | None


class EstimateQuery(Strict):
    """The visit that is being changed, if it is not a new one."""

    visit: Id | None = None


@area.endpoint(
    "POST",
    "/visits/estimate",
    action="visit:create",
    body=EstimateForm,
    query=EstimateQuery,
    answer=EstimateAnswer,
    page="parts/estimate.html",
)
def estimate_visit(call: Call, form: EstimateForm, query: EstimateQuery) -> dict[str, Any]:
    """What a visit would cost by the standards, and where it is above them; nothing is saved."""
    currency = visits.currency_at(call, form.site)
    items = [each.item(currency) for each in form.items[:ITEMS_LIMIT]]
    first = form.starts or call.now.date()
    found = visits.preview(call, items, form.level, form.site, first)
    room = visits.preview_budget(call, found, first, query.visit or "")
    return {
        "currency": found.currency,
        "total": found.total,
        "by_type": found.by_type,
        "lines": [{"type": line.type} | line_data(line, found) for line in found.lines],
        "blocked": any(excess.blocked for excess in found.excesses),
        "budget": _budget_data(room) if room else None,
    }


def _budget_data(room: visits.Room) -> dict[str, Any]:
    return budgets.figures_of(room.line) | {"asked": room.asked, "held": room.held, "short": room.short}
