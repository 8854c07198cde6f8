"""Messages of every channel as intents: written before they are sent, so that a crash at any point loses none.

| status    | means                                                        | next                   |
|-----------|--------------------------------------------------------------|------------------------|
| intended  | to be sent now                                               | sending                |
| sending   | a sender has it since `claimed_at`                           | sent, waiting, failed  |
| waiting   | refused before, or quiet hours: again from `next_at` on      | intended               |
| sent      | the provider took it and gave `message_id`                   | intended (redelivered) |
| failed    | it cannot be sent, or not after the attempts of its channel  | intended (redelivered) |
| collected | its text goes out in the person's digest of `next_at`        | -                      |

No provider knows an idempotency key: after a crash between its answer and ours the same message goes out again
(webhooks carry the same id, so that their receivers can tell).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from chalicelib.domain.errors import IllegalMove
from chalicelib.domain.notifications.kinds import Channel

CLAIM_FOR = timedelta(minutes=2)
"""How long a sender may take before it is taken for dead."""

_MINUTES: Mapping[Channel, tuple[int, ...]] = {
    "sms": (1, 2, 4, 8, 16),
    "email": (1, 4, 16, 60, 240, 720),
    "robot": (1, 2, 4, 8, 16, 60),
    "webhook": (1, 5, 30, 120, 300, 600, 840, 1200),
}
"""How long to pause after each refused attempt: a text is of use now, a system may be away over a weekend."""

type IntentStatus = Literal["intended", "sending", "waiting", "sent", "failed", "collected"]


@dataclass(frozen=True)
class Attempt:
    """One try: when it ended, "sent" or the reason of the refusal, and what the other side said about it."""

    at: datetime
    result: str
    said: str = ""


@dataclass(frozen=True)
class Intent:
    """A message. `id` follows from its cause, so that the same cause never makes a second one.

    `address` is a phone (E.164), an e-mail address or a hook's id; `person` whom it is for ("" for visitors and hooks);
    `about` the visit or hook under which it is listed. `text` is what is sent, word for word, at every attempt;
    `title` is an e-mail's subject, `calendar` the text of a calendar file that goes with it ("" without one).
    """

    id: str
    channel: Channel
    template: str
    address: str
    language: str
    text: str
    created_at: datetime
    title: str = ""
    person: str = ""
    about: str = ""
    calendar: str = ""
    status: IntentStatus = "intended"
    attempts: int = 0
    claimed_at: datetime | None = None
    next_at: datetime | None = None
    sent_at: datetime | None = None
    message_id: str = ""
    error: str = ""
    tries: tuple[Attempt, ...] = ()
    version: int = 1

    @property
    def settled(self) -> bool:
        """Whether nothing more is to be done."""
        return self.status in ("sent", "failed", "collected")

    @property
    def due(self) -> datetime | None:
        """From when on somebody must look after it, None when it is settled: nobody works on it although he should."""
        match self.status:
            case "waiting":
                return self.next_at
            case "sending":
                return self.claimed_at + CLAIM_FOR if self.claimed_at else None
            case "intended":
                return (self.next_at or self.created_at) + CLAIM_FOR
            case _:
                return None


def attempts_of(channel: Channel) -> int:
    """How often a message of the channel is tried."""
    return len(_MINUTES[channel]) + 1


def hold(intent: Intent, until: datetime | None) -> Intent:
    """A new intent that waits for a moment, because of quiet hours; as it is without one."""
    return replace(intent, status="waiting", next_at=until) if until else intent


def gather(intent: Intent, slot: datetime) -> Intent:
    """A new intent whose text goes out in the digest of `slot`."""
    return replace(intent, status="collected", next_at=slot)


def claim(intent: Intent, now: datetime) -> Intent:
    """The intent in the hands of a sender; raises IllegalMove unless it is intended."""
    _needs(intent, "intended")
    version = intent.version + 1
    return replace(intent, status="sending", claimed_at=now, attempts=intent.attempts + 1, version=version)


def confirm(intent: Intent, message_id: str, now: datetime, said: str = "") -> Intent:
    """The intent that the provider took; raises IllegalMove unless it is being sent."""
    _needs(intent, "sending")
    tried = _tried(intent, Attempt(now, "sent", said))
    return replace(tried, status="sent", message_id=message_id, sent_at=now, error="")


def refuse(intent: Intent, reason: str, final: bool, now: datetime, said: str = "") -> Intent:
    """The intent that was not taken: to be tried again after its channel's pause, or failed."""
    _needs(intent, "sending")
    refused = replace(_tried(intent, Attempt(now, reason, said)), error=reason)
    pauses = _MINUTES[intent.channel]
    if final or intent.attempts > len(pauses):
        return replace(refused, status="failed")
    return replace(refused, status="waiting", next_at=now + timedelta(minutes=pauses[intent.attempts - 1]))


def is_stuck(intent: Intent, now: datetime) -> bool:
    """Whether nobody works on it although it is due: its sender died, its change was lost, or its pause is over."""
    return intent.due is not None and now >= intent.due


def again(intent: Intent, now: datetime) -> Intent:
    """The stuck intent, intended anew; failed when it was tried often enough. Raises IllegalMove unless stuck."""
    if not is_stuck(intent, now):
        raise IllegalMove(state=intent.status)
    version = intent.version + 1
    if intent.attempts >= attempts_of(intent.channel):
        return replace(intent, status="failed", error=intent.error or "no_answer", version=version)
    return replace(intent, status="intended", next_at=now, version=version)


def redeliver(intent: Intent, now: datetime) -> Intent:
    """The message once more, whatever became of it, with all its attempts before it; raises IllegalMove on its way."""
    if intent.status not in ("sent", "failed"):
        raise IllegalMove(state=intent.status)
    return replace(intent, status="intended", attempts=0, next_at=now, error="", version=intent.version + 1)


def _tried(intent: Intent, attempt: Attempt) -> Intent:
    return replace(intent, tries=(*intent.tries, attempt)[-KEPT:], version=intent.version + 1)


KEPT = 30
"""Attempts that a message remembers, the latest ones."""


def _needs(intent: Intent, status: IntentStatus) -> None:
    if intent.status != status:
        raise IllegalMove(state=intent.status)
