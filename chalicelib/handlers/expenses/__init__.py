"""Expense categories over HTTP."""

from chalicelib.handlers.expenses.routes import area

__all__ = ["area"]
