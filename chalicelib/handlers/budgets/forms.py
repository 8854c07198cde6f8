"""What the routes of budgets take and answer."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from chalicelib.domain.budgets import CATEGORIES, Category, Control, Group, Line, Method
from chalicelib.domain.budgets.groups import GROUPS_LIMIT
from chalicelib.handlers.choices import listed
from chalicelib.handlers.currencies import Currency
from chalicelib.handlers.fields import Answered, Bilingual, Cursor, Id, Strict
from chalicelib.handlers.fields import Line as Words

Amount = int | Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
"""A text is in the currency's own unit, a whole number in minor units."""

LineCategory = Category | Annotated[str, StringConstraints(pattern=r"^group:[a-z][a-z0-9_]{1,15}$")]
"""A category, or a group of categories as `group:KEY`."""

Year = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}$")]
Period = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}(-(0[1-9]|1[0-2]))?$")]
"""A month, YYYY-MM, or a year, YYYY."""


class _Terms(Strict):
    """What a line is for, and what follows when it is exceeded."""

    department: Id
    category: LineCategory = "reception"
    currency: Currency = "CNY"
    control: Control = "hard"
    carries: bool = False
    borrows: bool = False

    def of(self, period: str) -> Line:
        """The line of a period, without its id."""
        names = ("department", "category", "currency", "control", "carries", "borrows")
        return Line("", period=period, **{name: getattr(self, name) for name in names})


class BudgetForm(_Terms):
    """The budget of a department for a category, in a month (YYYY-MM) or a whole year (YYYY)."""

    period: Period
    amount: Amount

    def line(self) -> Line:
        """The line, without its id and its budget."""
        return self.of(self.period)


class YearForm(_Terms):
    """A year's budget by month: split evenly, by twelve weights, or by hand into twelve sums that add up to it."""

    year: Year
    total: Amount
    method: Method = "evenly"
    months: list[Amount] = Field(default_factory=list, max_length=12)

    def line(self) -> Line:
        """The lines' common part, for the year."""
        return self.of(self.year)


class MoveForm(Strict):
    """What finance does with a line.

    `adjust` adds an `amount`, which may be below zero; `transfer` takes it to the line `to`, `borrow` from the next
    month's line; these need a `reason`. `carry` takes all that is left to the next month. `terms` states `control`,
    `carries` and `borrows` anew. `close` ends the line, `close_year` all lines of its year.
    """

    action: Literal["adjust", "transfer", "borrow", "carry", "terms", "close", "close_year"]
    amount: Amount = ""
    to: Id | None = None
    reason: Words = ""
    control: Control = "hard"
    carries: bool = False
    borrows: bool = False


class GroupForm(Strict):
    """A group of categories; its key stands in lines and never changes."""

    key: Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)] = ""
    title: Bilingual = Field(default_factory=Bilingual)
    categories: Annotated[list[Category], BeforeValidator(listed)] = Field(
        default_factory=list, max_length=len(CATEGORIES)
    )


class GroupsForm(Strict):
    """All groups of categories; a category is in one of them at most."""

    groups: list[GroupForm] = Field(default_factory=list, max_length=GROUPS_LIMIT)

    def stated(self) -> list[Group]:
        """The groups as the domain knows them."""
        return [Group(each.key, each.title.model_dump(), tuple(each.categories)) for each in self.groups]


class GroupsChanged(Answered):
    """The groups were stated anew."""

    version: int
    location: str


class BudgetsQuery(Strict):
    """Which lines: of a department with all below it, of a month with its year or of a year with its months."""

    department: Id | None = None
    period: Period | None = None
    category: LineCategory | None = None
    lang: str | None = Field(default=None, max_length=10)


class MovementsQuery(Strict):
    """Which page of a line's movements."""

    cursor: Cursor | None = None
    lang: str | None = Field(default=None, max_length=10)


class BudgetChanged(Answered):
    """What was made or changed."""

    id: str
    version: int
    location: str
