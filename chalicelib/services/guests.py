"""What an invited visitor does by their link besides reading it: comes late, cannot come, brings somebody, says how
it was. Whoever holds the link is the visitor (services/invitations.py)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from chalicelib.domain import amendments
from chalicelib.domain import invitations as rules
from chalicelib.domain.errors import Conflict, FieldError, IllegalMove, Invalid, NotFound
from chalicelib.domain.invitations import Guest, InvitationOver, Rating
from chalicelib.domain.passes import Pass, days_of
from chalicelib.domain.visits import VISITORS_LIMIT, Visit, Visitor, due
from chalicelib.models.gate import GuestItem, PassItem, RatingItem
from chalicelib.models.store import create
from chalicelib.models.store import replace as replace_item
from chalicelib.models.visits import GuestsItem, VisitItem
from chalicelib.services import sites
from chalicelib.services.calendar_files import calendar_file
from chalicelib.services.calendar_mails import meeting_for_guest
from chalicelib.services.call import Answer, Call
from chalicelib.services.invitations import Invitation, Verify, acting, still_open, view
from chalicelib.services.inviting import withdrawn
from chalicelib.services.notifications import notify
from chalicelib.services.visits.effect import taking_effect


class NotOver(Conflict):
    """The visit is not over yet, so nobody can say how it was."""

    code = "visit_not_over"


@dataclass(frozen=True)
class Companion:
    """Whom a visitor brings along; the language of the invitation is the visitor's own."""

    name: str
    phone: str
    company: str = ""


def say_late(call: Call, token: str, verify: Verify, minutes: int) -> Answer:
    """Say that one will be late; the stream tells the host and the gate. Raises InvitationOver."""

    def act(invitation: Invitation) -> Answer:
        guest = rules.say_late(invitation.guest, minutes, call.now)
        return call.commit(_answer(token), still_open(invitation), replace_item(GuestItem.from_guest(guest)))

    return acting(call, token, verify, act)


def decline(call: Call, token: str, verify: Verify) -> Answer:
    """Say that one cannot come; the stream takes back the passes and tells the host. Raises InvitationOver."""

    def act(invitation: Invitation) -> Answer:
        guest = rules.decline(invitation.guest, call.now)
        return call.commit(_answer(token), still_open(invitation), replace_item(GuestItem.from_guest(guest)))

    return acting(call, token, verify, act)


def rate(call: Call, token: str, verify: Verify, rating: int, comment: str) -> Answer:
    """Say once how a visit was that is over; raises NotOver, IllegalMove for a second word."""

    def act(invitation: Invitation) -> Answer:
        if invitation.standing != "ended":
            raise InvitationOver(state=invitation.standing)  # by the index; the items may know better
        item = RatingItem.from_rating(_rating(call, invitation, rating, comment))
        return call.commit(_answer(token), create(item, IllegalMove("rated_already", state="rated")))

    try:
        return acting(call, token, verify, act)
    except InvitationOver as over:
        raise NotOver(state=over.state) from over


def _rating(call: Call, invitation: Invitation, rating: int, comment: str) -> Rating:
    visit, guest = invitation.visit, invitation.guest
    return Rating(
        visit=visit.id,
        no=guest.no,
        name=guest.name,
        company=guest.company,
        number=visit.number,
        site=visit.site,
        host=visit.host,
        host_name=visit.host_name,
        rating=rating,
        comment=comment,
        rated_at=call.now,
    )


def bring(call: Call, token: str, verify: Verify, companion: Companion) -> Answer:
    """Register somebody whom the visitor brings along; they are invited like any visitor.

    Raises InvitationOver, ChangePending, Invalid where the host allows no more or the phone is a visitor's already.
    """

    def act(invitation: Invitation) -> Answer:
        if not invitation.has_code:
            raise InvitationOver(state=invitation.standing)
        return _brought(call, token, invitation.guest, companion)

    return acting(call, token, verify, act)


