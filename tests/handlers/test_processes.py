"""Processes, requests and reference lists over HTTP: from the builder's form to the decision, on real tables."""

from __future__ import annotations

import re
from typing import Any

import pytest

from chalicelib.models.store import DynamoStore
from tests import company
from tests.client import Client
from tests.forms import filled_in

BOSS = company.person("wang.fang", name="王芳")
ME = company.person("chen.yu", name="陈宇", manager=BOSS.id)
ADMIN = company.person("admin", roles=frozenset({"employee", "administrator"}), second_factor_since=company.LONG_AGO)
TITLE = {"en": "Leave of absence", "zh": "请假"}


def field(key: str, kind: str, **facts: Any) -> dict[str, Any]:
    return {"key": key, "title": {"en": key.title(), "zh": key}, "kind": kind} | facts


LEAVE: dict[str, Any] = {
    "key": "leave",
    "prefix": "leave",
    "title": TITLE,
    "fields": [
        field("days", "number", required=True, decimals=1, min="0.5", max=30),
        field("why", "text", required=True),
        field("costs", "table", fields=[field("amount", "money", currency="CNY")]),
    ],
    "steps": [
        {"key": "manager", "title": {"en": "Manager", "zh": "上级"}, "rules": [{"kind": "manager", "levels": 1}]},
        {
            "key": "second",
            "title": {"en": "Second", "zh": "二级"},
            "rules": [{"kind": "role", "role": "administrator"}],
            "condition": {"kind": "compare", "field": "days", "operator": "gt", "value": 3},
        },
    ],
}
VALUES = {"days": 1.5, "why": "家中有事", "costs": [{"amount": "12.50"}]}


@pytest.fixture
def people(client: Client, store: DynamoStore, monkeypatch: pytest.MonkeyPatch) -> dict[str, Client]:
    """Programs of the people, by login; a token is the person's id."""
    from chalicelib.models.directory import PersonItem
    from chalicelib.services import sessions

    for someone in (BOSS, ME, ADMIN):
        company.add_person(store, someone)

    def person(_store: Any, token: str, _now: Any) -> Any:
        from chalicelib.domain.directory import Person

        return store.get(PersonItem.at(token))[0].to(Person)

    monkeypatch.setattr(sessions, "authenticate", person)
    return {someone.login: Client(client.app, someone.id) for someone in (BOSS, ME, ADMIN)}


def published(people: dict[str, Client]) -> None:
    made = people["admin"].post("/processes", LEAVE, key="make")
    assert made.status == 201, made.text
    assert people["admin"].post("/processes/leave/actions", {"action": "publish"}).status == 200


def started(people: dict[str, Client], **changes: Any) -> str:
    made = people["chen.yu"].post("/requests", {"process": "leave", "values": VALUES, "submit": True} | changes)
    assert made.status == 201, made.text
    return str(made.headers["location"])


def test_from_the_builder_to_the_decision(people: dict[str, Client]) -> None:
    published(people)
    me, boss = people["chen.yu"], people["wang.fang"]
    assert [(each["key"], each["name"]) for each in me.get("/processes?lang=en").json["items"]] == [
        ("leave", "Leave of absence")
    ]
    form = me.get("/requests/new?process=leave").json
    assert form["schema"]["required"] == ["days", "why"]
    where = started(people)
    shown = me.get(where).json
    assert shown["request"]["status"] == "pending"
    assert re.fullmatch(r"LEAVE-20[0-9]{2}-00001", shown["request"]["number"])
    assert shown["request"]["values"] == {"days": "1.5", "why": "家中有事", "costs": [{"amount": 1250}]}
    assert shown["shown"][2]["rows"] == [["12.50 CNY"]]
    task = boss.get("/approvals").json["items"][0]["id"]
    assert boss.post(f"/approvals/{task}/actions", {"action": "approve"}).json["status"] == "approved"
    assert me.get(where).json["request"]["status"] == "approved"
    assert [each["status"] for each in me.get("/requests").json["items"]] == ["approved"]


