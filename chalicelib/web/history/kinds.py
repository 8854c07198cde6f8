"""Every kind of item that the audit records, by area, and the words for records and for those who are no person."""

from collections.abc import Mapping

from chalicelib.web.history import (
    advances,
    applications,
    approvals,
    budgets,
    claims,
    compliance,
    directory,
    exports,
    gate,
    payments,
    privacy,
    received,
    reception,
    standards,
)
from chalicelib.web.history.fields import Field, Kind, Sort, aside
from chalicelib.web.i18n import N_

KINDS: Mapping[str, Mapping[str, Kind]] = {
    "reception": {**reception.KINDS, **gate.KINDS, **privacy.KINDS, **standards.KINDS},
    "approvals": approvals.KINDS,
    "directory": directory.KINDS,
    "exports": exports.KINDS,
    "spending": {
        **budgets.KINDS,
        **advances.KINDS,
        **compliance.KINDS,
        **applications.KINDS,
        **claims.KINDS,
        **received.KINDS,
        **payments.KINDS,
    },
}
"""Kinds by area and by the name that their items carry. A kind or an attribute that is missing fails a test."""

EVERYWHERE: Mapping[str, Field] = {"version": aside(Field(N_("Version"), Sort.NUMBER))}
"""What items of every kind have."""

AREA_WORDS: Mapping[str, str] = {
    "reception": N_("Visits"),
    "approvals": N_("Approvals and requests"),
    "directory": N_("People and settings"),
    "exports": N_("Exports"),
    "spending": N_("Spending"),
}

RECORD_WORDS: Mapping[str, str] = {
    "visit": N_("Visit"),
    "watched": N_("Entry of the watch list or the block list"),
    "badge": N_("Visitor's badge"),
    "gate_issue": N_("Matter for reception"),
    "resource": N_("Room, equipment or vehicle"),
    "standards": N_("Reception standards"),
    "approval": N_("Approval"),
    "process": N_("Process"),
    "request": N_("Request"),
    "upload": N_("File"),
    "reference": N_("Reference list"),
    "person": N_("Colleague"),
    "department": N_("Department"),
    "site": N_("Site"),
    "calendar": N_("Office calendar"),
    "hook": N_("Webhook or group robot"),
    "export": N_("Export"),
    "finance_export": N_("Finance's export"),
    "budget": N_("Budget"),
    "spending_rules": N_("Spending rules"),
    "application": N_("Budget application"),
    "claim": N_("Claim"),
    "received": N_("Received invoice"),
    "advance": N_("Advance"),
    "advance_terms": N_("Rules for advances"),
    "payable": N_("Payment"),
    "payment_batch": N_("Payment batch"),
    "payments": N_("How we pay"),
    "payee": N_("Bank accounts of a colleague"),
    "budget_change": N_("Change of a budget"),
    "budget_groups": N_("Groups of categories"),
    "rates": N_("Exchange rates"),
    "expenses": N_("Expense categories"),
    "privacy": N_("Request about a visitor's data"),
    "retention": N_("Retention of visitors' data"),
}
"""Records as people call them (services/audit/records.py)."""

ACTORS: Mapping[str, str] = {
    "system:drive": N_("Rule: what follows from a change"),
    "system:deliver": N_("Rule: sending messages"),
    "system:export": N_("Rule: making a file of a list"),
    "system:reconcile": N_("Rule: the check every five minutes"),
    "system:await_approval": N_("Rule: waiting for the decision"),
    "system:invite": N_("Rule: inviting the visitors"),
    "system:remind": N_("Rule: reminding of the visit"),
    "system:close": N_("Rule: closing the visit"),
    "system:archive": N_("Rule: archiving the visit"),
    "system:accounts": N_("Rule: accounts follow the directory"),
    "system:departments": N_("Rule: the tree of departments"),
    "system:bootstrap": N_("Setting up the installation"),
    "public:/i": N_("Visitor, on the page of the invitation"),
    "public:/session": N_("Somebody who is signing in"),
}
"""Who acts besides people; a function of the workflows that is missing here fails a test."""