def _brought(call: Call, token: str, guest: Guest, companion: Companion) -> Answer:
    head, listed = call.store.get(VisitItem.at(guest.visit), GuestsItem.at(guest.visit))
    visit, visitors = head.to(Visit), listed.visitors
    if visit.proposal:
        raise amendments.ChangePending(state=visit.status)
    _check_companion(visit, visitors, guest, companion)
    added = Visitor(companion.name, companion.phone, companion.company, language=guest.language, invited_by=guest.no)
    wanted, highest = amendments.numbered((*visitors, added), given=visit.numbered)
    more = replace(visit, visitors=visit.visitors + 1, numbered=highest)
    amended = amendments.amend(visit, more, call.now)
    return call.commit(_answer(token), *taking_effect(call, visit, amended, wanted))


def _check_companion(visit: Visit, visitors: Sequence[Visitor], guest: Guest, companion: Companion) -> None:
    brought = sum(each.invited_by == guest.no for each in visitors)
    if guest.invited_by or brought >= visit.companions_allowed or len(visitors) >= VISITORS_LIMIT:
        raise Invalid(FieldError("name", "no_more_companions", {"max": str(visit.companions_allowed)}))
    if any(each.phone == companion.phone for each in visitors):
        raise Invalid(FieldError("phone", "listed_already"))


def calendar(call: Call, token: str, verify: Verify, public_url: str) -> str:
    """The visit as a file for the visitor's calendar; raises NotFound once there is nothing to come to."""
    shown = view(call, token, verify)
    if not shown.has_code or not isinstance(shown.visit, Visit):
        raise NotFound
    url = f"{public_url}/i/{shown.guest.link}"
    meeting = meeting_for_guest(shown.visit, shown.site, shown.guest, call.locale, url)
    return calendar_file(meeting, "PUBLISH")


def follow(call: Call, guest: Guest) -> None:
    """What follows from a visitor's word: the gate knows, the host is told once for each word."""
    due_now = guest.appointment
    facts = {"name": guest.name, "number": due_now.number, "minutes": str(guest.late_minutes)}
    path, own = f"/visits/{guest.visit}", f"{guest.visit}#{guest.no:04}"
    if guest.declined_at:
        _take_back(call, guest)
        notify(call, f"{own}#declined", [due_now.host], "guest_declined", facts, path)
    elif guest.late_at:
        _note_late(call, guest)
        notify(call, f"{own}#late#{guest.late_at.isoformat()}", [due_now.host], "guest_late", facts, path)


def rated(call: Call, rating: Rating) -> None:
    """Tell the host how the visit was for somebody."""
    facts = {"name": rating.name, "number": rating.number, "rating": str(rating.rating)}
    cause = f"{rating.visit}#{rating.no:04}#rated"
    notify(call, cause, [rating.host], "guest_rated", facts, f"/visits/{rating.visit}")


def _take_back(call: Call, guest: Guest) -> None:
    keys = [PassItem.at(guest.visit, day, guest.no) for day in _days(call, guest)]
    expected = [item for item in call.store.get(*keys) if item and item.status == "expected"]
    _, *operations = withdrawn(call, guest, [item.to(Pass) for item in expected])
    if operations:
        call.commit({}, *operations)


def _note_late(call: Call, guest: Guest) -> None:
    """On the pass of the day that comes next; who is there already is not late."""
    zone = sites.site(call.store, guest.appointment.site, call.now).time_zone
    days = days_of((due(guest.appointment.occurrences, call.now),), zone)
    (item,) = call.store.get(PassItem.at(guest.visit, next(iter(days)), guest.no))
    if item and item.status == "expected" and item.late_minutes != guest.late_minutes:
        held = replace(item.to(Pass), late_minutes=guest.late_minutes, version=item.version + 1)
        call.commit({}, replace_item(PassItem.from_pass(held)))


def _days(call: Call, guest: Guest) -> list[date]:
    zone = sites.site(call.store, guest.appointment.site, call.now).time_zone
    return list(days_of(guest.appointment.occurrences, zone))


def _answer(token: str) -> Answer:
    return {"location": f"/i/{token}"}
