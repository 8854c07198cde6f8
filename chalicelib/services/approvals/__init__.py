"""Approvals of documents of every kind: asking the engine and writing what it says, with the document, at once."""

from chalicelib.services.approvals.acting import Asked, act, approve_all
from chalicelib.services.approvals.boxes import BOXES, Filter, inbox
from chalicelib.services.approvals.moving import (
    OpenApproval,
    applied_for_by,
    approval_id,
    definition_of,
    document_of,
    load,
    move,
    resource_of,
    taking_part,
)
from chalicelib.services.approvals.rules import reassign, time_out, time_out_due
from chalicelib.services.approvals.viewing import Approval, history, names_of, trail_of, view

__all__ = [
    "BOXES",
    "Approval",
    "Asked",
    "Filter",
    "OpenApproval",
    "act",
    "applied_for_by",
    "approval_id",
    "approve_all",
    "definition_of",
    "document_of",
    "history",
    "inbox",
    "load",
    "move",
    "names_of",
    "reassign",
    "resource_of",
    "taking_part",
    "time_out",
    "time_out_due",
    "trail_of",
    "view",
]
