"""What was sent to a visit's visitors, over HTTP; and the visit for a colleague's own calendar."""

from __future__ import annotations

from typing import Any

from chalicelib.handlers.answers import Reply
from chalicelib.handlers.fields import Answered, PageQuery, Strict
from chalicelib.handlers.visits.routes import area
from chalicelib.services import visits
from chalicelib.services.call import Answer, Call
from chalicelib.settings import settings


class AgainForm(Strict):
    """The message that is to go out once more, by its id."""

    message: str


class AgainAnswer(Answered):
    """Where to look at what becomes of it."""

    location: str


@area.endpoint("GET", "/visits/{id}/messages", action="visit:view", query=PageQuery, page="visit_messages.html")
def show_messages(call: Call, id: str, query: PageQuery) -> dict[str, Any]:
    """The text messages to a visit's visitors and what became of them."""
    return _data(call, id, query.cursor)


@area.endpoint(
    "POST",
    "/visits/{id}/messages",
    action="visit:prepare",
    body=AgainForm,
    answer=AgainAnswer,
    page="visit_messages.html",
    refill=lambda call, id: _data(call, id, None),
)
def send_again(call: Call, id: str, form: AgainForm) -> Answer:
    """Send a visitor the same message, with the same link, once more."""
    from chalicelib.services.visits import messages

    return messages.send_again(call, id, form.message)


@area.endpoint("GET", "/visits/{id}/visit.ics", action="visit:view", content="text/calendar")
def show_calendar(call: Call, id: str) -> Reply:
    """The visit for one's own calendar."""
    from chalicelib.services.calendar_files import CONTENT_TYPE, calendar_file
    from chalicelib.services.calendar_mails import meeting_for_staff

    view = visits.view(call, id)
    url = f"{settings().public_url}/visits/{id}"
    meeting = meeting_for_staff(view.visit, view.site, call.locale, url)
    headers = {"Content-Disposition": 'attachment; filename="visit.ics"'}
    return Reply(content=calendar_file(meeting, "PUBLISH").encode(), content_type=CONTENT_TYPE, headers=headers)


def _data(call: Call, id: str, cursor: str | None) -> dict[str, Any]:
    from chalicelib.handlers.notices import shown
    from chalicelib.services.visits import messages

    page = messages.sent(call, id, cursor, 50)
    rows = [shown(each.message) | {"visitor": each.visitor, "again": each.again} for each in page.items]
    visit = {"id": page.visit.id, "number": page.visit.number, "party": page.visit.party}
    return {"visit": visit, "items": rows, "next": page.next, "time_zone": page.visit.time_zone}
