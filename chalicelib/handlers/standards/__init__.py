"""Standards of reception over HTTP."""

from chalicelib.handlers.standards.routes import area

__all__ = ["area"]
