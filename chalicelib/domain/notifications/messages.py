"""Text messages as intents: written before they are sent, so that a crash at any point loses none.

| status   | means                                             | next                          |
|----------|---------------------------------------------------|-------------------------------|
| intended | to be sent now                                    | sending                       |
| sending  | a sender has it since `claimed_at`                | sent, waiting, failed         |
| waiting  | the provider refused it; again from `next_at` on  | intended                      |
| sent     | the provider took it and gave `message_id`        | -                             |
| failed   | it cannot be sent, or not after ATTEMPTS attempts | -                             |

The provider knows no idempotency key: after a crash between its answer and ours the same text goes out again.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from chalicelib.domain.errors import IllegalMove

ATTEMPTS = 6
CLAIM_FOR = timedelta(minutes=2)
"""How long a sender may take before it is taken for dead."""

type IntentStatus = Literal["intended", "sending", "waiting", "sent", "failed"]


@dataclass(frozen=True)
class Intent:
    """A text message. `id` follows from its cause; `phone` is E.164, `about` the visit, `no` its visitor's number."""

    id: str
    template: str
    about: str
    no: int
    phone: str
    language: str
    text: str
    created_at: datetime
    status: IntentStatus = "intended"
    attempts: int = 0
    claimed_at: datetime | None = None
    next_at: datetime | None = None
    sent_at: datetime | None = None
    message_id: str = ""
    error: str = ""
    version: int = 1

    @property
    def settled(self) -> bool:
        """Whether nothing more is to be done."""
        return self.status in ("sent", "failed")


def claim(intent: Intent, now: datetime) -> Intent:
    """The intent in the hands of a sender; raises IllegalMove unless it is intended."""
    _needs(intent, "intended")
    version = intent.version + 1
    return replace(intent, status="sending", claimed_at=now, attempts=intent.attempts + 1, version=version)


def confirm(intent: Intent, message_id: str, now: datetime) -> Intent:
    """The intent that the provider took; raises IllegalMove unless it is being sent."""
    _needs(intent, "sending")
    return replace(intent, status="sent", message_id=message_id, sent_at=now, error="", version=intent.version + 1)


def refuse(intent: Intent, reason: str, final: bool, now: datetime) -> Intent:
    """The intent that the provider did not take: to be tried again later (1, 2, 4 ... minutes), or failed."""
    _needs(intent, "sending")
    refused = replace(intent, error=reason, version=intent.version + 1)
    if final or intent.attempts >= ATTEMPTS:
        return replace(refused, status="failed")
    return replace(refused, status="waiting", next_at=now + timedelta(minutes=2 ** (intent.attempts - 1)))


def is_stuck(intent: Intent, now: datetime) -> bool:
    """Whether nobody works on it although it is due: its sender died, its change was lost, or its pause is over."""
    match intent.status:
        case "waiting":
            return intent.next_at is not None and now >= intent.next_at
        case "sending":
            return intent.claimed_at is not None and now - intent.claimed_at >= CLAIM_FOR
        case "intended":
            return now - (intent.next_at or intent.created_at) >= CLAIM_FOR
        case _:
            return False


def again(intent: Intent, now: datetime) -> Intent:
    """The stuck intent, intended anew; failed when it was tried ATTEMPTS times. Raises IllegalMove unless stuck."""
    if not is_stuck(intent, now):
        raise IllegalMove(state=intent.status)
    version = intent.version + 1
    if intent.attempts >= ATTEMPTS:
        return replace(intent, status="failed", error=intent.error or "no_answer", version=version)
    return replace(intent, status="intended", next_at=now, version=version)


def _needs(intent: Intent, status: IntentStatus) -> None:
    if intent.status != status:
        raise IllegalMove(state=intent.status)
