"""What was sent to a visit's visitors, and once more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.notifications import Attempt, Intent
from chalicelib.models.gate import GuestItem
from chalicelib.models.notifications import IntentItem
from chalicelib.models.store import Put
from chalicelib.models.visits import GuestsItem
from tests import company, desk, reception
from tests.desk import GUEST, VISIT, Desk

PATH = f"/visits/{VISIT.id}/messages"
RECEPTION = company.person("reception", roles=frozenset({"employee", "reception"}))
SENT_AT = reception.DURING - timedelta(hours=1)
INTENT = Intent(
    f"{VISIT.id}#0001#invited#1",
    "sms",
    "invited",
    GUEST.phone,
    "zh-CN",
    "Come: https://atrium.example/i/secret",
    SENT_AT,
    about=VISIT.id,
    status="sent",
    attempts=1,
    sent_at=SENT_AT,
    tries=(Attempt(SENT_AT, "sent"),),
)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Desk:
    opened = desk.open_desk(monkeypatch)
    company.add_department(opened.store)
    company.add_person(opened.store, RECEPTION)
    _, pk, sk = GuestsItem.at(VISIT.id)
    opened.store.write(Put(IntentItem.from_intent(INTENT), {}), Put(GuestsItem(pk, sk, visitors=()), {}))
    return opened


def again(at: Desk, id: str = INTENT.id) -> Any:
    return at.client(RECEPTION).post(PATH, {"message": id})


def test_a_message_shows_what_became_of_it_and_neither_text_nor_number(at: Desk) -> None:
    answer = at.client(RECEPTION).get(PATH)
    (row,) = answer.json["items"]
    assert (row["status"], row["kind"], row["again"]) == ("sent", "invited", True)
    assert "secret" not in answer.text and GUEST.phone not in answer.text
    assert "重新发送" in at.client(RECEPTION).page(PATH).text


def test_the_same_message_goes_out_once_more_but_not_at_once_and_not_for_ever(at: Desk) -> None:
    assert again(at).status == 200
    (item,) = at.store.all(IntentItem)
    assert (item.status, item.text) == ("intended", INTENT.text)
    at.store.write(Put(IntentItem.from_intent(replace(INTENT, tries=(Attempt(at.now, "sent"),))), {}))
    assert again(at).status == 429
    often = replace(INTENT, tries=(Attempt(SENT_AT, "sent"),) * 5)
    at.store.write(Put(IntentItem.from_intent(often), {}))
    assert again(at).status == 429


def test_nothing_goes_to_who_is_not_invited_any_more(at: Desk) -> None:
    at.store.write(Put(GuestItem.from_guest(replace(GUEST, status="revoked", version=2)), {}))
    assert again(at).status == 409


@pytest.mark.parametrize("id", ["x", f"{VISIT.id}#0001#cancelled#1", "another#0001#invited#1", ".*#0001#invited#1"])
def test_only_invitations_of_the_visit_go_out_again(at: Desk, id: str) -> None:
    assert again(at, id).status == 404
