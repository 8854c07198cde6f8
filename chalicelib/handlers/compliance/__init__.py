"""Rules of spending over HTTP."""

from chalicelib.handlers.compliance.routes import area

__all__ = ["area"]
