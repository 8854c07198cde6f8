"""Visits: apply, change, submit, withdraw, cancel, look at."""

from chalicelib.services.visits.applying import act, apply, change
from chalicelib.services.visits.cost import Cost, Room, cost_of, currency_at, preview, preview_budget
from chalicelib.services.visits.record import resource_of, summary_of
from chalicelib.services.visits.viewing import VisitView, mine, view

__all__ = [
    "Cost",
    "Room",
    "VisitView",
    "act",
    "apply",
    "change",
    "cost_of",
    "currency_at",
    "mine",
    "preview",
    "preview_budget",
    "resource_of",
    "summary_of",
    "view",
]
