"""Requests, the documents of custom processes: start, change, submit, withdraw, cancel, copy, look at, list."""

from chalicelib.services.requests.applying import act, change, copy, start
from chalicelib.services.requests.listing import Asked, listed
from chalicelib.services.requests.record import resource_of, summary_of
from chalicelib.services.requests.viewing import RequestView, blank, view

__all__ = [
    "Asked",
    "RequestView",
    "act",
    "blank",
    "change",
    "copy",
    "listed",
    "resource_of",
    "start",
    "summary_of",
    "view",
]
