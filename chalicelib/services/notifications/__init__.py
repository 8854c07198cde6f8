"""Notifications: what is sent to whom by which channel, sending it, and what people see of it."""

from chalicelib.services.notifications.due import take_up
from chalicelib.services.notifications.inbox import inbox, mark_read, unread
from chalicelib.services.notifications.notices import notify
from chalicelib.services.notifications.planning import Reach, plan
from chalicelib.services.notifications.sending import intend, intention, not_intended, send, send_anew

__all__ = [
    "Reach",
    "inbox",
    "intend",
    "intention",
    "mark_read",
    "not_intended",
    "notify",
    "plan",
    "send",
    "send_anew",
    "take_up",
    "unread",
]
