"""What the routes of claims take and answer, and what an applicant states made from it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from chalicelib.domain.claims import (
    ALLOCATIONS_LIMIT,
    LINES_LIMIT,
    LINKS_LIMIT,
    OFFSETS_LIMIT,
    LinkKind,
    Stated,
    StatedLine,
    StatedLink,
    StatedOffset,
    StatedPart,
    Status,
)
from chalicelib.handlers.currencies import Currency, MaybeCurrency
from chalicelib.handlers.fields import Answered, Id, Line, Month, Name, Strict
from chalicelib.handlers.sheets import ListQuery

COUNT_LIMIT = 10_000
Count = Annotated[int, Field(ge=0, le=COUNT_LIMIT)]
Amount = int | Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
"""A text is in the currency's own unit, a whole number in minor units."""
MaybeId = Annotated[str, StringConstraints(max_length=64, pattern=r"^[A-Za-z0-9_.:-]*$")]
"""An id of ours, or nothing."""
Share = Annotated[str, StringConstraints(strip_whitespace=True, max_length=12)]
"""Percent, up to four digits behind the point."""


class AllocationForm(Strict):
    """A department's part of a line: a `share` in percent, or an `amount` in the line's currency."""

    department: Id
    share: Share = ""
    amount: Amount = ""


class LineForm(Strict):
    """One expense. `key` is that of a line which the claim has already; `currency` is the claim's where it is left out.

    `invoice` is the id of a received invoice of one's own. `allocations` share the line out over departments, to the
    last minor unit; left out, all of it is the applicant's department's. `reason` is asked for where a rule wants one.
    """

    key: MaybeId = ""
    category: Id
    day: date
    amount: Amount
    currency: MaybeCurrency = ""
    tax: Amount = ""
    place: Line = ""
    heads: Count = 0
    nights: Count = 0
    description: Line = ""
    project: Line = ""
    customer: Line = ""
    invoice: MaybeId = ""
    vendor: Line = ""
    reason: Line = ""
    allocations: list[AllocationForm] = Field(default_factory=list, max_length=ALLOCATIONS_LIMIT)

    def stated(self, currency: str) -> StatedLine:
        """The line, in the claim's `currency` unless it names one."""
        facts = {name: value for name, value in self if name != "allocations"}
        parts = tuple(StatedPart(each.department, each.share, each.amount) for each in self.allocations)
        return StatedLine(**facts | {"currency": self.currency or currency, "parts": parts})


class LinkForm(Strict):
    """A visit or a budget application that the claim settles; `finished`: nothing more is to come of it."""

    kind: LinkKind
    document: MaybeId = ""
    finished: bool = False


class OffsetForm(Strict):
    """An advance that the claim clears, by `amount` or (left out) as far as both go."""

    advance: MaybeId = ""
    amount: Amount = ""


class ClaimForm(Strict):
    """A claim of up to 30 lines, linked to what was applied for beforehand, cleared against advances.

    `budget_reason` answers what is found at the claim as a whole. Submitted at once, or left a draft.
    """

    purpose: Name
    currency: Currency = "CNY"
    lines: list[LineForm] = Field(min_length=1, max_length=LINES_LIMIT)
    links: list[LinkForm] = Field(default_factory=list, max_length=LINKS_LIMIT)
    offsets: list[OffsetForm] = Field(default_factory=list, max_length=OFFSETS_LIMIT)
    budget_reason: Line = ""
    submit: bool = False

    def stated(self) -> Stated:
        """What the applicant states."""
        return Stated(
            self.purpose,
            self.currency,
            tuple(line.stated(self.currency) for line in self.lines),
            tuple(StatedLink(link.kind, link.document, link.finished) for link in self.links if link.document),
            tuple(StatedOffset(each.advance, each.amount) for each in self.offsets if each.advance),
            self.budget_reason,
        )


class ClaimAction(Strict):
    """A move of the applicant; `reverse`, of an approved or paid claim with its `reason`, is finance's."""

    action: Literal["submit", "withdraw", "cancel", "reverse"]
    reason: Line = ""


class CorrectionForm(Strict):
    """What is granted of the line with that key, in the claim's currency (left out: all of it), and why not more."""

    key: Id
    sanctioned: Amount = ""
    refusal: Line = ""
    refused: bool = False


class CorrectionsForm(Strict):
    """What an approver grants of some lines."""

    lines: list[CorrectionForm] = Field(min_length=1, max_length=LINES_LIMIT)


class ClaimsQuery(ListQuery):
    """Which claims: of a department (with all below it) or of "all" in a month, else mine; narrowed by status and text
    (in number, purpose and applicant's name)."""

    department: Id | None = None
    month: Month | None = None
    status: Status | None = None
    q: Line = ""


class NewQuery(Strict):
    """From what the form is filled: a visit, a budget application, invoices (ids with commas between), or a claim."""

    visit: Id | None = None
    application: Id | None = None
    invoices: Annotated[str, StringConstraints(max_length=2000, pattern=r"^[A-Za-z0-9_.,:-]*$")] = ""
    copy_of: Id | None = None
    lang: str | None = Field(default=None, max_length=10)


class ClaimAnswer(Answered):
    """Where a claim stands after a command."""

    id: str
    status: str
    version: int
    number: str
    location: str
