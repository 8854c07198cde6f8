"""Leave and one's own profile through their routes, and their pages in both languages."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.directory import Person
from chalicelib.models.store import DynamoStore
from chalicelib.services import directory
from tests import company
from tests.client import Client

TOMORROW = (datetime.now(UTC) + timedelta(days=1)).replace(microsecond=0)
NEXT_WEEK = TOMORROW + timedelta(days=7)


@pytest.fixture
def lin(store: DynamoStore) -> Person:
    return company.add_person(store, company.person(time_zone="Europe/Berlin"))


@pytest.fixture
def chen(store: DynamoStore) -> Person:
    return company.add_person(store, company.person("chen.jun", name="陈军"))


@pytest.fixture
def me(client: Client, lin: Person) -> Client:
    return Client(client.app, company.token_of(lin))


def leave(substitute: Person, **changes: Any) -> dict[str, Any]:
    times = {"from": TOMORROW.isoformat(), "until": NEXT_WEEK.isoformat()}
    return {"substitute": substitute.id} | times | changes


def codes(answer: Any) -> dict[str, str]:
    assert answer.status == 422, answer.text
    return {error["path"]: error["code"] for error in answer.json["errors"]}


def test_my_leave_is_noted_shown_and_ended(me: Client, lin: Person, chen: Person) -> None:
    answer = me.post(f"/people/{lin.id}/leave", leave(chen))
    assert (answer.status, answer.json["location"], answer.json["substitute_away"]) == (200, "/me", None)
    shown = me.get("/me").json["leave"]
    assert (shown["substitute"]["name"], shown["begun"]) == ("陈军", False)
    assert me.get(f"/people/{lin.id}").json["leave"] == shown
    assert me.post(f"/people/{lin.id}/leave/actions", {"action": "end"}).status == 200
    assert me.get("/me").json["leave"] is None
    again = me.post(f"/people/{lin.id}/leave/actions", {"action": "end"})
    assert (again.status, again.json["state"]) == (409, "present")


def test_a_repeated_request_notes_leave_once(me: Client, lin: Person, chen: Person) -> None:
    first = me.post(f"/people/{lin.id}/leave", leave(chen), key="k1")
    assert me.post(f"/people/{lin.id}/leave", leave(chen), key="k1").json == first.json
    assert me.get("/me").json["me"]["version"] == first.json["version"]


def test_times_without_a_zone_are_my_own(me: Client, lin: Person, chen: Person) -> None:
    day = f"{TOMORROW:%Y}-12-24" if TOMORROW.month < 12 else f"{TOMORROW.year + 1}-11-24"
    local = {"from": f"{day}T09:00", "until": f"{day}T18:00"}
    assert me.post(f"/people/{lin.id}/leave", leave(chen) | local).status == 200
    assert me.get("/me").json["leave"]["from"] == f"{day}T08:00:00Z"


@pytest.mark.parametrize(
    ("wrong", "refused"),
    [
        ({"until": TOMORROW.isoformat()}, {"until": "end_before_start"}),
        ({"from": "2020-01-01T00:00Z"}, {"from": "in_the_past", "until": "period_too_long"}),
        ({"substitute": "01UNKNOWN"}, {"substitute": "unknown_person"}),
        ({"from": "0001-01-01T00:00:00+14:00"}, {"from": "bad_format"}),
        ({"until": "9999-12-31T23:59:00-12:00"}, {"until": "bad_format"}),
        ({"from": "tomorrow"}, {"from": "bad_format"}),
        ({"until": None}, {"until": "bad_format"}),
        ({"starts_with": 1}, {"starts_with": "unknown_field"}),
    ],
)
def test_a_leave_that_cannot_be_is_refused_field_by_field(
    me: Client, lin: Person, chen: Person, wrong: dict[str, Any], refused: dict[str, str]
) -> None:
    assert codes(me.post(f"/people/{lin.id}/leave", leave(chen) | wrong)) == refused


def test_nobody_is_their_own_substitute(me: Client, lin: Person) -> None:
    assert codes(me.post(f"/people/{lin.id}/leave", leave(lin))) == {"substitute": "not_yourself"}


def test_a_refused_form_keeps_the_substitute_that_was_chosen(me: Client, lin: Person, chen: Person) -> None:
    typed = {"substitute": chen.id, "from": "2020-01-01T09:00", "until": "2020-01-02T09:00"}
    page = me.submit(f"/people/{lin.id}/leave", typed)
    assert page.status == 422
    assert f'<option value="{chen.id}" selected>陈军</option>' in page.text
    assert 'value="2020-01-01T09:00"' in page.text


def test_other_peoples_leave_is_not_there(me: Client, lin: Person, chen: Person) -> None:
    assert me.get(f"/people/{chen.id}/leave").status == 404
    assert me.post(f"/people/{chen.id}/leave", leave(lin)).status == 404
    assert me.post(f"/people/{chen.id}/leave/actions", {"action": "end"}).status == 404


def test_everybody_sees_who_is_away(me: Client, client: Client, lin: Person, chen: Person) -> None:
    now = datetime.now(UTC)
    body = leave(lin) | {"from": now.isoformat(), "until": (now + timedelta(days=1)).isoformat()}
    assert Client(client.app, company.token_of(chen)).post(f"/people/{chen.id}/leave", body).status == 200
    assert [each["person"]["name"] for each in me.get("/people/away").json["items"]] == ["陈军"]


def test_i_choose_my_language_and_time_zone(me: Client, lin: Person, store: DynamoStore) -> None:
    answer = me.post("/me", {"locale": "en", "time_zone": "Asia/Tokyo"}, key="k2")
    assert answer.json["location"] == "/me"
    assert me.post("/me", {"locale": "en", "time_zone": "Asia/Tokyo"}, key="k2").json == answer.json
    changed = directory.person(store, lin.id, company.NOW, fresh=True)
    assert (changed.locale, changed.time_zone, changed.roles) == ("en", "Asia/Tokyo", lin.roles)


@pytest.mark.parametrize("wrong", [{"time_zone": "Moon/Sea"}, {"locale": "fr"}, {"roles": ["administrator"]}])
def test_i_choose_nothing_else(me: Client, wrong: dict[str, Any]) -> None:
    assert me.post("/me", {"locale": "en", "time_zone": "Asia/Tokyo"} | wrong).status == 422


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_page_of_leave_is_shown(me: Client, lin: Person, chen: Person, language: str) -> None:
    for _ in range(2):
        for path in ("/me", f"/people/{lin.id}/leave", "/people/away"):
            page = me.page(path, headers={"Accept-Language": language})
            assert (page.status, path) == (200, path), page.text
            assert f'lang="{language}"' in page.text
        me.post(f"/people/{lin.id}/leave", leave(chen) | {"from": datetime.now(UTC).isoformat()})
