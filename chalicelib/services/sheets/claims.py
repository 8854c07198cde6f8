"""Claims as a file: mine, or those of a department or of all in a month."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from chalicelib.domain.claims import Claim
from chalicelib.services import claims
from chalicelib.services.call import Call
from chalicelib.services.exports import Cell, local, word
from chalicelib.services.sheets import documents
from chalicelib.web.i18n import N_, translator


def _yes(call: Call, flag: bool) -> Cell:
    return translator(call.locale).gettext(N_("Yes")) if flag else None


COLUMNS: Mapping[str, Callable[[Call, Claim], Cell]] = {
    N_("Number"): lambda call, each: each.number,
    N_("Purpose"): lambda call, each: each.purpose,
    N_("Applicant"): lambda call, each: each.applicant_name,
    N_("Department"): lambda call, each: documents.department(call, each.department),
    N_("Lines"): lambda call, each: len(each.lines),
    N_("Claimed"): lambda call, each: documents.summed(each, each.total),
    N_("Granted"): lambda call, each: documents.summed(each, each.sanctioned),
    N_("Payable"): lambda call, each: documents.summed(each, each.payable) if each.approved_at else None,
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


SHEET = documents.sheet("claims", N_("Claims"), claims.register, COLUMNS)
