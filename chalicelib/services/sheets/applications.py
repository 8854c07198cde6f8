"""Budget applications as a file: mine, or those of a department or of all in a month."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from chalicelib.domain.applications import Application
from chalicelib.services import applications
from chalicelib.services.call import Call
from chalicelib.services.exports import Cell, local, word
from chalicelib.services.sheets import documents
from chalicelib.web.i18n import N_

COLUMNS: Mapping[str, Callable[[Call, Application], Cell]] = {
    N_("Number"): lambda call, each: each.number,
    N_("Purpose"): lambda call, each: each.purpose,
    N_("Applicant"): lambda call, each: each.applicant_name,
    N_("Department"): lambda call, each: documents.department(call, each.department),
    N_("First day"): lambda call, each: each.first_day,
    N_("Amount"): lambda call, each: documents.summed(each, each.total),
    N_("Currency"): lambda call, each: each.currency,
    N_("Above the budget"): lambda call, each: documents.summed(each, each.over) if each.over else None,
    N_("Reason for exceeding the budget"): lambda call, each: each.budget_reason,
    N_("Visit"): lambda call, each: each.visit_number,
    N_("Status"): lambda call, each: word(call, each.status),
    N_("Created"): lambda call, each: local(call, each.created_at),
    N_("Submitted"): lambda call, each: local(call, each.submitted_at),
    N_("Ended"): lambda call, each: local(call, each.ended_at),
}


SHEET = documents.sheet("applications", N_("Budget applications"), applications.register, COLUMNS)
