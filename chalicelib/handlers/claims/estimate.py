"""What a claim would come to, while somebody fills in its form: sums, what the rules find, budgets as they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from chalicelib.domain.claims import LINES_LIMIT, LINKS_LIMIT, Claim, Stated, StatedLine, StatedLink, StatedPart
from chalicelib.handlers.claims.routes import area
from chalicelib.handlers.claims.shown import budget_name, category_names
from chalicelib.handlers.estimates import Halfway, Words, halfway_day, halfway_price, halfway_rows
from chalicelib.handlers.fields import Answered
from chalicelib.services import budgets, claims, compliance
from chalicelib.services.call import Call
from chalicelib.services.claims.form import today
from chalicelib.web.money import digits_of


def _count(value: Any) -> int:
    """A number of heads or nights; of what is none yet, or too large, 0."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 6:
        value = int(value)
    return value if isinstance(value, int) and 0 <= value <= 10_000 else 0


type Count = Annotated[int, BeforeValidator(_count)]
type Sum = Annotated[int | str | None, BeforeValidator(halfway_price)]


class HalfwayPart(Halfway):
    """A department's part as far as it is filled in."""

    department: Words = ""
    share: Words = ""
    amount: Sum = None


class HalfwayLine(Halfway):
    """A line as far as it is filled in."""

    category: Words = ""
    day: Annotated[date | None, BeforeValidator(halfway_day)] = None
    amount: Sum = None
    currency: Words = ""
    place: Words = ""
    heads: Count = 0
    nights: Count = 0
    description: Words = ""
    invoice: Words = ""
    vendor: Words = ""
    reason: Words = ""
    allocations: Annotated[list[HalfwayPart], BeforeValidator(halfway_rows)] = Field(default_factory=list)

    def stated(self, key: str, currency: str, day: date) -> StatedLine:
        """The line; what is in no currency is in the claim's, what is of no day is of today."""
        known = self.currency if digits_of(self.currency) is not None else currency
        parts = tuple(StatedPart(each.department, each.share, each.amount or "") for each in self.allocations)
        names = ("category", "place", "heads", "nights", "description", "invoice", "vendor", "reason")
        facts = {name: getattr(self, name) for name in names}
        return StatedLine(key=key, day=self.day or day, amount=self.amount or "", currency=known, parts=parts, **facts)


class HalfwayLink(Halfway):
    """A pre-application."""

    kind: Words = ""
    document: Words = ""


class EstimateForm(Halfway):
    """The fields of a claim on which its sums, findings and budgets depend, as for POST /claims."""

    currency: Words = "CNY"
    lines: Annotated[list[HalfwayLine], BeforeValidator(halfway_rows)] = Field(default_factory=list)
    links: Annotated[list[HalfwayLink], BeforeValidator(halfway_rows)] = Field(default_factory=list)
    budget_reason: Words = ""

    def stated(self, day: date) -> Stated:
        """What is stated so far."""
        currency = self.currency if digits_of(self.currency) is not None else "CNY"
        lines = tuple(each.stated(str(row), currency, day) for row, each in enumerate(self.lines[:LINES_LIMIT], 1))
        links = tuple(
            StatedLink("application" if each.kind == "application" else "visit", each.document)
            for each in self.links[:LINKS_LIMIT]
            if each.document
        )
        return Stated("?", currency, lines, links, (), self.budget_reason)


class EstimateAnswer(Answered):
    """Sums are in minor units of `currency`. `findings` name the row of their line, null for the claim as a whole;
    `budgets` have the figures of each that pays, what is `asked` of it, `held` by what the claim settles, and `short`.
    """

    currency: str
    total: int
    lines: list[dict[str, Any]]
    findings: list[dict[str, Any]]
    budgets: list[dict[str, Any]]


@area.endpoint(
    "POST",
    "/claims/estimate",
    action="claim:create",
    body=EstimateForm,
    answer=EstimateAnswer,
    page="parts/claim_estimate.html",
)
def estimate_claim(call: Call, form: EstimateForm) -> dict[str, Any]:
    """What a claim would come to, what the rules find and what the budgets have; nothing is saved."""
    stated = form.stated(today(call))
    found = claims.preview(call, stated)
    rows = _rows(stated, found)
    names = category_names(call)
    told = [asdict(each) for each in compliance.texts(found.findings, call.locale)]
    return {
        "currency": stated.currency,
        "total": found.claim.total if found.claim else 0,
        "lines": _lines(found.claim, rows, names),
        "findings": [each | {"row": rows.get(each["line"])} for each in told],
        "budgets": [_room_data(call, each) for each in found.rooms],
    }


def _rows(stated: Stated, found: claims.Preview) -> dict[str, int]:
    """By key of the lines that could be read: their rows in the form."""
    wrong = {fault.path.split(".")[1] for fault in found.faults if fault.path.startswith("lines.")}
    kept = [row for row, _ in enumerate(stated.lines) if str(row) not in wrong]
    lines = found.claim.lines if found.claim else ()
    return {line.key: row for line, row in zip(lines, kept, strict=False)}


def _lines(claim: Claim | None, rows: Mapping[str, int], names: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "row": rows[line.key],
            "category_name": names.get(line.category, line.category),
            "amount": line.amount,
            "currency": line.currency,
            "converted": line.converted,
            "rate": line.rate,
            "rate_day": line.rate_day,
        }
        for line in (claim.lines if claim else ())
        if line.key in rows
    ]


def _room_data(call: Call, room: claims.Room) -> dict[str, Any]:
    own = {
        "name": budget_name(call, room.line),
        "category": room.line.category,
        "asked": room.asked,
        "held": room.held,
        "short": room.short,
    }
    return budgets.figures_of(room.line) | own
