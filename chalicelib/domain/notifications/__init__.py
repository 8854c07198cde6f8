"""Notifications: text messages to phones with their intents, and notices to colleagues."""

from chalicelib.domain.notifications.messages import (
    ATTEMPTS,
    CLAIM_FOR,
    Intent,
    again,
    claim,
    confirm,
    is_stuck,
    refuse,
)
from chalicelib.domain.notifications.notices import Notice, read
from chalicelib.domain.notifications.text import DoesNotFit, fit, segments

__all__ = [
    "ATTEMPTS",
    "CLAIM_FOR",
    "DoesNotFit",
    "Intent",
    "Notice",
    "again",
    "claim",
    "confirm",
    "fit",
    "is_stuck",
    "read",
    "refuse",
    "segments",
]
