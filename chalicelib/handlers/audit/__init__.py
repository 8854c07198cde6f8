"""The audit for those who may see it."""

from chalicelib.handlers.audit.routes import area

__all__ = ["area"]
