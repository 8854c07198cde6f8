"""Payments over HTTP."""

from chalicelib.handlers.payments import batches, payables, setting  # noqa: F401 - importing registers their routes
from chalicelib.handlers.payments.area import area

__all__ = ["area"]
