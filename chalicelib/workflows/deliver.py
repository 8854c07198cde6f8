"""Sends text messages as soon as the stream of the notifications brings an intent."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from chalicelib.gateways.sms import sms
from chalicelib.services import notifications
from chalicelib.services.call import Call
from chalicelib.workflows.context import call_of
from chalicelib.workflows.streams import Change, each


def run(event: Mapping[str, Any], context: Any) -> dict[str, Any]:
    """Send every message that is intended; a refused one is noted and tried again by the schedule."""
    return each(event, partial(_consume, call_of("deliver", context)))


def _consume(call: Call, change: Change) -> None:
    if change.kind == "intent" and change.now("status") == "intended":
        notifications.send(call, sms(), change.now("id") or "")
