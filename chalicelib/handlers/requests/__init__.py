"""Requests over HTTP: list, form, page, actions."""

from chalicelib.handlers.requests.routes import area
from chalicelib.handlers.requests.shown import list_data

__all__ = ["area", "list_data"]
