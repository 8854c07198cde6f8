"""Outgoing webhooks with the signatures of Standard Webhooks (https://www.standardwebhooks.com)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from chalicelib.domain.notifications import Target
from chalicelib.gateways.outbound import Answered
from chalicelib.gateways.provider import NotSent, Receipt

SAID = 200
"""Characters of an answer that the log keeps."""
GONE = 410
"""The receiver says that it wants nothing any more."""


class Post(Protocol):
    """Whoever posts (gateways/outbound.py)."""

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answered:
        """Post `body`; raises NotSent where no answer came."""


class Webhooks:
    """Sends signed messages."""

    def __init__(self, way: Post) -> None:
        self._way = way

    def send(self, target: Target, secrets: Sequence[str], message_id: str, body: str, now: datetime) -> Receipt:
        """Post `body` under `message_id`, signed with each of `secrets`; raises NotSent for any answer but a 2xx."""
        from standardwebhooks import Webhook

        signatures = [Webhook(secret).sign(message_id, now, body) for secret in secrets]
        headers = {
            "Content-Type": "application/json",
            "webhook-id": message_id,
            "webhook-timestamp": str(int(now.timestamp())),
            "webhook-signature": " ".join(signatures),
        }
        answer = self._way.post(target.url, headers, body.encode())
        if not 200 <= answer.status < 300:
            raise NotSent(f"status_{answer.status}", answer.status == GONE, excerpt(answer))
        return Receipt(message_id, excerpt(answer))


def excerpt(answer: Answered) -> str:
    """Status and beginning of an answer, for the log."""
    text = answer.body[: 4 * SAID].decode(errors="replace")
    readable = "".join(character if character.isprintable() else " " for character in text)
    return f"{answer.status} {' '.join(readable.split())}"[:SAID].rstrip()
