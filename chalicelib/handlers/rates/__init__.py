"""Exchange rates over HTTP."""

from chalicelib.handlers.rates.routes import area

__all__ = ["area"]
