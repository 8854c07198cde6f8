"""Signing in and out."""

from __future__ import annotations

from chalicelib.models.store import DynamoStore
from tests import company
from tests.client import Client


def test_health_needs_nobody(client: Client) -> None:
    answer = client.get("/health")
    assert (answer.status, answer.json) == (200, {"status": "ok"})


def test_login_and_password_give_tokens(client: Client, store: DynamoStore) -> None:
    company.with_password(company.add_person(store, company.person()))
    answer = client.post("/session", {"login": "lin.mei", "password": company.PASSWORD})
    assert answer.status == 200, answer.text
    assert answer.json["person"]["name"] == "林梅"
    assert Client(client.app, answer.json["access_token"]).post("/session/end").status == 200
