"""Preferences, webhooks and messages over HTTP, as programs and as browsers."""

from __future__ import annotations

import re
from typing import Any

import pytest

from chalicelib.domain.notifications import Intent
from chalicelib.gateways.provider import NotSent
from chalicelib.gateways.sealing import Seals
from chalicelib.handlers import webhooks
from chalicelib.models.notifications import IntentItem
from chalicelib.models.store import DynamoStore, create
from tests import company
from tests.client import Client

ADMIN = frozenset({"employee", "administrator"})


@pytest.fixture
def admin(client: Client, store: DynamoStore, monkeypatch: pytest.MonkeyPatch) -> Client:
    """An administrator; erp.example is on the internet, intranet.example is not."""
    someone = company.person("admin", roles=ADMIN, second_factor_since=company.LONG_AGO)
    client.token = company.token_of(company.add_person(store, someone))
    monkeypatch.setattr(webhooks, "seals", lambda: Seals(b"ours"))
    monkeypatch.setattr(webhooks, "open_addresses", looked_up)
    return client


def looked_up(host: str) -> list[str]:
    if host != "erp.example":
        raise NotSent("private_address", final=True)
    return ["8.8.8.8"]


@pytest.fixture
def employee(client: Client, store: DynamoStore) -> Client:
    client.token = company.token_of(company.add_person(store, company.person("lin.mei")))
    return client


WEBHOOK = {"kind": "webhook", "name": "ERP", "url": "https://erp.example/in?key=k", "events": ["task_opened"]}


def test_preferences_begin_with_the_usual_and_keep_what_was_chosen(employee: Client) -> None:
    first = employee.get("/preferences")
    assert first.json["channels"]["task_opened"] == {"email": True, "sms": False, "robot": True}
    chosen = {
        "channels": {"task_opened": {"sms": True}},
        "digest": "weekly",
        "digest_at": "17:05",
        "digest_day": 5,
        "quiet_from": "22:00",
        "quiet_until": "07:30",
    }
    assert employee.post("/preferences", chosen, headers={"If-Match": '"0"'}).json["version"] == 1
    held = employee.get("/preferences").json
    assert held["channels"]["task_opened"] == {"email": False, "sms": True, "robot": False}
    assert held["channels"]["task_urged"] == {"email": False, "sms": False, "robot": False}
    assert {name: held[name] for name in chosen if name != "channels"} == {
        name: value for name, value in chosen.items() if name != "channels"
    }
    assert employee.post("/preferences", chosen, headers={"If-Match": '"0"'}).status == 412


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"quiet_from": "22:00"}, "quiet_until"),
        ({"quiet_from": "25:00", "quiet_until": "07:00"}, "quiet_from"),
        ({"digest": "hourly"}, "digest"),
        ({"digest_day": 8}, "digest_day"),
        ({"channels": {"lottery": {"sms": True}}}, "channels.lottery"),
        ({"channels": {"task_opened": {"pigeon": True}}}, "channels.task_opened.pigeon"),
    ],
)
def test_what_cannot_be_preferred_is_named(employee: Client, body: Any, path: str) -> None:
    answer = employee.post("/preferences", body)
    assert answer.status == 422
    assert [error["path"] for error in answer.json["errors"]] == [path]


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_every_page_is_there_in_both_languages(admin: Client, locale: str) -> None:
    hook = admin.post("/webhooks", WEBHOOK).json["id"]
    admin.post(f"/webhooks/{hook}/actions", {"action": "test"})
    for path in ("/preferences", "/messages", "/messages/unsent", "/webhooks", f"/webhooks/{hook}"):
        page = admin.page(f"{path}?lang={locale}" if "?" not in path else path)
        assert page.status == 200, page.text
    assert admin.page("/messages/unsent?status=waiting").status == 200


def test_a_webhook_shows_its_secret_once(admin: Client) -> None:
    made = admin.post("/webhooks", WEBHOOK, key="k")
    assert made.status == 201 and made.json["secret"].startswith("whsec_")
    again = admin.post("/webhooks", WEBHOOK, key="k")
    assert (again.status, again.json["id"], again.json.get("secret")) == (201, made.json["id"], None)
    path = made.json["location"]
    for answer in (admin.get(path), admin.get("/webhooks"), admin.page(path), admin.page("/webhooks")):
        assert made.json["secret"] not in answer.text and "key=k" not in answer.text and "erp.example" in answer.text
    renewed = admin.post(f"{path}/actions", {"action": "renew_secret"})
    assert renewed.json["secret"] not in ("", made.json["secret"])


