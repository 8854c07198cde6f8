"""The routes of how finance pays."""

from __future__ import annotations

from typing import Any

from chalicelib.handlers.answers import Reply
from chalicelib.handlers.payments.area import area
from chalicelib.handlers.payments.forms import SettingsChanged, SettingsForm
from chalicelib.services.call import Answer, Call
from chalicelib.services.payments import setting
from chalicelib.services.payments.record import SET_UP, VIEW
from chalicelib.services.permissions import COMPANY


@area.endpoint("GET", "/payments/settings", action=VIEW, page="payment_settings.html")
def show_settings(call: Call) -> Reply:
    """Whether a batch needs a second person, and the account that the company pays from."""
    data = settings_data(call)
    return Reply(data, version=data["settings"]["version"])


def settings_data(call: Call) -> dict[str, Any]:
    """The settings, and whether I may change them."""
    held = vars(setting.show(call))
    return {"settings": held, "changes": call.may(SET_UP, COMPANY)}


@area.endpoint(
    "POST",
    "/payments/settings",
    action=SET_UP,
    body=SettingsForm,
    answer=SettingsChanged,
    page="payment_settings.html",
    refill=settings_data,
)
def state_settings(call: Call, form: SettingsForm) -> Answer:
    """State anew how finance pays."""
    return setting.state(call, form.settings())
