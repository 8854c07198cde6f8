"""Visits: apply, change, submit, withdraw, cancel, look at."""

from chalicelib.services.visits.applying import act, apply, change
from chalicelib.services.visits.cost import Cost, cost_of, currency_at, preview
from chalicelib.services.visits.record import resource_of, summary_of
from chalicelib.services.visits.viewing import VisitView, mine, view

__all__ = [
    "Cost",
    "VisitView",
    "act",
    "apply",
    "change",
    "cost_of",
    "currency_at",
    "mine",
    "preview",
    "resource_of",
    "summary_of",
    "view",
]
