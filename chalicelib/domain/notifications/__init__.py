"""Notifications: events and whom they concern, messages of every channel, preferences, digests, hooks."""

from chalicelib.domain.notifications.digests import Digest, Line, digest_id
from chalicelib.domain.notifications.hooks import Hook, HookKind, Target, generations, host_of, is_public
from chalicelib.domain.notifications.kinds import CHOSEN, KINDS, TEST, Channel, Kind
from chalicelib.domain.notifications.messages import (
    CLAIM_FOR,
    Attempt,
    Intent,
    again,
    attempts_of,
    claim,
    confirm,
    gather,
    hold,
    is_stuck,
    redeliver,
    refuse,
)
from chalicelib.domain.notifications.notices import LOST_AFTER, Event, Notice, read, told, widened
from chalicelib.domain.notifications.preferences import Preferences, next_digest, quiet_until
from chalicelib.domain.notifications.text import DoesNotFit, fit, segments

__all__ = [
    "CHOSEN",
    "CLAIM_FOR",
    "KINDS",
    "LOST_AFTER",
    "TEST",
    "Attempt",
    "Channel",
    "Digest",
    "DoesNotFit",
    "Event",
    "Hook",
    "HookKind",
    "Intent",
    "Kind",
    "Line",
    "Notice",
    "Preferences",
    "Target",
    "again",
    "attempts_of",
    "claim",
    "confirm",
    "digest_id",
    "fit",
    "gather",
    "generations",
    "hold",
    "host_of",
    "is_public",
    "is_stuck",
    "next_digest",
    "quiet_until",
    "read",
    "redeliver",
    "refuse",
    "segments",
    "told",
    "widened",
]
