"""Invitations: everybody once, the same however often, nobody after a cancellation."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import Contention
from chalicelib.domain.invitations import Guest, decode_code
from chalicelib.models.gate import GuestItem, PassItem
from chalicelib.models.notifications import IntentItem
from chalicelib.models.store import Operation
from chalicelib.services.inviting import BATCH, invite
from tests.fakes import MemoryStore
from tests.reception import SIGNER
from tests.workflows.stage import PUBLIC_URL, Stage


class Killed(BaseException):
    """The process is gone."""


class Dying:
    """A store whose process dies at the k-th use, before or after it takes effect."""

    def __init__(self, store: MemoryStore, at: int, after: bool) -> None:
        self._store, self._left, self._after = store, at, after

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._store, name)

        def use(*arguments: Any) -> Any:
            self._left -= 1
            if self._left == 0 and not self._after:
                raise Killed
            answer = real(*arguments)
            if self._left == 0:
                raise Killed
            return answer

        return use


def everybody(stage: Stage) -> None:
    visit = next(iter(stage.store.all(_visit_item())))
    cursor, done = 0, False
    while not done:
        batch = invite(stage.call(), stage.means, stage.read(visit), cursor)
        cursor, done = batch.next, batch.done


def _visit_item() -> Any:
    from chalicelib.models.visits import VisitItem

    return VisitItem


def test_each_visitor_gets_link_pictures_passes_and_a_message(stage: Stage) -> None:
    visit = stage.visit(visitors=2)
    everybody(stage)
    guests = [item.to(Guest) for item in stage.store.all(GuestItem)]
    assert [guest.reservation for guest in guests] == ["20260001-1", "20260001-2"]
    assert all(len(guest.link) == 16 for guest in guests)
    assert len(stage.files.kept) == 4
    assert len(stage.store.all(PassItem)) == 2
    texts = [item.text for item in stage.store.all(IntentItem)]
    assert [f"{PUBLIC_URL}/i/{guest.link}" in text for guest, text in zip(guests, texts, strict=True)] == [True, True]
    assert stage.read(visit).invited_at == stage.now


@pytest.mark.usefixtures("plain_pictures")
def test_two_hundred_visitors_of_a_month_are_invited_in_batches(stage: Stage) -> None:
    visit = stage.visit(visitors=200, ends=a_month_later())
    batches, batch = 0, None
    while batch is None or not batch.done:
        batch = invite(stage.call(), stage.means, stage.read(visit), batch.next if batch else 0)
        batches += 1
    assert batches == 200 // BATCH
    assert len(stage.store.all(GuestItem)) == 200
    assert len(stage.store.all(PassItem)) == 200 * 31


def a_month_later() -> Any:
    from tests.reception import STARTS

    return STARTS + timedelta(days=30, hours=2)


def test_a_cancelled_visit_invites_nobody(stage: Stage) -> None:
    visit = stage.visit()
    stage.become(visit, "cancelled")
    with pytest.raises(Contention):
        invite(stage.call(), stage.means, visit, 0)
    assert stage.store.all(GuestItem) == []


@pytest.mark.usefixtures("plain_pictures")
@pytest.mark.parametrize("after", [False, True])
def test_a_batch_killed_at_any_use_of_the_tables_ends_like_an_undisturbed_one(after: bool) -> None:
    undisturbed = Stage()
    undisturbed.visit(visitors=9, ends=a_month_later())
    everybody(undisturbed)
    for k in range(1, 20):
        stage = Stage()
        visit = stage.visit(visitors=9, ends=a_month_later())
        dying: Any = Dying(stage.store, k, after)
        try:
            invite(stage.call(store=dying), stage.means, visit, 0)
        except Killed:
            everybody(stage)
        assert stage.store.items == undisturbed.store.items
        assert stage.files.kept == undisturbed.files.kept


def test_the_picture_says_the_signed_code(stage: Stage) -> None:
    zxingcpp = pytest.importorskip("zxingcpp")
    from io import BytesIO

    from PIL import Image

    stage.visit()
    everybody(stage)
    picture = next(content for key, content in stage.files.kept.items() if key.endswith("png"))
    (read,) = zxingcpp.read_barcodes(Image.open(BytesIO(picture)).convert("L"))
    code = decode_code(read.text.rsplit("/", 1)[1], SIGNER.verify)
    assert (code.visit, code.no) == (stage.store.all(GuestItem)[0].visit, 1)


def test_link_and_nonce_of_two_visitors_have_nothing_in_common(stage: Stage) -> None:
    stage.visit(visitors=5)
    everybody(stage)
    guests: list[Operation | Any] = stage.store.all(GuestItem)
    assert len({guest.link for guest in guests}) == len({guest.nonce for guest in guests}) == 5
