"""Series, copies and the calendar of free and busy, as browsers and programs ask for them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from chalicelib.handlers.visits.copying import shifted, weeks_until
from tests.client import Client
from tests.handlers.test_visit_forms import applicant, near, value

__all__ = ["applicant"]

WEEKLY = {"series.every": "2", "series.count": "3", "resources.0.resource": "r1", "submit": "true"}


def made(applicant: Client, **fields: str) -> dict[str, Any]:
    answer = applicant.submit("/visits", near() | fields)
    assert answer.status == 303, answer.text
    return dict(applicant.get(answer.headers["location"]).json["visit"])


def calendar(applicant: Client, day: str, view: str = "day") -> list[dict[str, Any]]:
    (row,) = applicant.get(f"/resources?site=hq&day={day}&view={view}").json["items"]
    return list(row["days"])


def test_a_series_is_one_visit_with_its_days_and_a_booking_on_each(applicant: Client) -> None:
    visit = made(applicant, **WEEKLY)
    starts = [datetime.fromisoformat(each["starts"]) for each in visit["occurrences"]]
    assert [each - starts[0] for each in starts] == [timedelta(0), timedelta(weeks=2), timedelta(weeks=4)]
    assert [each["starts"] for each in visit["bookings"]] == [each["starts"] for each in visit["occurrences"]]
    assert (visit["starts"], visit["ends"]) == (visit["occurrences"][0]["starts"], visit["occurrences"][-1]["ends"])


def test_a_booking_in_the_way_of_one_day_of_a_series_refuses_the_series_and_names_it(applicant: Client) -> None:
    series = made(applicant, **WEEKLY)
    day = datetime.fromisoformat(near()["starts"]) + timedelta(weeks=4)
    times = {"starts": f"{day:%Y-%m-%dT%H:%M}", "ends": f"{day:%Y-%m-%d}T11:00"}
    answer = applicant.submit("/visits", near() | times | {"resources.0.resource": "r1", "submit": "true"})
    assert answer.status == 409
    assert series["number"] in answer.text


def test_the_form_of_a_series_shows_it_as_it_was_asked_for(applicant: Client) -> None:
    visit = made(applicant, **WEEKLY | {"submit": ""})
    html = applicant.page(f"/visits/{visit['id']}/edit").text
    assert '<option value="2" selected>' in html
    assert (value(html, "series.count"), value(html, "starts")) == ("3", near()["starts"])


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"series.every": "1"}, "series-until"), ({"series.every": "1", "series.until": "2020-01-01"}, "series-until")],
)
def test_what_is_wrong_with_a_series_stands_by_its_field(applicant: Client, fields: dict[str, str], field: str) -> None:
    answer = applicant.submit("/visits", near() | fields)
    assert answer.status == 422
    assert f'id="f-{field}-error"' in answer.text


def test_the_customer_is_the_first_visitors_company_unless_it_is_said(applicant: Client) -> None:
    assert made(applicant, **{"visitors.0.company": "远航科技"})["customer"] == "远航科技"
    assert made(applicant, **{"visitors.0.company": "远航科技", "customer": "华东院"})["customer"] == "华东院"


def test_a_copy_is_filled_in_for_the_same_weekday_of_the_week_after(applicant: Client) -> None:
    visit = made(applicant, **{"resources.0.resource": "r1", "requirements": "投影"})
    html = applicant.page(f"/visits/{visit['id']}/copy").text
    starts = datetime.fromisoformat(near()["starts"]) + timedelta(weeks=1)
    assert value(html, "starts") == f"{starts:%Y-%m-%dT%H:%M}"
    assert (value(html, "visitors.0.name"), 'action="/visits"' in html) == ("李娜", True)
    assert 'name="version"' not in html


def test_a_copy_of_what_is_long_past_lies_ahead() -> None:
    starts, now = (datetime.fromisoformat(each) for each in ("2026-01-05T09:00", "2026-03-02T09:00"))
    assert weeks_until(starts, now) == timedelta(weeks=9)
    moved = shifted(
        {"starts": "2026-01-05T09:00", "items.0.day": "2026-01-06", "items.0.note": "x", "ends": ""}, timedelta(7)
    )
    assert moved == {"starts": "2026-01-12T09:00", "items.0.day": "2026-01-13", "items.0.note": "x", "ends": ""}


def test_the_calendar_shows_who_has_what_when_by_the_reservation_number(applicant: Client) -> None:
    visit = made(applicant, **{"resources.0.resource": "r1", "submit": "true"})
    (day,) = calendar(applicant, near()["starts"][:10])
    assert [(each["number"], each["starts"]) for each in day["bookings"]] == [(visit["number"], visit["starts"])]
    assert [(bar["x"], bar["width"]) for bar in day["bars"]] == [(600, 120)] * 2


def test_what_is_cancelled_is_free_again_in_the_calendar(applicant: Client) -> None:
    visit = made(applicant, **{"resources.0.resource": "r1", "submit": "true"})
    assert applicant.post(f"/visits/{visit['id']}/actions", {"action": "cancel"}).status == 200
    (day,) = calendar(applicant, near()["starts"][:10])
    assert day["bookings"] == []


def test_a_week_of_the_calendar_has_seven_days_of_the_site(applicant: Client) -> None:
    made(applicant, **WEEKLY)
    first = near()["starts"][:10]
    taken = [bool(day["bookings"]) for day in calendar(applicant, first, "week")]
    assert taken == [True, False, False, False, False, False, False]


def test_a_calendar_of_a_site_that_is_not_there_is_refused_by_its_field(applicant: Client) -> None:
    assert applicant.get("/resources?site=nowhere").json["errors"][0]["path"] == "site"


def test_the_page_of_the_calendar_tells_the_times_in_words(applicant: Client) -> None:
    visit = made(applicant, **{"resources.0.resource": "r1", "submit": "true"})
    html = applicant.page(f"/resources?site=hq&day={near()['starts'][:10]}&view=week").text
    assert visit["number"] in html
    assert "全天空闲" in html
