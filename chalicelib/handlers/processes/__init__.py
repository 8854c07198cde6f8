"""Custom processes over HTTP: made by administrators, found by everybody."""

from chalicelib.handlers.processes.routes import area

__all__ = ["area"]
