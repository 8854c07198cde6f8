"""Received invoices over HTTP."""

from chalicelib.handlers.received.routes import area

__all__ = ["area"]
