"""Visits: list, form, copy, page, actions; what can be booked for them, and when it is free."""

from chalicelib.handlers.visits.archive import show_archive
from chalicelib.handlers.visits.copying import copy_visit
from chalicelib.handlers.visits.documents import show_document
from chalicelib.handlers.visits.importing import import_visitors
from chalicelib.handlers.visits.messages import show_messages
from chalicelib.handlers.visits.occupancy import free_and_busy
from chalicelib.handlers.visits.routes import area
from chalicelib.handlers.visits.shown import list_data, page_data, page_of_visit, visit_data

__all__ = [
    "area",
    "copy_visit",
    "free_and_busy",
    "import_visitors",
    "list_data",
    "page_data",
    "page_of_visit",
    "show_archive",
    "show_document",
    "show_messages",
    "visit_data",
]
