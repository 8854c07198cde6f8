"""Reception items over HTTP: measured while they are typed, refused by their fields, shown with their excesses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.models.checklist import ChecklistItem
from chalicelib.services import checklist
from chalicelib.services.call import Call
from chalicelib.services.checklist import reminding
from infra import example_reception as example
from tests import company, desk
from tests.client import Client
from tests.services.conftest import new_id

ADMIN = company.person("admin", roles=frozenset({"employee", "administrator"}), second_factor_since=company.LONG_AGO)
MANAGER = company.person("manager", name="陈经理", manager=ADMIN.id)
APPLICANT = company.person("applicant", manager=MANAGER.id)
DAY = "2026-03-04"
MEAL = {"type": "meal", "day": DAY, "meal": "lunch", "guests": 6, "hosts": 2, "price": "120"}
VISIT = {
    "site": "hq",
    "starts": f"{DAY}T10:00",
    "ends": f"{DAY}T16:00",
    "purpose": "Contract talks",
    "visitors": [{"name": "王芳", "phone": "13912345678", "company": "远航"}],
}


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Iterator[desk.Desk]:
    """The example company's levels and standards, its second site being head office."""
    opened = desk.open_desk(monkeypatch)
    company.add_department(opened.store)
    for someone in (ADMIN, MANAGER, APPLICANT):
        company.add_person(opened.store, someone)
    program = opened.client(ADMIN)
    assert program.post("/standards/levels", {"levels": list(example.LEVELS)}).status == 200
    for standard in example.standards("hq"):
        answer = program.post("/standards", standard)
        assert answer.status == 201, answer.text
    yield opened


def estimate(counter: desk.Desk, **facts: Any) -> Any:
    answer = counter.client(APPLICANT).post("/visits/estimate", {"site": "hq", "starts": DAY} | facts)
    assert answer.status == 200, answer.text
    return answer.json


def applied(counter: desk.Desk, *items: dict[str, Any], **facts: Any) -> Any:
    body = VISIT | {"items": list(items), "submit": True} | facts
    return counter.client(APPLICANT).post("/visits", body)


def codes(answer: Any) -> set[tuple[str, str]]:
    assert answer.status == 422, answer.text
    return {(error["path"], error["code"]) for error in answer.json["errors"]}


def test_the_estimate_says_what_each_item_costs_and_what_its_standard_allows(counter: desk.Desk) -> None:
    found = estimate(counter, level="B", items=[MEAL, {"type": "lodging", "nights": "2", "rooms": 3}])
    assert (found["currency"], found["total"], found["by_type"]) == (
        "CNY",
        396_000,
        {"meal": 96_000, "lodging": 300_000},
    )
    meal, lodging = found["lines"]
    assert (meal["amount"], meal["allowance"], meal["hosts_limit"], meal["excesses"]) == (16_000, 128_000, 3, [])
    assert lodging["cost"] == 300_000


def test_an_excess_is_named_with_its_rule_and_what_follows(counter: desk.Desk) -> None:
    wine = {"type": "alcohol", "guests": 4, "bottles": 1, "price": "80"}
    found = estimate(counter, items=[MEAL | {"hosts": 4}, wine], level="C")
    rules = [[(each["rule"], each["blocked"]) for each in line["excesses"]] for line in found["lines"]]
    assert rules == [[("amount", False), ("hosts", False)], [("not_allowed", True)]]
    assert found["blocked"]


@pytest.mark.parametrize(
    "halfway",
    [
        {},
        {"items": "meal"},
        {"items": [{}], "starts": "tomorrow", "site": ["hq"], "level": 7},
        {"items": [{"type": "circus", "guests": "many", "price": "12.345", "day": "soon", "legs": "x"}]},
        {"items": [{"type": "meal", "guests": -3, "hosts": 10**9, "nights": "9" * 50, "price": True}] * 99},
        {"visitors": "nobody", "purpose": None, "unknown": {"deep": []}},
    ],
)
def test_what_is_only_half_typed_is_measured_as_far_as_it_goes(counter: desk.Desk, halfway: dict[str, Any]) -> None:
    answer = counter.client(APPLICANT).post("/visits/estimate", halfway)
    assert answer.status == 200, answer.text


