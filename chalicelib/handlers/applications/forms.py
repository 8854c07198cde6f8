"""What the routes of budget applications take and answer, and what an applicant states made from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from chalicelib.domain.applications import COUNT_LIMIT, ROWS_LIMIT, Asked, Row, Status, Travel, Type
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.handlers.currencies import MaybeCurrency
from chalicelib.handlers.fields import Answered, Id, Line, Month, Name, Strict
from chalicelib.handlers.sheets import ListQuery
from chalicelib.services.applications.visiting import currency_for
from chalicelib.services.call import Call
from chalicelib.web.money import minor

Count = Annotated[int, Field(ge=0, le=COUNT_LIMIT)]
Amount = int | Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
"""A text is in the currency's own unit, a whole number in minor units."""


CategoryKey = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)]
"""The key of an expense category, or nothing."""


class RowForm(Strict):
    """One thing that money is wanted for, with the fields of its type.

    `day` is its first day, at the site; its month's budget pays. `price` is what one unit costs: a room's night, a
    head, a piece, a day; `amount` what all of it costs, left out: the price times its units. Left out, `currency` is
    that of the site, `category` (an expense category) what the type usually belongs to.
    """

    type: Type
    day: date
    until: date | None = None
    category: CategoryKey = ""
    place: Line = ""
    what: Line = ""
    origin: Line = ""
    goal: Line = ""
    travel: Travel | None = None
    heads: Count = 0
    nights: Count = 0
    rooms: Count = 0
    days: Count = 0
    quantity: Count = 0
    price: Amount | None = None
    amount: Amount | None = None
    currency: MaybeCurrency = ""
    project: Line = ""
    customer: Line = ""
    note: Line = ""


class ApplicationForm(Strict):
    """An application for money: what for, and up to 30 rows of any types.

    `visit` is the id of a visit that it is for. `budget_reason` is asked for where a budget that allows that is
    exceeded. Submitted at once, or left a draft.
    """

    purpose: Name
    rows: list[RowForm] = Field(min_length=1, max_length=ROWS_LIMIT)
    visit: Id | None = None
    budget_reason: Line = ""
    submit: bool = False


class ApplicationAction(Strict):
    """A move of the applicant. `finish`: nothing more will be spent of it, what it still holds is given back."""

    action: Literal["submit", "withdraw", "cancel", "finish"]


class ApplicationsQuery(ListQuery):
    """Which applications: of a department (with all below it) or of "all" in a month, else mine; narrowed by status
    and text (in number, purpose and applicant's name)."""

    department: Id | None = None
    month: Month | None = None
    status: Status | None = None
    q: Line = ""


class NewQuery(Strict):
    """The visit from which the form is filled."""

    visit: Id | None = None
    lang: str | None = Field(default=None, max_length=10)


class ApplicationAnswer(Answered):
    """Where an application stands after a command; `total` is in minor units of `currency`."""

    id: str
    status: str
    version: int
    number: str
    currency: str
    total: int
    location: str


def currency_of(call: Call, form: ApplicationForm) -> str:
    """The currency of rows that name none; the visit's is looked up only where there is such a row."""
    lacking = any(not row.currency for row in form.rows)
    return currency_for(call, form.visit or "" if lacking else "")


def asked(form: ApplicationForm, currency: str) -> Asked:
    """What the form states, sums in minor units of each row's currency, which is `currency` where it is left out.

    Raises Invalid naming each sum that is none of its currency.
    """
    sums = [_sums(row, currency) for row in form.rows]
    wrong = [
        FieldError(f"rows.{number}.{name}", "bad_amount")
        for number, (row, found) in enumerate(zip(form.rows, sums, strict=True))
        for name in _SUMS
        if getattr(row, name) not in (None, "") and found[name] is None
    ]
    if wrong:
        raise Invalid(*wrong)
    return Asked(form.purpose, _rows(form.rows, sums), form.visit or "", form.budget_reason)


_SUMS = ("price", "amount")


def _sums(row: RowForm, currency: str) -> dict[str, Any]:
    given = {name: getattr(row, name) for name in _SUMS}
    known = row.currency or currency
    return {name: None if raw in (None, "") else minor(raw, known) for name, raw in given.items()}


def _rows(forms: Sequence[RowForm], sums: Sequence[dict[str, Any]]) -> tuple[Row, ...]:
    plain = (form.model_dump(exclude={*_SUMS}) for form in forms)
    return tuple(Row(**row, **found) for row, found in zip(plain, sums, strict=True))
