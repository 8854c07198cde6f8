"""The visitor's side of an invitation: a page behind a secret link or a QR, without an account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AwareDatetime, Field

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.invitations import LATE_LIMIT, Standing
from chalicelib.domain.sites import localised
from chalicelib.domain.visits import Visit
from chalicelib.gateways.files import files
from chalicelib.gateways.signer import verify
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.endpoint import Area, Public
from chalicelib.handlers.fields import Answered, Line, Phone, Strict, Text
from chalicelib.services import guests, invitations
from chalicelib.services.calendar_files import CONTENT_TYPE
from chalicelib.services.call import Answer, Call
from chalicelib.services.guests import Companion
from chalicelib.services.invitations import Invitation
from chalicelib.settings import settings

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
    late_minutes: int
    declined: bool
    rated: bool
    companions: int
    time_zone: str
    qr: dict[str, str] | None
    location: str


class ActionForm(Strict):
    """What a visitor may do, and what it needs: `late` minutes; `bring` name, phone and company; `rate` a rating."""

    action: Literal["accept_rules", "late", "decline", "bring", "rate"]
    minutes: int | None = Field(default=None, ge=5, le=LATE_LIMIT)
    name: Line = ""
    phone: Phone | None = None
    company: Line = ""
    rating: int | None = Field(default=None, ge=1, le=5)
    comment: Text = ""


class ActionAnswer(Answered):
    """Where to look at the invitation; since when the rules are accepted, after accepting them."""

    rules_accepted_at: AwareDatetime | None = None
    location: str


NEEDS: Mapping[str, tuple[str, ...]] = {"late": ("minutes",), "bring": ("name", "phone"), "rate": ("rating",)}
"""The fields that an action cannot do without."""


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
    """Accept the rules of entry, come late, not come, bring somebody, or say how it was."""
    if missing := [name for name in NEEDS.get(form.action, ()) if not getattr(form, name)]:
        raise Invalid(*(FieldError(name, "required") for name in missing))
    answer = _ACTIONS[form.action](call, token, form)
    return Reply(answer, location=answer["location"], headers=PRIVATE)


_ACTIONS: Mapping[str, Callable[[Call, str, ActionForm], Answer]] = {
    "accept_rules": lambda call, token, form: invitations.accept_rules(call, token, verify),
    "late": lambda call, token, form: guests.say_late(call, token, verify, form.minutes or 0),
    "decline": lambda call, token, form: guests.decline(call, token, verify),
    "bring": lambda call, token, form: guests.bring(
        call, token, verify, Companion(form.name, form.phone or "", form.company)
    ),
    "rate": lambda call, token, form: guests.rate(call, token, verify, form.rating or 0, form.comment),
}


@area.endpoint("GET", "/i/{token}/visit.ics", action=HOLDER, content="text/calendar")
def show_calendar(call: Call, token: str) -> Reply:
    """The visit for the visitor's calendar."""
    content = guests.calendar(call, token, verify, settings().public_url).encode()
    headers = PRIVATE | {"Content-Disposition": 'attachment; filename="visit.ics"'}
    return Reply(content=content, content_type=CONTENT_TYPE, headers=headers)


@area.endpoint("GET", "/i/{token}/qr.png", action=HOLDER, content="image/png")
def show_png(call: Call, token: str) -> Reply:
    """The QR as a PNG."""
    return _picture(call, token, "png", "image/png")


@area.endpoint("GET", "/i/{token}/qr.svg", action=HOLDER, content="image/svg+xml")
def show_svg(call: Call, token: str) -> Reply:
    """The QR as an SVG."""
    return _picture(call, token, "svg", "image/svg+xml")


@area.endpoint("GET", "/i/{token}/card.svg", action=HOLDER, content="image/svg+xml")
def show_card(call: Call, token: str) -> Reply:
    """The QR as a card for the wallet, to be kept or printed: 85.6 by 54 mm."""
    content = invitations.card(call, token, files(), verify, lambda shown: _on_card(shown, call.locale))
    headers = PRIVATE | {"Content-Disposition": 'attachment; filename="visit-card.svg"'}
    return Reply(content=content, content_type="image/svg+xml", headers=headers)


def _on_card(shown: Invitation, locale: str) -> list[str]:
    guest, site, zone = shown.guest, shown.site, ZoneInfo(shown.site.time_zone)
    first, last = (moment.astimezone(zone) for moment in (shown.visit.starts, shown.visit.ends))
    days = f"{first:%Y-%m-%d}" if first.date() == last.date() else f"{first:%Y-%m-%d} – {last:%m-%d}"
    times = f"{shown.due.starts.astimezone(zone):%H:%M} – {shown.due.ends.astimezone(zone):%H:%M}"
    return [guest.name, guest.company, guest.reservation, localised(site.name, locale), days, times]


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
        "late_minutes": guest.late_minutes,
        "rated": shown.rated,
        "declined": guest.declined_at is not None,
        "companions": visit.companions_allowed if isinstance(visit, Visit) and not guest.invited_by else 0,
        "time_zone": site.time_zone,
    }
