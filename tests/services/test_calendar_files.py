"""Calendar files, read back by icalendar."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest

from chalicelib.services.calendar_files import Mailbox, Meeting, calendar_file

STARTS = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=2)
WEEK = timedelta(days=7)


def meeting(**facts: Any) -> Meeting:
    known: dict[str, Any] = {
        "uid": "01KJPX@atrium",
        "sequence": 1,
        "title": "来访：王小明；远航, Ltd",
        "where": "上海市浦东新区世纪大道1号",
        "text": "预约号 20260001-1\n" + "很长的说明" * 40,
        "times": [(STARTS, ENDS)],
        "changed_at": STARTS - timedelta(days=3, microseconds=7),
        "url": "https://atrium.example/i/abc",
        "organizer": Mailbox('何主任 "He"', "host@atrium.example"),
        "attendees": [Mailbox("Ann; Lee", "ann@guest.example")],
    }
    return Meeting(**known | facts)


def read(text: str) -> icalendar.Calendar:
    read_back = icalendar.Calendar.from_ical(text)
    assert isinstance(read_back, icalendar.Calendar)
    return read_back


def events(text: str) -> list[Any]:
    return list(read(text).walk("VEVENT"))


def test_an_invitation_says_what_when_where_who_in_utc() -> None:
    text = calendar_file(meeting(), "REQUEST")
    calendar = read(text)
    assert (calendar["method"], calendar["version"], calendar["prodid"]) == ("REQUEST", "2.0", "-//Atrium//Visits//EN")
    (event,) = events(text)
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (STARTS, ENDS)
    assert "DTSTART:20260302T010000Z" in text and "VTIMEZONE" not in text
    assert (str(event["summary"]), str(event["location"])) == (meeting().title, meeting().where)
    assert str(event["description"]) == meeting().text
    assert (event["uid"], event["sequence"], event["status"]) == ("01KJPX@atrium", 1, "CONFIRMED")
    assert str(event["organizer"]) == "mailto:host@atrium.example"
    assert str(event["attendee"]) == "mailto:ann@guest.example" and event["attendee"].params["RSVP"] == "FALSE"


def test_lines_are_folded_and_end_as_the_standard_wants() -> None:
    text = calendar_file(meeting(), "REQUEST")
    lines = text.split("\r\n")
    assert lines[-1] == "" and "\n" not in text.replace("\r\n", "")
    assert max(len(line.encode()) for line in lines) <= 75


def test_a_change_keeps_the_uid_and_raises_the_sequence() -> None:
    before, after = (
        events(calendar_file(meeting(sequence=n, times=[(STARTS + n * WEEK, ENDS + n * WEEK)]), "REQUEST"))[0]
        for n in (1, 2)
    )
    assert before["uid"] == after["uid"] and before["sequence"] < after["sequence"]
    assert after.decoded("dtstart") == STARTS + 2 * WEEK


def test_a_cancellation_is_one() -> None:
    text = calendar_file(meeting(sequence=2), "CANCEL")
    (event,) = events(text)
    assert (read(text)["method"], event["status"], event["sequence"]) == ("CANCEL", "CANCELLED", 2)


@pytest.mark.parametrize("weeks", [1, 3])
def test_a_series_of_weeks_is_one_event_with_a_rule(weeks: int) -> None:
    times = [(STARTS + n * weeks * WEEK, ENDS + n * weeks * WEEK) for n in range(5)]
    (event,) = events(calendar_file(meeting(times=times), "REQUEST"))
    assert event["rrule"] == {"FREQ": ["WEEKLY"], "INTERVAL": [weeks], "COUNT": [5]}


@pytest.mark.parametrize("times", [[0, 7, 15], [0, 1]])
def test_other_series_are_an_event_each_with_uids_of_their_own(times: list[int]) -> None:
    spans = [(STARTS + timedelta(days=n), ENDS + timedelta(days=n)) for n in times]
    found = events(calendar_file(meeting(times=spans), "REQUEST"))
    assert [event.decoded("dtstart") for event in found] == [start for start, _ in spans]
    assert len({str(event["uid"]) for event in found}) == len(times)
    assert all("rrule" not in event for event in found)


def test_what_people_typed_cannot_add_lines() -> None:
    (event,) = events(calendar_file(meeting(title="x\r\nATTENDEE:mailto:evil@example.com"), "PUBLISH"))
    assert str(event["attendee"]) == "mailto:ann@guest.example"
