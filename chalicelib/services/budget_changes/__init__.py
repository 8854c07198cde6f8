"""Changes of budgets that are asked for, and that move money once they are approved."""

from chalicelib.services.budget_changes.applying import Wish, act, make, restate
from chalicelib.services.budget_changes.listing import Asked, listed
from chalicelib.services.budget_changes.record import resource_of, summary_of
from chalicelib.services.budget_changes.viewing import ChangeView, choices, view

__all__ = [
    "Asked",
    "ChangeView",
    "Wish",
    "act",
    "choices",
    "listed",
    "make",
    "resource_of",
    "restate",
    "summary_of",
    "view",
]
