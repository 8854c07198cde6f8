"""The visitor's page behind the link and the QR."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.invitations import picture_key
from chalicelib.models.gate import GuestItem
from chalicelib.models.store import Put
from chalicelib.models.visits import VisitItem
from chalicelib.services import qr
from chalicelib.web.assets import asset
from tests import desk, reception
from tests.decoder import read_code
from tests.desk import GUEST, VISIT, Desk

LINK = f"/i/{GUEST.link}"
QR = reception.qr_text(VISIT, GUEST)
CODE = "/i/" + QR.rpartition("/")[2]
LIGHT = 60 * 1024


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Desk:
    opened = desk.open_desk(monkeypatch)
    opened.files = {picture_key(GUEST, "png"): qr.png(QR), picture_key(GUEST, "svg"): qr.svg(QR)}
    return opened


@pytest.mark.parametrize("path", [LINK, CODE])
def test_the_link_and_the_code_open_the_invitation_without_an_account(at: Desk, path: str) -> None:
    answer = at.client(None).get(path)
    assert answer.status == 200
    assert answer.json["visitor"] == {"name": "王小明", "company": "远航", "reservation": "20260001-1"}
    assert (answer.json["standing"], answer.json["opens"]) == ("open", "2026-03-02T00:00:00Z")
    assert "purpose" not in answer.text and GUEST.nonce not in answer.text and "+86139" not in answer.text


@pytest.mark.parametrize("path", [LINK, CODE])
def test_secrets_do_not_travel_on(at: Desk, path: str) -> None:
    for answer in (at.client(None).page(path), at.client(None).get(path + "/qr.png")):
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"].startswith("private")
        assert answer.headers["x-robots-tag"] == "noindex"


def test_the_page_shows_the_code_first_and_the_sites_own_times(at: Desk) -> None:
    page = at.client(None).page(LINK, headers={"Accept-Language": "en"})
    assert page.status == 200
    shown = [
        page.text.index(text) for text in ("qr.png", ">20260001-1<", "09:00", "1 Century Avenue", "Wear your badge")
    ]
    assert shown == sorted(shown)
    assert "tel:+8613800000001" in page.text and "<script" not in page.text


def test_the_language_can_be_switched_by_a_link(at: Desk) -> None:
    page = at.client(None).page(LINK + "?lang=zh-CN", headers={"Accept-Language": "en"})
    assert '<html lang="zh-CN"' in page.text and "世纪大道" in page.text


def test_the_page_is_light(at: Desk) -> None:
    page = at.client(None).page(LINK)
    weight = len(page.body)
    for name in set(re.findall(r"/static/([\w.-]+)", page.text)):
        found = asset(name)
        assert found
        weight += len(found.content)
    assert weight < LIGHT


@pytest.mark.parametrize("path", [LINK, CODE])
def test_the_picture_says_what_the_gate_reads(at: Desk, path: str) -> None:
    answer = at.client(None).get(path + "/qr.png")
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    assert read_code(answer.body) == QR
    drawing = at.client(None).get(path + "/qr.svg")
    assert drawing.headers["content-type"] == "image/svg+xml"
    assert drawing.body.startswith(b"<svg")


@pytest.mark.parametrize("path", [LINK, CODE])
def test_the_card_for_the_wallet_says_who_where_and_when(at: Desk, path: str) -> None:
    card = at.client(None).get(path + "/card.svg?lang=en")
    assert (card.status, card.headers["content-type"]) == (200, "image/svg+xml")
    assert card.headers["cache-control"].startswith("private")
    said = re.findall(r"<text[^>]*>([^<]*)</text>", card.text)
    assert said == ["王小明", "远航", "20260001-1", "Head office", "2026-03-02", "09:00 – 17:00"]
    assert f'href="{LINK}/card.svg"' in at.client(None).page(LINK).text


@pytest.mark.parametrize(
    "token", ["x", "nobody-knows-this", CODE[3:-1] + "!", CODE[3:-1], "A" * 132, "..", "%2e%2e", GUEST.link + "x"]
)
def test_an_unknown_or_forged_token_is_not_found_whatever_is_asked(at: Desk, token: str) -> None:
    nobody = at.client(None)
    assert nobody.get(f"/i/{token}").status == 404
    assert nobody.page(f"/i/{token}").status == 404
    assert nobody.get(f"/i/{token}/qr.png").status == 404
    assert nobody.post(f"/i/{token}/actions", {"action": "accept_rules"}).status == 404


def test_a_replaced_code_opens_nothing(at: Desk) -> None:
    at.store.write(Put(GuestItem.from_guest(replace(GUEST, nonce="f" * 16, version=2)), {}))
    assert at.client(None).get(CODE).status == 404
    assert at.client(None).get(LINK).status == 200


def test_rules_are_accepted_once(at: Desk) -> None:
    nobody = at.client(None)
    first = nobody.post(LINK + "/actions", {"action": "accept_rules"})
    assert first.json["rules_accepted_at"] == "2026-03-02T02:00:00Z"
    at.now += timedelta(minutes=5)
    assert nobody.post(LINK + "/actions", {"action": "accept_rules"}).json == first.json
    page = nobody.page(LINK)
    assert "accept_rules" not in page.text
    scanned = at.client().post("/gate/scans", {"code": QR, "gate": "hq/east"})
    assert scanned.json["visit"]["rules_accepted"] is True


def test_accepting_by_the_link_reads_once_and_writes_once(at: Desk) -> None:
    at.client(None).get(LINK)
    at.store.calls = 0
    assert at.client(None).post(LINK + "/actions", {"action": "accept_rules"}).status == 200
    assert at.store.calls == 2


def test_a_browser_comes_back_to_the_page_after_accepting(at: Desk) -> None:
    answer = at.client(None).submit(CODE + "/actions", {"action": "accept_rules"})
    assert (answer.status, answer.headers["location"]) == (303, CODE)


@pytest.mark.parametrize(
    ("status", "now", "standing", "words"),
    [
        ("cancelled", reception.DURING, "cancelled", "已取消"),
        ("closed", reception.DURING, "ended", "已结束"),
        ("approved", reception.ENDS + timedelta(days=1), "ended", "已结束"),
        ("returned", reception.DURING, "not_approved", "尚未确认"),
    ],
)
def test_a_visit_that_is_off_says_so_kindly_and_shows_no_code(
    at: Desk, status: str, now: object, standing: str, words: str
) -> None:
    at.store.write(Put(VisitItem.from_visit(replace(VISIT, status=status, version=2)), {}))
    at.now = now  # type: ignore[assignment]
    nobody = at.client(None)
    assert nobody.get(LINK).json["standing"] == standing
    page = nobody.page(LINK)
    assert page.status == 200 and words in page.text and "qr.png" not in page.text
    assert nobody.get(LINK + "/qr.png").status == 404
    refused = nobody.post(LINK + "/actions", {"action": "accept_rules"})
    assert (refused.status, refused.json["code"], refused.json["state"]) == (409, "invitation_over", standing)


def test_before_the_gate_opens_the_code_is_already_there(at: Desk) -> None:
    at.now = reception.STARTS - timedelta(days=3)
    answer = at.client(None).get(LINK)
    assert (answer.json["standing"], answer.json["qr"]["png"]) == ("early", LINK + "/qr.png")


def test_only_what_is_offered_can_be_done(at: Desk) -> None:
    assert at.client(None).post(LINK + "/actions", {"action": "cancel"}).status == 422
