"""Budget applications over HTTP: list, form with its live figures, page, actions."""

from chalicelib.handlers.applications.estimate import estimate_application
from chalicelib.handlers.applications.routes import area

__all__ = ["area", "estimate_application"]
