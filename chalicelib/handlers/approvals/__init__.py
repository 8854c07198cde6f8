"""Approvals: my inbox, a document with its trail, every move that I may make on it."""

from chalicelib.handlers.approvals.routes import area
from chalicelib.handlers.approvals.rows import Titles, row_data
from chalicelib.handlers.approvals.shown import DOCUMENT_PAGES, DocumentPage, approval_data, entry_data

__all__ = ["DOCUMENT_PAGES", "DocumentPage", "Titles", "approval_data", "area", "entry_data", "row_data"]
