"""Advances over HTTP."""

from chalicelib.handlers.advances.routes import area

__all__ = ["area"]
