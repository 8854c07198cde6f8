"""Visits: list, form, page, actions."""

from chalicelib.handlers.visits.routes import area
from chalicelib.handlers.visits.shown import list_data, page_data, visit_data

__all__ = ["area", "list_data", "page_data", "visit_data"]
