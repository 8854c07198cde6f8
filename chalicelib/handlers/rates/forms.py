"""What the routes of exchange rates take and answer."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from chalicelib.handlers.currencies import Currency
from chalicelib.handlers.fields import Answered, Strict

Value = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]


class RatesQuery(Strict):
    """The rates of which day (today's), in which currency."""

    day: date | None = Field(default=None, ge=date(1999, 1, 1))
    base: Currency = "CNY"
    lang: str | None = Field(default=None, max_length=10)


class RateForm(Strict):
    """A rate by hand: on a `day`, one unit of `currency` is worth `value` of `base`; `remove` takes it back."""

    action: Literal["state", "remove"] = "state"
    day: date
    currency: Currency
    base: Currency = "CNY"
    value: Value = ""


class RateChanged(Answered):
    """The day's rates were changed."""

    version: int
    location: str
