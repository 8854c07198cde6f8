"""The office calendar through its routes and its page."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.models.store import DynamoStore
from tests import company
from tests.client import Client

HOURS = {"opens": "08:30", "closes": "17:30"}
CALENDAR: dict[str, Any] = {
    "country": "CN",
    "time_zone": "Asia/Shanghai",
    "week": {"mon": HOURS, "sat": {"opens": "09:00", "closes": "12:00"}},
    "holidays": [{"day": "2026-12-31", "title": "年终"}, {"day": "2026-05-06", "title": "周年庆"}],
}


@pytest.fixture
def admin(client: Client, store: DynamoStore) -> Client:
    roles = frozenset({"employee", "administrator"})
    boss = company.person("boss", roles=roles, second_factor_since=company.LONG_AGO)
    return Client(client.app, company.token_of(company.add_person(store, boss)))


def codes(answer: Any) -> dict[str, str]:
    assert answer.status == 422, answer.text
    return {error["path"]: error["code"] for error in answer.json["errors"]}


def test_what_was_set_is_shown(admin: Client) -> None:
    assert admin.post("/calendar", CALENDAR).json == {"version": 1, "location": "/calendar"}
    shown = admin.get("/calendar").json["calendar"]
    assert shown["week"]["mon"] == {"opens": "08:30:00", "closes": "17:30:00"}
    assert shown["week"]["tue"] is None
    assert [each["title"] for each in shown["holidays"]] == ["周年庆", "年终"]


@pytest.mark.parametrize(
    ("wrong", "refused"),
    [
        ({"country": "cn"}, {"country": "bad_format"}),
        ({"country": "ZZ"}, {"country": "bad_choice"}),
        ({"time_zone": "Moon"}, {"time_zone": "bad_choice"}),
        ({"week": {}}, {"week.mon.opens": "no_office_hours"}),
        ({"week": {"mon": {"opens": "09:00"}}}, {"week.mon.closes": "required"}),
        ({"week": {"mon": {"opens": "18:00", "closes": "09:00"}}}, {"week.mon.closes": "end_before_start"}),
        ({"week": {"mon": {"opens": "09:00+08:00", "closes": "18:00"}}}, {"week.mon.opens": "bad_format"}),
        ({"week": {"day8": HOURS}}, {"week.day8": "unknown_field"}),
        ({"holidays": [{"day": "2026-02-30", "title": "X"}]}, {"holidays.0.day": "bad_format"}),
        ({"holidays": [{"day": "2026-05-06", "title": "X"}] * 2}, {"holidays.1.day": "duplicate"}),
    ],
)
def test_what_cannot_be_is_named_field_by_field(admin: Client, wrong: dict[str, Any], refused: dict[str, str]) -> None:
    assert codes(admin.post("/calendar", CALENDAR | wrong)) == refused


def test_a_form_with_days_off_in_the_middle_of_the_week_is_read_by_the_names_of_the_days(admin: Client) -> None:
    fields = {"country": "CN", "time_zone": "Asia/Shanghai", "week.mon.opens": "", "week.mon.closes": ""}
    fields |= {"week.wed.opens": "09:00", "week.wed.closes": "18:00", "holidays.0.day": "", "holidays.0.title": ""}
    assert admin.submit("/calendar", fields).status == 303
    week = admin.get("/calendar").json["calendar"]["week"]
    assert [name for name, hours in week.items() if hours] == ["wed"]


def test_a_refused_form_keeps_what_was_typed(admin: Client) -> None:
    fields = {"country": "CN", "time_zone": "Moon", "week.wed.opens": "09:15", "week.wed.closes": "18:00"}
    page = admin.submit("/calendar", fields)
    assert page.status == 422
    assert all(f'value="{text}"' in page.text for text in ("Moon", "09:15"))


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_page_is_shown(admin: Client, language: str) -> None:
    admin.post("/calendar", CALENDAR)
    page = admin.page("/calendar", headers={"Accept-Language": language})
    assert page.status == 200, page.text
    assert "周年庆" in page.text