def test_the_panel_tells_each_row_its_standard(counter: desk.Desk) -> None:
    browser = counter.client(APPLICANT)
    fields = {"site": "hq", "starts": f"{DAY}T10:00", "items.0.type": "meal", "items.0.guests": "6", "level": "A"}
    answer = browser.submit("/visits/estimate", fields | {"items.0.price": "900"}, headers={"HX-Request": "true"})
    assert answer.status == 200
    assert 'id="items-0-standard"' in answer.text
    assert "260.00 CNY" in answer.text
    assert "excess-reasoned" in answer.text


def test_a_visit_above_the_standard_needs_its_reason_by_the_row(counter: desk.Desk) -> None:
    answer = applied(counter, MEAL, MEAL | {"price": "500"}, level="B")
    assert codes(answer) == {("items.1.reason", "reason_needed")}
    assert applied(counter, MEAL, MEAL | {"price": "500", "reason": "Board"}, level="B").status == 201


def test_blocked_excesses_are_refused_by_their_fields(counter: desk.Desk) -> None:
    wine = {"type": "alcohol", "day": DAY, "what": "Wine", "guests": 4, "bottles": 1, "price": "80", "reason": "Toast"}
    room = {"type": "lodging", "day": DAY, "nights": 1, "rooms": 1, "room_level": "suite", "price": "2000"}
    answer = applied(counter, wine, room, level="C")
    assert codes(answer) == {("items.0.type", "not_allowed_by_standard"), ("items.1.price", "above_standard")}


@pytest.mark.parametrize(
    ("item", "path", "code"),
    [
        ({"type": "circus"}, "items.0.type", "bad_choice"),
        (MEAL | {"price": "12.345"}, "items.0.price", "bad_amount"),
        (MEAL | {"price": "-1"}, "items.0.price", "bad_amount"),
        (MEAL | {"guests": "many"}, "items.0.guests", "bad_format"),
        (MEAL | {"guests": 1001}, "items.0.guests", "too_large"),
        (MEAL | {"day": "2026-05-01"}, "items.0.day", "outside_visit_days"),
        (MEAL | {"nights": 2}, "items.0.nights", "not_of_this_item"),
        (MEAL | {"meal": "brunch"}, "items.0.meal", "bad_choice"),
        (MEAL | {"owner": "NOBODY"}, "items.0.owner", "unknown_person"),
        (MEAL | {"legs": [{"origin": "", "goal": "x"}]}, "items.0.legs.0.origin", "required"),
        (MEAL | {"surprise": 1}, "items.0.surprise", "unknown_field"),
    ],
)
def test_what_cannot_stand_is_named_by_its_path(counter: desk.Desk, item: Any, path: str, code: str) -> None:
    assert codes(applied(counter, item, level="A")) == {(path, code)}


def test_without_script_a_refused_form_keeps_everything_typed(counter: desk.Desk) -> None:
    typed = {
        "site": "hq", "starts": f"{DAY}T10:00", "ends": f"{DAY}T16:00", "purpose": "Talks", "submit": "true",
        "visitors.0.name": "王芳", "visitors.0.phone": "13912345678", "level": "B",
        "items.0.type": "transport", "items.0.day": DAY, "items.0.vehicle": "car", "items.0.price": "999",
        "items.0.legs.0.origin": "虹桥机场", "items.0.legs.0.goal": "总部", "items.2.type": "gift",
        "items.2.what": "茶叶", "items.2.guests": "2",
    }  # fmt: skip
    answer = counter.client(APPLICANT).submit("/visits", typed)
    assert answer.status == 422
    for text in (
        'value="虹桥机场"',
        'value="999"',
        'value="茶叶"',
        'id="f-items-0-reason-error"',
        'name="items.1.what"',
    ):
        assert text in answer.text, text