def test_a_browser_sees_the_secret_on_a_page_of_its_own(admin: Client) -> None:
    fields = {
        "kind": "webhook",
        "name": "ERP",
        "url": WEBHOOK["url"],
        "events.0": "task_opened",
        "events.7": "task_moved",
    }
    page = admin.send(
        "POST",
        "/webhooks",
        "&".join(f"{name}={value}" for name, value in fields.items()).encode(),
        headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html"},
    )
    assert page.status == 201 and re.search(r"whsec_[A-Za-z0-9+/]{43}=", page.text)
    (hook,) = admin.get("/webhooks").json["items"]
    assert hook["events"] == ["task_moved", "task_opened"]


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"url": "https://intranet.example/"}, "url", "private_address"),
        ({"url": "http://erp.example/"}, "url", "bad_web_address"),
        ({"events": []}, "events", "required"),
        ({"events": ["lottery"]}, "events", "unknown_value"),
        ({"kind": "pigeon"}, "kind", "bad_choice"),
        ({"name": ""}, "name", "required"),
    ],
)
def test_a_webhook_that_cannot_be_is_refused(admin: Client, change: Any, path: str, code: str) -> None:
    answer = admin.post("/webhooks", WEBHOOK | change)
    assert answer.status == 422
    assert [(error["path"], error["code"]) for error in answer.json["errors"]] == [(path, code)]


def test_webhooks_are_switched_and_changed(admin: Client) -> None:
    path = admin.post("/webhooks", WEBHOOK).json["location"]
    assert admin.post(f"{path}/actions", {"action": "switch_off"}).json["version"] == 2
    again = admin.post(f"{path}/actions", {"action": "switch_off"})
    assert (again.status, again.json["state"]) == (409, "off")
    assert admin.post(path, {"name": "ERP 2", "events": ["task_urged"]}).json["version"] == 3
    hook = admin.get(path).json["hook"]
    assert (hook["name"], hook["active"], hook["host"]) == ("ERP 2", False, "erp.example")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        *(("GET", "/webhooks"), ("POST", "/webhooks"), ("GET", "/webhooks/x"), ("POST", "/webhooks/x")),
        *(("POST", "/webhooks/x/actions"), ("GET", "/messages/unsent"), ("POST", "/messages/actions")),
    ],
)
def test_only_administrators_may(employee: Client, method: str, path: str) -> None:
    bodies = {
        "/webhooks": WEBHOOK,
        "/webhooks/x": {"name": "ERP", "events": ["task_opened"]},
        "/webhooks/x/actions": {"action": "test"},
        "/messages/actions": {"action": "redeliver", "ids": ["x"]},
    }
    answer = employee.get(path) if method == "GET" else employee.post(path, bodies[path])
    assert answer.status == 403


def message(store: DynamoStore, person: str, status: Any) -> str:
    intent = Intent(
        f"c#{person}#{status}",
        "email",
        "task_opened",
        "lin.mei@atrium.example",
        "en",
        "text",
        company.NOW,
        person=person,
    )
    store.write(create(IntentItem.from_intent(Intent(**vars(intent) | {"status": status}))))
    return intent.id


def test_a_person_sees_what_became_of_messages_to_them_and_of_no_others(employee: Client, store: DynamoStore) -> None:
    message(store, company.person("lin.mei").id, "failed")
    message(store, "SOMEBODYELSE", "sent")
    (shown,) = employee.get("/messages").json["items"]
    assert (shown["status"], shown["address"], shown["kind"]) == ("failed", "l•••@atrium.example", "task_opened")
    assert "text" not in shown
    assert "Not sent" in employee.page("/messages?lang=en").text


def test_an_administrator_delivers_again_what_failed(admin: Client, store: DynamoStore) -> None:
    failed = message(store, "P", "failed")
    month = f"{company.NOW:%Y-%m}"
    (shown,) = admin.get(f"/messages/unsent?month={month}").json["items"]
    assert shown["id"] == failed
    body = {"action": "redeliver", "ids": [failed]}
    assert admin.post("/messages/actions", body, key="k").json["redelivered"] == 1
    assert admin.post("/messages/actions", body, key="k").json["redelivered"] == 1
    assert admin.post("/messages/actions", body).status == 409
    assert admin.get(f"/messages/unsent?month={month}").json["items"] == []
    elsewhere = admin.post("/messages/actions", body | {"location": "https://evil.example/"})
    assert elsewhere.status == 422
