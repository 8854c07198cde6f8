"""Visits: apply, change, submit, withdraw, cancel, look at."""

from chalicelib.services.visits.applying import act, apply, change
from chalicelib.services.visits.record import resource_of, summary_of
from chalicelib.services.visits.viewing import VisitView, mine, view

__all__ = ["VisitView", "act", "apply", "change", "mine", "resource_of", "summary_of", "view"]