def test_a_browsers_form_reaches_the_same_code(people: dict[str, Client]) -> None:
    published(people)
    typed = {"process": "leave", "values.days": "4", "values.why": "旅行", "values.costs.2.amount": "1,000"}
    sent = people["chen.yu"].submit("/requests", typed | {"submit": "true"})
    assert sent.status == 303, sent.text
    assert people["chen.yu"].get(sent.headers["location"]).json["request"]["values"]["costs"] == [{"amount": 100000}]


def test_a_process_is_built_from_a_browsers_fields_alone(people: dict[str, Client]) -> None:
    typed = {
        "key": "note",
        "prefix": "NOTE",
        "title.en": "Note",
        "title.zh": "便条",
        "fields.0.key": "text",
        "fields.0.title.en": "Text",
        "fields.0.title.zh": "正文",
        "fields.0.kind": "text",
        "fields.0.required": "true",
        "fields.0.max": "20",
        "steps.3.key": "boss",
        "steps.3.title.en": "Boss",
        "steps.3.title.zh": "上级",
        "steps.3.rules.0.kind": "manager",
        "steps.3.rules.0.levels": "1",
        "steps.3.hours": "8",
        "steps.3.on_timeout": "remind",
        "steps.3.condition.kind": "not",
        "steps.3.condition.part.kind": "compare",
        "steps.3.condition.part.field": "text",
        "steps.3.condition.part.operator": "empty",
    }
    assert people["admin"].submit("/processes", typed).status == 303
    draft = people["admin"].get("/processes/note").json["draft"]
    assert draft["fields"][0]["max"] == 20
    assert draft["steps"][0]["hours"] == 8


def test_every_fault_of_a_process_is_answered_with_its_place_in_the_callers_language(people: dict[str, Client]) -> None:
    wrong = LEAVE | {"fields": [field("days", "number", decimals=9), field("days", "wish")]}
    refused = people["admin"].post("/processes?lang=en", wrong)
    assert (refused.status, refused.json["errors"][0]["path"]) == (422, "fields.1.kind")
    wrong["fields"][1]["kind"] = "text"
    refused = people["admin"].post("/processes", wrong, headers={"Accept-Language": "zh"})
    errors = {each["path"]: each for each in refused.json["errors"]}
    assert set(errors) == {
        "fields.0.decimals",
        "fields.1.key",
        "fields.1.title.en",
        "fields.1.title.zh",
        "steps.1.condition.operator",
    }
    assert errors["fields.0.decimals"]["code"] == "out_of_range"
    assert all("%" not in each["message"] for each in errors.values())


def test_a_dry_run_answers_the_way_with_names(people: dict[str, Client]) -> None:
    published(people)
    sample = {"action": "dry_run", "applicant": ME.id, "values": VALUES | {"days": 5}}
    steps = people["admin"].post("/processes/leave/actions", sample).json["steps"]
    assert [(each["step"], each["outcome"]) for each in steps] == [("manager", "asked"), ("second", "asked")]
    assert steps[0]["people"] == [{"id": BOSS.id, "name": "王芳"}]
    refused = people["admin"].post("/processes/leave/actions", {"action": "dry_run"})
    assert (refused.status, refused.json["errors"][0]["path"]) == (422, "applicant")


def test_a_repeated_start_is_one_request(people: dict[str, Client]) -> None:
    published(people)
    body = {"process": "leave", "values": VALUES}
    first, again = (people["chen.yu"].post("/requests", body, key="k") for _ in range(2))
    assert (first.json, again.status) == (again.json, 201)
    assert len(people["chen.yu"].get("/requests").json["items"]) == 1


def test_wrong_values_are_named_by_their_place_and_not_repeated(people: dict[str, Client]) -> None:
    published(people)
    values = {"days": "<script>", "costs": [{}, {"amount": "1.005"}], "other": 1}
    refused = people["chen.yu"].post("/requests", {"process": "leave", "values": values, "submit": True})
    assert refused.status == 422
    assert [each["path"] for each in refused.json["errors"]] == [
        "values.other",
        "values.days",
        "values.why",
        "values.costs.1.amount",
    ]
    assert "script" not in refused.text


@pytest.mark.parametrize(
    "values", [{"why": "\ud800"}, {"why": {"a": 1}}, {"costs": "x"}, {"days": 10**400}, {"\ud800": 1}]
)
def test_hostile_values_are_refused_without_a_failure(people: dict[str, Client], values: dict[str, Any]) -> None:
    published(people)
    assert people["chen.yu"].post("/requests", {"process": "leave", "values": values}).status in (400, 422)


