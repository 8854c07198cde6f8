"""Claims as a file: mine, or those of a department or of all in a month."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from chalicelib.domain.claims import Claim
from chalicelib.services import claims
from chalicelib.services.call import Call
from chalicelib.services.directory import departments
from chalicelib.services.exports import Asked, Cell, Column, Sheet, local, titled, word
from chalicelib.services.lists import Listed
from chalicelib.web.i18n import N_, translator
from chalicelib.web.money import amount


def _sum(claim: Claim, minor: int) -> Cell:
    """A number that can be summed up, in the currency of its column."""
    return Decimal(amount(minor, claim.currency))


def _yes(call: Call, flag: bool) -> Cell:
    return translator(call.locale).gettext(N_("Yes")) if flag else None


def _department(call: Call, claim: Claim) -> Cell:
    known = departments(call.store, call.now)
    return next((each.name for each in known if each.id == claim.department), claim.department)


COLUMNS: Mapping[str, Callable[[Call, Claim], Cell]] = {
    N_("Number"): lambda call, each: each.number,
    N_("Purpose"): lambda call, each: each.purpose,
    N_("Applicant"): lambda call, each: each.applicant_name,
    N_("Department"): _department,
    N_("Lines"): lambda call, each: len(each.lines),
    N_("Claimed"): lambda call, each: _sum(each, each.total),
    N_("Granted"): lambda call, each: _sum(each, each.sanctioned),
    N_("Payable"): lambda call, each: _sum(each, each.payable) if each.approved_at else None,
    N_("Currency"): lambda call, each: each.currency,
    N_("Findings"): lambda call, each: len(each.findings),
    N_("Drawn for audit"): lambda call, each: _yes(call, each.audited),
    N_("Status"): lambda call, each: word(call, each.status),
    N_("Created"): lambda call, each: local(call, each.created_at),
    N_("Submitted"): lambda call, each: local(call, each.submitted_at),
    N_("Approved at"): lambda call, each: local(call, each.approved_at),
    N_("Paid at"): lambda call, each: local(call, each.paid_at),
    N_("Ended"): lambda call, each: local(call, each.ended_at),
}


def settled(call: Call, asked: Asked) -> Asked:
    """The same with the month, which is this one unless another is asked for."""
    return {"month": f"{call.now:%Y-%m}", **asked}


def listed(call: Call, asked: Asked, cursor: str | None, limit: int) -> Listed[Claim]:
    """The page of the list that the filters mean."""
    wanted = settled(call, asked)
    names = ("month", "department", "status", "q")
    return claims.listed(call, claims.Wanted(**{name: wanted.get(name, "") for name in names}), cursor, limit)


def _rows(call: Call, asked: Asked, cursor: str | None, limit: int) -> tuple[Sequence[Claim], str | None]:
    page = listed(call, asked, cursor, limit)
    return page.records, page.next


def _columns(call: Call, asked: Asked) -> Sequence[Column]:
    return titled(call, COLUMNS)


SHEET = Sheet("claims", N_("Claims"), _rows, _columns, settled)
