"""Claims over HTTP."""

from chalicelib.handlers.claims import estimate as _estimate
from chalicelib.handlers.claims.routes import area

__all__ = ["_estimate", "area"]
