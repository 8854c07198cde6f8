"""Claims and budget applications in finance's export: those that were submitted once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from chalicelib.domain.applications import Application
from chalicelib.domain.claims import Allocation, Claim, Line, granted_parts
from chalicelib.domain.statistics import months_between
from chalicelib.models import applications, claims
from chalicelib.models.applications import ApplicationItem
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.claims import ClaimItem
from chalicelib.services.finance_exports.columns import Column, Kind, amount, day, flag, money, number, text, time
from chalicelib.services.finance_exports.sources import Source
from chalicelib.web.i18n import N_

FIRST_MONTH = "2026-01"
"""There is nothing from before."""


def _monthly(of_company: Callable[[str], Sequence[str]]) -> Callable[[date], Sequence[str]]:
    return lambda day: [pk for month in months_between(FIRST_MONTH, f"{day:%Y-%m}") for pk in of_company(month)]


CLAIMS = Source(SpendingTable, 2, _monthly(claims.of_company), whole=False)
APPLICATIONS = Source(SpendingTable, 2, _monthly(applications.of_company), whole=False)


class _Spent(NamedTuple):
    """A line of a claim, with a department's share of it."""

    claim: Claim
    line: Line
    share: Allocation | None = None


def _lines(claim: Claim) -> Iterator[_Spent]:
    return (_Spent(claim, line) for line in claim.lines)


def _shares(claim: Claim) -> Iterator[_Spent]:
    return (_Spent(claim, line, share) for line in claim.lines for share in granted_parts(line))


_WHOSE: tuple[Column, ...] = (
    *(text("id"), text("number"), text("status"), text("applicant"), text("applicant_name"), text("department")),
)
_WHEN: tuple[Column, ...] = (time("created_at"), time("submitted_at"), time("approved_at"))

KINDS: tuple[Kind, ...] = (
    Kind(
        "claims",
        N_("Claims"),
        CLAIMS,
        ClaimItem,
        Claim,
        (
            *(*_WHOSE, *money(), text("purpose"), amount("total"), amount("sanctioned"), amount("payable")),
            *(*_WHEN, time("paid_at"), time("ended_at"), flag("audited"), flag("auto"), text("reversal")),
            text("documents", lambda claim: " ".join(link.number or link.document for link in claim.links)),
        ),
    ),
    Kind(
        "claim_lines",
        N_("Lines of claims"),
        CLAIMS,
        ClaimItem,
        Claim,
        (
            *(text("claim", attrgetter("claim.id")), text("claim_number", attrgetter("claim.number"))),
            *(text("line", attrgetter("line.key")), text("status", attrgetter("claim.status"))),
            *(text("category", attrgetter("line.category")), day("spent_on", attrgetter("line.day"))),
            *money(attrgetter("claim.currency")),
            *(amount("claimed", attrgetter("line.converted")), amount("granted", attrgetter("line.granted"))),
            text("own_currency", attrgetter("line.currency")),
            *(number("own_amount", attrgetter("line.amount")), number("own_tax", attrgetter("line.tax"))),
            *(text("rate", attrgetter("line.rate")), day("rate_day", attrgetter("line.rate_day"))),
            *(number("heads", attrgetter("line.heads")), number("nights", attrgetter("line.nights"))),
            *(text("place", attrgetter("line.place")), text("vendor", attrgetter("line.vendor"))),
            *(text("project", attrgetter("line.project")), text("customer", attrgetter("line.customer"))),
            *(text("invoice", attrgetter("line.invoice")), text("description", attrgetter("line.description"))),
            *(text("reason", attrgetter("line.reason")), text("refusal", attrgetter("line.refusal"))),
        ),
        _lines,
    ),
    Kind(
        "claim_shares",
        N_("Departments' shares of claims"),
        CLAIMS,
        ClaimItem,
        Claim,
        (
            *(text("claim", attrgetter("claim.id")), text("line", attrgetter("line.key"))),
            *(text("status", attrgetter("claim.status")), text("department", attrgetter("share.department"))),
            *(text("budget_line", attrgetter("share.budget")), *money(attrgetter("claim.currency"))),
            amount("granted", attrgetter("share.amount")),
        ),
        _shares,
    ),
    Kind(
        "applications",
        N_("Budget applications"),
        APPLICATIONS,
        ApplicationItem,
        Application,
        (
            *(*_WHOSE, *money(), text("purpose"), amount("total"), *_WHEN, time("ended_at")),
            *(text("visit"), text("visit_number"), text("reason", attrgetter("budget_reason"))),
        ),
    ),
)
