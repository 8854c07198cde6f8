"""Notifications: what is sent to whom, sending it, and the inbox of notices."""

from chalicelib.services.notifications.inbox import inbox, mark_read, unread
from chalicelib.services.notifications.notices import NOTICE_GONE_AFTER, notify
from chalicelib.services.notifications.sending import intend, intention, not_intended, send, send_again

__all__ = [
    "NOTICE_GONE_AFTER",
    "inbox",
    "intend",
    "intention",
    "mark_read",
    "not_intended",
    "notify",
    "send",
    "send_again",
    "unread",
]
