"""Invitations: everybody once, the same however often, nobody after a cancellation."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

import icalendar
import pytest

from chalicelib.domain.amendments import amend
from chalicelib.domain.errors import Contention
from chalicelib.domain.invitations import Guest, decode_code
from chalicelib.domain.visits import Visit, Visitor
from chalicelib.models.gate import GuestItem, PassItem
from chalicelib.models.notifications import IntentItem
from chalicelib.models.store import Operation, Put
from chalicelib.models.visits import GuestsItem, VisitItem
from chalicelib.services import closing
from chalicelib.services.directory import forget
from chalicelib.services.inviting import BATCH, invite
from tests.company import add_person, person
from tests.decoder import read_code
from tests.fakes import MemoryStore
from tests.reception import ENDS, SIGNER, STARTS
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
    stage.visit()
    everybody(stage)
    picture = next(content for key, content in stage.files.kept.items() if key.endswith("png"))
    code = decode_code(read_code(picture).rsplit("/", 1)[1], SIGNER.verify)
    assert (code.visit, code.no) == (stage.store.all(GuestItem)[0].visit, 1)


def test_link_and_nonce_of_two_visitors_have_nothing_in_common(stage: Stage) -> None:
    stage.visit(visitors=5)
    everybody(stage)
    guests: list[Operation | Any] = stage.store.all(GuestItem)
    assert len({guest.link for guest in guests}) == len({guest.nonce for guest in guests}) == 5


def amended(stage: Stage, visit: Visit, listed: tuple[Visitor, ...] | None = None, **facts: Any) -> Visit:
    """The visit after a change that took effect, as the command leaves it."""
    current = stage.read(visit)
    after = amend(current, replace(current, **facts), stage.now)
    stage.store.write(Put(VisitItem.from_visit(after), {}))
    if listed is not None:
        _, pk, sk = GuestsItem.at(visit.id)
        stage.store.write(Put(GuestsItem(pk, sk, visitors=listed), {}))
    return after


def guests(stage: Stage) -> dict[int, Guest]:
    return {item.no: item.to(Guest) for item in stage.store.all(GuestItem)}


def messages(stage: Stage) -> list[tuple[str, str]]:
    return sorted((item.template, item.address) for item in stage.store.all(IntentItem) if item.channel == "sms")


LATER = {"starts": STARTS + timedelta(days=1), "ends": ENDS + timedelta(days=1), "occurrences": ()}


def test_other_times_give_other_passes_and_one_message_and_the_same_link(stage: Stage) -> None:
    visit = stage.visit(visitors=2)
    everybody(stage)
    before = guests(stage)
    amended(stage, visit, **LATER)
    for _ in range(2):
        everybody(stage)
    after = guests(stage)
    assert [each.link for each in after.values()] == [each.link for each in before.values()]
    assert {each.appointment.starts for each in after.values()} == {STARTS + timedelta(days=1)}
    passes = sorted((item.day.isoformat(), item.status) for item in stage.store.all(PassItem))
    assert passes == [("2026-03-02", "revoked")] * 2 + [("2026-03-03", "expected")] * 2
    assert [template for template, _ in messages(stage)] == ["changed"] * 2 + ["invited"] * 2


def test_who_goes_back_to_a_day_is_expected_there_again(stage: Stage) -> None:
    visit = stage.visit()
    everybody(stage)
    for change in (LATER, {"starts": STARTS, "ends": ENDS, "occurrences": ()}):
        amended(stage, visit, **change)
        everybody(stage)
    passes = sorted((item.day.isoformat(), item.status) for item in stage.store.all(PassItem))
    assert passes == [("2026-03-02", "expected"), ("2026-03-03", "revoked")]


def test_only_those_whom_a_change_of_the_list_concerns_hear_of_it(stage: Stage) -> None:
    visit = stage.visit(visitors=2)
    everybody(stage)
    stays, goes = (Visitor(f"访客{no}", f"+86139{no:08}", "远航", no=no) for no in (1, 2))
    comes = Visitor("新人", "+8613900000009", no=3)
    amended(stage, visit, (stays, comes), visitors=2, numbered=3)
    for _ in range(2):
        everybody(stage)
    invited, first = ("invited", stays.phone), ("invited", goes.phone)
    assert messages(stage) == sorted([invited, first, ("cancelled", goes.phone), ("invited", comes.phone)])
    assert {no: guest.status for no, guest in guests(stage).items()} == {1: "invited", 2: "revoked", 3: "invited"}
    assert guests(stage)[3].reservation == "20260001-3"


def test_a_corrected_name_reaches_the_gate_without_a_message(stage: Stage) -> None:
    visit = stage.visit()
    everybody(stage)
    amended(stage, visit, (Visitor("访客壹", "+8613900000001", "远航", no=1),))
    everybody(stage)
    assert guests(stage)[1].name == "访客壹" and stage.store.all(PassItem)[0].name == "访客壹"
    assert [template for template, _ in messages(stage)] == ["invited"]


@pytest.mark.usefixtures("plain_pictures")
def test_a_thousand_visitors_are_invited_in_bounded_batches_however_often_a_batch_dies(stage: Stage) -> None:
    visit = stage.visit(visitors=1000)
    chance, cursor, done, deaths = Random(7), 0, False, 0
    while not done:
        store = Dying(stage.store, chance.randrange(1, 8), after=chance.random() < 0.5)
        try:
            batch = invite(stage.call(store=store), stage.means, stage.read(visit), cursor)
        except Killed:
            deaths += 1
            continue  # the state machine tries the same batch again
        assert batch.next == cursor + BATCH
        cursor, done = batch.next, batch.done
    assert deaths > 15 and cursor == 1000
    assert len(messages(stage)) == len(set(messages(stage))) == 1000
    assert len(guests(stage)) == len(stage.store.all(PassItem)) == 1000
    assert len({guest.link for guest in guests(stage).values()}) == 1000


def mails(stage: Stage) -> list[tuple[str, str, int]]:
    found = [item for item in stage.store.all(IntentItem) if item.channel == "email"]
    calendars = [(item.address, icalendar.Calendar.from_ical(item.calendar)) for item in found]
    return [(to, str(each["method"]), int(each.walk("VEVENT")[0]["sequence"])) for to, each in calendars]


def with_mail(stage: Stage) -> None:
    means = replace(stage.means, mail_from="atrium@atrium.example")
    visit = stage.read(stage.store.all(VisitItem)[0])
    cursor, done = 0, False
    while not done:
        batch = invite(stage.call(), means, stage.read(visit), cursor)
        cursor, done = batch.next, batch.done


def test_calendars_follow_the_visit_to_its_end(stage: Stage) -> None:
    host = add_person(stage.store, person("host", name="何主任"))
    forget()
    visit = stage.visit(host=host.id)
    listed = Visitor("访客1", "+8613900000001", "远航", email="one@guest.example", no=1)
    stage.store.write(Put(GuestsItem(*GuestsItem.at(visit.id)[1:], visitors=(listed,)), {}))
    for _ in range(2):
        with_mail(stage)
    everyone = [host.email, "one@guest.example"]
    assert sorted(mails(stage)) == [(to, "REQUEST", 1) for to in sorted(everyone)]
    amended(stage, visit, team=())
    with_mail(stage)
    assert len(mails(stage)) == 2, "nothing that a calendar shows has changed"
    amended(stage, visit, **LATER)
    with_mail(stage)
    assert sorted(mails(stage))[1::2] == [(to, "REQUEST", 3) for to in sorted(everyone)]
    cancelled = stage.become(visit, "cancelled")
    for _ in range(2):
        closing.withdraw(stage.call(), cancelled, PUBLIC_URL)
    ends = [mail for mail in mails(stage) if mail[1] == "CANCEL"]
    assert sorted(ends) == [(to, "CANCEL", 4) for to in sorted(everyone)]


def test_a_calendar_mail_tells_when_the_visit_changed_however_late_it_is_made(stage: Stage) -> None:
    host = add_person(stage.store, person("host", name="何主任"))
    forget()
    stage.visit(host=host.id)
    approved, stage.now = stage.now, stage.now + timedelta(minutes=3)
    with_mail(stage)
    (mail,) = [item for item in stage.store.all(IntentItem) if item.channel == "email"]
    (event,) = icalendar.Calendar.from_ical(mail.calendar).walk("VEVENT")
    assert event.decoded("dtstamp") == approved.replace(microsecond=0)
