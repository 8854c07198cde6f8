"""Budget applications: prefill, apply, change, submit, withdraw, cancel, finish, look at, list."""

from chalicelib.services.applications.applying import act, apply, change
from chalicelib.services.applications.ending import ended, finishing, left
from chalicelib.services.applications.listing import register
from chalicelib.services.applications.previewing import Preview, Room, preview
from chalicelib.services.applications.record import kept, keys, open_of, resource_of, seen, summary_of
from chalicelib.services.applications.taking import budget_word
from chalicelib.services.applications.viewing import ApplicationView, view

__all__ = [
    "ApplicationView",
    "Preview",
    "Room",
    "act",
    "apply",
    "budget_word",
    "change",
    "ended",
    "finishing",
    "kept",
    "keys",
    "left",
    "open_of",
    "preview",
    "register",
    "resource_of",
    "seen",
    "summary_of",
    "view",
]