def followed(counter: desk.Desk, visit: str) -> None:
    """As the stream does it."""
    following = Call(counter.store, counter.now, new_id, None, "system:drive", permitted=["as the stream"])
    checklist.follow(following, visit)


def approved(counter: desk.Desk) -> str:
    """An approved visit with an excess, and its checklist."""
    visit = str(applied(counter, MEAL | {"price": "500", "reason": "董事会来访"}, level="B").json["id"])
    page = counter.client(MANAGER).page(f"/approvals/visit-{visit}").text
    for text in ("董事会来访", "4,000.00 CNY", "160.00 CNY", "用餐"):
        assert text in page, text
    assert counter.client(MANAGER).post(f"/approvals/visit-{visit}/actions", {"action": "approve"}).status == 200
    followed(counter, visit)
    return visit


def test_approvers_see_items_estimate_and_reason_and_the_list_follows_the_approval(counter: desk.Desk) -> None:
    visit = approved(counter)
    page = counter.client(APPLICANT).get(f"/visits/{visit}").json
    (task,) = page["checklist"]
    assert (task["word"], task["owner"], task["status"], page["prepares"]) == ("meal", APPLICANT.id, "open", True)
    assert page["reception"][0]["excesses"][0]["reason"] == "董事会来访"


def test_a_task_is_ticked_off_on_the_page_and_opened_again(counter: desk.Desk) -> None:
    visit = approved(counter)
    (item,) = counter.store.all(ChecklistItem)
    browser = counter.client(APPLICANT)
    assert f"/visits/{visit}/checklist" in browser.page(f"/visits/{visit}").text
    done = browser.submit(f"/visits/{visit}/checklist", {"task": item.id, "action": "tick", "version": "1"})
    assert (done.status, done.headers["location"]) == (303, f"/visits/{visit}#checklist")
    assert browser.get(f"/visits/{visit}").json["checklist"][0]["done_by_name"] == APPLICANT.name
    again = browser.post(f"/visits/{visit}/checklist", {"task": item.id, "action": "untick"})
    assert again.json["status"] == "open"


def test_the_form_of_a_visit_brings_its_items_back(counter: desk.Desk) -> None:
    car = {"type": "transport", "day": DAY, "vehicle": "car", "legs": [{"origin": "A", "goal": "B"}], "price": "100.5"}
    visit = applied(counter, MEAL, car, submit=False, level="B").json["id"]
    values = counter.client(APPLICANT).get(f"/visits/{visit}/edit").json["values"]
    shown = {name: values[name] for name in ("level", "items.0.price", "items.1.legs.0.goal", "items.1.price")}
    assert shown == {"level": "B", "items.0.price": "120.00", "items.1.legs.0.goal": "B", "items.1.price": "100.50"}


def test_a_program_gets_a_client_error_for_a_task_that_there_is_not(counter: desk.Desk) -> None:
    visit = approved(counter)
    program: Client = counter.client(APPLICANT)
    assert program.post(f"/visits/{visit}/checklist", {"task": "nothing", "action": "tick"}).status == 404
    assert program.post(f"/visits/{visit}/checklist", {"task": "nothing", "action": "eat"}).status == 422


def test_the_owner_ticks_a_due_task_off_from_the_notice(counter: desk.Desk) -> None:
    visit = approved(counter)
    (item,) = counter.store.all(ChecklistItem)
    later = counter.now + timedelta(days=2)
    due = Call(counter.store, later, new_id, None, "system:reconcile", permitted=["as the schedule"])
    assert reminding.remind_due(due) == 1
    page = counter.client(APPLICANT).page("/notices").text
    assert f'action="/visits/{visit}/checklist"' in page
    assert f'value="{item.id}"' in page
