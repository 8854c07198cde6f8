"""What the routes of changes of budgets take and answer."""

from __future__ import annotations

from typing import Literal

from chalicelib.domain.budget_changes import Status, What
from chalicelib.handlers.budgets.forms import Amount, Period
from chalicelib.handlers.fields import Answered, Id, Month, PageQuery, Strict, Text
from chalicelib.services.budget_changes import Wish


class ChangesQuery(PageQuery):
    """Which changes: mine, or with a `month` all of that month that I may see."""

    month: Month | None = None
    status: Status | None = None


class NewChangeQuery(Strict):
    """For which line, or for lines of which month or year, a change is asked for."""

    line: Id | None = None
    period: Period | None = None
    lang: str | None = None


class ChangeForm(Strict):
    """What is asked of a line: `more` or `less`, or a `transfer` from the line `source`; submitted, or left a draft."""

    what: What = "more"
    line: Id
    source: Id | None = None
    amount: Amount = ""
    reason: Text = ""
    submit: bool = False

    def wish(self) -> Wish:
        """As the service knows it."""
        source = (self.source or "") if self.what == "transfer" else ""
        return Wish(self.what, self.line, source, self.amount, self.reason)


class ChangeAction(Strict):
    """A move of the applicant."""

    action: Literal["submit", "withdraw", "cancel"]


class ChangeAnswer(Answered):
    """Where a change stands after a command."""

    id: str
    status: str
    version: int
    number: str
    location: str
