"""What every way of sending has in common: how it says no, and what it says when it took a message."""

from __future__ import annotations

from dataclasses import dataclass


class NotSent(Exception):
    """The provider did not take the message.

    `reason` is a stable word; `final`: trying again is useless; `said` is what the other side answered, for the log.
    """

    def __init__(self, reason: str, final: bool, said: str = "") -> None:
        self.reason = reason
        self.final = final
        self.said = said
        super().__init__(reason)


@dataclass(frozen=True)
class Receipt:
    """The provider took the message under `message_id`, and `said` this."""

    message_id: str = ""
    said: str = ""
