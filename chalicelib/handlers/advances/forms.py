"""What the routes of advances take and answer."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from chalicelib.domain.advances import LIMITS, Control, Stated, Terms
from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.handlers.currencies import Currency
from chalicelib.handlers.fields import Answered, Id, Line, Month, PageQuery, Strict
from chalicelib.handlers.sheets import ListQuery
from chalicelib.services.advances import StatedLimit
from chalicelib.web.money import minor

Amount = int | Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
"""A text is in the currency's own unit, a whole number in minor units."""


class AdvancesQuery(PageQuery):
    """Whose advances: mine, or those of another person, for who keeps them."""

    person: Id | None = None


class NewAdvanceQuery(Strict):
    """The approved visit from which the form is filled in."""

    visit: Id | None = None
    lang: str | None = Field(default=None, max_length=10)


class AdvanceForm(Strict):
    """What the advance is for, how much it is, and by when it is to be accounted for; submitted at once or a draft.

    `visit` is an approved visit of one's own; `reason` is asked for where a rule of the company is broken that allows
    that.
    """

    purpose: Line
    amount: Amount
    currency: Currency = "CNY"
    due: date
    visit: Id | None = None
    reason: Line = ""
    submit: bool = False

    def stated(self) -> Stated:
        """The same for the service; raises Invalid for what is no amount of the currency."""
        amount = minor(self.amount, self.currency)
        if amount is None:
            raise Invalid(FieldError("amount", "bad_amount"))
        return Stated(self.purpose, self.currency, amount, self.due, self.visit or "", self.reason)


class AdvanceAction(Strict):
    """A move of the applicant."""

    action: Literal["submit", "withdraw", "cancel"]


class AccountForm(Strict):
    """What finance does with an advance.

    `return` takes an `amount` back, in cash or by bank (with the bank's `reference`); `schedule` has the payroll of a
    `month` keep it back, `deduct` says that it did, `unschedule` that it is not to (each names the `deduction`).
    `divide` pays a `part` of what is to be paid first, and the rest later; `waive` pays no more of it.
    """

    action: Literal["return", "schedule", "deduct", "unschedule", "divide", "waive"]
    amount: Amount = ""
    part: Amount = ""
    method: Literal["cash", "bank"] = "bank"
    reference: Line = ""
    month: Month | Literal[""] = ""
    deduction: Id | None = None
    reason: Line = ""


class LimitForm(Strict):
    """What people of a grade may owe, everybody else without one."""

    grade: Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)] = ""
    currency: Currency = "CNY"
    amount: Amount = ""


class TermsForm(Strict):
    """The rules for advances: limits, what follows when one or a day is passed, and when people are reminded."""

    limits: list[LimitForm] = Field(default_factory=list, max_length=LIMITS)
    over_limit: Control = "hard"
    overdue: Control = "hard"
    days: int = Field(default=30, ge=1, le=366)
    before: int = Field(default=3, ge=0, le=30)
    every: int = Field(default=7, ge=1, le=90)

    def terms(self) -> Terms:
        """The rules without their limits, whose amounts depend on their currencies."""
        return Terms(**self.model_dump(exclude={"limits"}))

    def stated_limits(self) -> list[StatedLimit]:
        """The limits as they were stated; a row that says nothing is left out."""
        return [StatedLimit(each.grade, each.currency, each.amount) for each in self.limits if each.amount != ""]


class AgeingQuery(ListQuery):
    """What is owed: by a department with all below it, or by everybody."""

    department: Id | None = None


class AdvanceAnswer(Answered):
    """Where an advance stands after a command."""

    id: str
    status: str
    version: int
    number: str
    location: str


class AccountAnswer(AdvanceAnswer):
    """The same, with the number of the receipt, where money came back."""

    receipt: str


class TermsChanged(Answered):
    """The rules were stated anew."""

    version: int
    location: str