def test_a_list_follows_its_link(people: dict[str, Client]) -> None:
    published(people)
    for _ in range(3):
        started(people)
    me = people["admin"]
    first = me.get("/requests?process=leave&limit=2").json
    assert len(first["items"]) == 2
    second = me.get(f"/requests?process=leave&limit=2&cursor={first['next']}").json
    assert [len(second["items"]), second["next"]] == [1, None]


def test_changing_needs_the_version_that_was_seen(people: dict[str, Client]) -> None:
    published(people)
    where = started(people, submit=False)
    me = people["chen.yu"]
    assert me.get(f"{where}/edit").headers["etag"] == '"1"'
    assert me.post(where, {"values": VALUES}, headers={"If-Match": '"1"'}).status == 200
    assert me.post(where, {"values": VALUES}, headers={"If-Match": '"1"'}).status == 412
    assert me.post(f"{where}/actions", {"action": "copy"}).headers["location"] != where
    assert me.post(f"{where}/actions", {"action": "submit"}).json["status"] == "pending"
    assert me.get(f"{where}/edit").status == 409


def test_nobody_else_reaches_what_is_not_theirs(people: dict[str, Client]) -> None:
    published(people)
    where = started(people, submit=False)
    boss = people["wang.fang"]
    assert boss.get(where).status == 404
    assert boss.post(f"{where}/actions", {"action": "cancel"}).status == 404
    assert boss.post("/processes/leave/actions", {"action": "retire"}).status == 403
    assert boss.get("/references").status == 403
    assert boss.get(f"/requests?department={company.HEAD_OFFICE.id}").status == 403


def test_a_reference_list_is_pasted_as_lines(people: dict[str, Client]) -> None:
    admin = people["admin"]
    lines = "\r\n".join(f"HT-{n}" for n in range(1200))
    made = admin.submit("/references", {"key": "contracts", "title.en": "C", "title.zh": "合同", "values": lines})
    assert made.status == 303, made.text
    shown = admin.get("/references/contracts").json
    assert (shown["reference"]["size"], len(shown["held"])) == (1200, 1200)
    again = admin.post("/references/contracts", {"title": {"en": "C", "zh": "合同"}, "values": ["HT-1"]})
    assert again.json["version"] == 2
    assert admin.get("/references").json["items"][0]["size"] == 1


def test_the_pages_of_the_builder_keep_what_was_typed_and_show_the_draft_again(people: dict[str, Client]) -> None:
    admin = people["admin"]
    assert "直属上级" in admin.page("/processes/new").text
    made = admin.post("/processes", LEAVE | {"key": "leave"})
    assert made.status == 201, made.text
    form = admin.page("/processes/leave/edit")
    assert 'name="fields.0.key"' in form.text
    sent = admin.submit("/processes/leave", filled_in(form.text) | {"title.en": "Holiday"})
    assert sent.status == 303, sent.text
    draft = admin.get("/processes/leave").json["draft"]
    assert draft["title"]["en"] == "Holiday"


def test_every_page_of_processes_and_requests_opens(people: dict[str, Client]) -> None:
    published(people)
    admin, me = people["admin"], people["chen.yu"]
    for path in ("/processes", "/processes/leave", "/processes/leave/trial", "/references", "/references/new"):
        assert admin.page(path).status == 200, path
    where = started(people)
    for path in ("/processes", "/processes/leave", "/requests", "/requests/new?process=leave", where, "/"):
        assert me.page(path).status == 200, path
    assert people["wang.fang"].page("/approvals").status == 200
    task = people["wang.fang"].get("/approvals").json["items"][0]["id"]
    assert people["wang.fang"].page(f"/approvals/{task}").status == 200
    assert me.page("/approvals?box=started").status == 200


def test_a_dry_run_shows_its_way_on_a_page(people: dict[str, Client]) -> None:
    published(people)
    typed = {"action": "dry_run", "applicant": ME.id, "values.days": "5", "values.why": "?"}
    shown = people["admin"].submit("/processes/leave/actions", typed)
    assert shown.status == 200, shown.text
    assert 'id="path"' in shown.text
    assert 'value="5"' in shown.text
