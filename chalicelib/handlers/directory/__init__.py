"""People and departments over HTTP."""

from chalicelib.handlers.directory.routes import area

__all__ = ["area"]
