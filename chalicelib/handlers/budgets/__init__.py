"""Budgets over HTTP."""

from chalicelib.handlers.budgets.routes import area

__all__ = ["area"]
