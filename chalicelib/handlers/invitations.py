"""The visitor's side of an invitation: a page behind a secret link or a QR, without an account."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import AwareDatetime

from chalicelib.domain.invitations import Standing
from chalicelib.domain.sites import localised
from chalicelib.gateways.files import files
from chalicelib.gateways.signer import verify
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.endpoint import Area, Public
from chalicelib.handlers.fields import Answered, Strict
from chalicelib.services import invitations
from chalicelib.services.call import Call
from chalicelib.services.invitations import Invitation

area = Area(__name__)

HOLDER = Public("the unguessable link or the signed code is the permission")
PRIVATE = {"Referrer-Policy": "no-referrer", "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}


class InvitationAnswer(Answered):
    """An invitation as its visitor sees it; the gate is open for them from `opens` to `ends`."""

    standing: Standing
    visitor: dict[str, str]
    host: dict[str, str]
    site: dict[str, str]
    opens: AwareDatetime
    starts: AwareDatetime
    ends: AwareDatetime
    rules: str
    rules_accepted_at: AwareDatetime | None
    time_zone: str
    qr: dict[str, str] | None
    location: str


class ActionForm(Strict):
    """What a visitor may do."""

    action: Literal["accept_rules"]


class ActionAnswer(Answered):
    """Since when the rules are accepted."""

    rules_accepted_at: AwareDatetime
    location: str


@area.endpoint("GET", "/i/{token}", action=HOLDER, answer=InvitationAnswer, page="invite.html")
def show_invitation(call: Call, token: str) -> Reply:
    """The invitation behind a link or a scanned QR."""
    return Reply(_data(call, token), headers=PRIVATE)


@area.endpoint(
    "POST",
    "/i/{token}/actions",
    action=HOLDER,
    body=ActionForm,
    answer=ActionAnswer,
    page="invite.html",
    refill=lambda call, token: _data(call, token),
)
def act_on_invitation(call: Call, token: str, form: ActionForm) -> Reply:
    """Accept the rules of entry."""
    answer = invitations.accept_rules(call, token, verify)
    return Reply(answer, location=answer["location"], headers=PRIVATE)


@area.endpoint("GET", "/i/{token}/qr.png", action=HOLDER, content="image/png")
def show_png(call: Call, token: str) -> Reply:
    """The QR as a PNG."""
    return _picture(call, token, "png", "image/png")


@area.endpoint("GET", "/i/{token}/qr.svg", action=HOLDER, content="image/svg+xml")
def show_svg(call: Call, token: str) -> Reply:
    """The QR as an SVG."""
    return _picture(call, token, "svg", "image/svg+xml")


def _picture(call: Call, token: str, form: Literal["png", "svg"], content_type: str) -> Reply:
    content = invitations.picture(call, token, form, files(), verify)
    headers = PRIVATE | {"Cache-Control": "private, max-age=300"}
    return Reply(content=content, content_type=content_type, headers=headers)


def _data(call: Call, token: str) -> dict[str, Any]:
    shown = invitations.view(call, token, verify)
    qr = {form: f"/i/{token}/qr.{form}" for form in ("png", "svg")} if shown.has_code else None
    return _facts(shown, call.locale) | {"location": f"/i/{token}", "qr": qr}


def _facts(shown: Invitation, locale: str) -> dict[str, Any]:
    visit, guest, site = shown.visit, shown.guest, shown.site
    return {
        "standing": shown.standing,
        "visitor": {"name": guest.name, "company": guest.company, "reservation": guest.reservation},
        "host": {"name": visit.host_name, "phone": visit.host_phone},
        "site": {
            "name": localised(site.name, locale),
            "address": localised(site.address, locale),
            "map_url": site.map_url,
        },
        "opens": shown.opens,
        "starts": shown.due.starts,
        "ends": shown.due.ends,
        "occurrences": visit.occurrences,
        "rules": localised(site.rules, locale),
        "rules_accepted_at": guest.rules_accepted_at,
        "time_zone": site.time_zone,
    }
