"""What I am told, by which channel, and when: the person's own page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Annotated, Any, Literal

from pydantic import Field, PlainSerializer

from chalicelib.domain.notifications import CHOSEN, KINDS, Channel, Preferences
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.fields import Answered, Strict
from chalicelib.services.call import Call
from chalicelib.services.notifications import preferences
from chalicelib.services.notifications.words import AREAS, CHANNELS, LABELS

area = Area(__name__)

Clock = Annotated[time, PlainSerializer(lambda value: value.strftime("%H:%M"))]
"""A time of day, HH:MM."""


class Choice(Strict):
    """Whether events of a kind come by each of the channels."""

    email: bool = False
    sms: bool = False
    robot: bool = False

    def chosen(self) -> tuple[Channel, ...]:
        """The channels that are on."""
        return tuple(channel for channel in CHOSEN if getattr(self, channel))


class PreferencesForm(Strict):
    """All preferences; a kind that is not named comes into the inbox of the product only.

    Quiet hours need both ends; `digest_day` is the weekday of a weekly digest, 1 is Monday.
    """

    channels: dict[str, Choice] = Field(default_factory=dict)
    digest: Literal["off", "daily", "weekly"] = "off"
    digest_at: Clock = time(8, 30)
    digest_day: int = Field(default=1, ge=1, le=7)
    quiet_from: Clock | None = None
    quiet_until: Clock | None = None

    def preferences(self, person: str) -> Preferences:
        """What the domain knows of it: every kind is chosen, what was not named by no channel."""
        rest: Mapping[str, tuple[Channel, ...]] = dict.fromkeys(KINDS, ())
        channels = {**rest, **{kind: choice.chosen() for kind, choice in self.channels.items()}}
        plain = self.model_dump(exclude={"channels"}) | {
            name: getattr(self, name) for name in ("digest_at", "quiet_from", "quiet_until")
        }
        return Preferences(person, channels, **plain)


class PreferencesChanged(Answered):
    """The new version."""

    version: int
    location: str


@area.endpoint("GET", "/preferences", action="preference:view", page="preferences.html")
def my_preferences(call: Call) -> Reply:
    """What I am told, by which channel, and when."""
    held = preferences.mine(call)
    return Reply(_data(held), version=held.version)


def _data(held: Preferences) -> dict[str, Any]:
    chosen = {kind: {channel: held.wants(channel, kind) for channel in CHOSEN} for kind in KINDS}
    return {
        "channels": chosen,
        "digest": held.digest,
        "digest_at": held.digest_at.strftime("%H:%M"),
        "digest_day": held.digest_day,
        "quiet_from": held.quiet_from.strftime("%H:%M") if held.quiet_from else None,
        "quiet_until": held.quiet_until.strftime("%H:%M") if held.quiet_until else None,
        "version": held.version,
        "groups": {
            area: {"label": label, "kinds": {kind: LABELS[kind] for kind, each in KINDS.items() if each.area == area}}
            for area, label in AREAS.items()
        },
        "channel_labels": {channel: CHANNELS[channel] for channel in CHOSEN},
    }


def _again(call: Call) -> dict[str, Any]:
    return _data(preferences.mine(call))


@area.endpoint(
    "POST",
    "/preferences",
    action="preference:change",
    body=PreferencesForm,
    answer=PreferencesChanged,
    page="preferences.html",
    refill=_again,
)
def state_preferences(call: Call, form: PreferencesForm) -> dict[str, Any]:
    """State all my preferences anew."""
    return preferences.state(call, form.preferences(call.me.id))
