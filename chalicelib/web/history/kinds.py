"""Every kind of item that the audit records, by area, and the words for records and for those who are no person."""

from collections.abc import Mapping

from chalicelib.web.history import approvals, budgets, directory, exports, gate, privacy, reception, standards
from chalicelib.web.history.fields import Field, Kind, Sort, aside
from chalicelib.web.i18n import N_

KINDS: Mapping[str, Mapping[str, Kind]] = {
    "reception": {**reception.KINDS, **gate.KINDS, **privacy.KINDS, **standards.KINDS},
    "approvals": approvals.KINDS,
    "directory": directory.KINDS,
    "exports": exports.KINDS,
    "spending": budgets.KINDS,
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
    "budget": N_("Budget"),
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
