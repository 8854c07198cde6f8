"""The end of visits: closed, cancelled, archived."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chalicelib.domain.bookings import Booking
from chalicelib.domain.errors import Contention
from chalicelib.domain.invitations import Guest
from chalicelib.domain.passes import Pass, enter, leave
from chalicelib.domain.visits import SIGNED_OUT_AFTER, Occurrence, Visit
from chalicelib.models.archive import ArchiveItem
from chalicelib.models.gate import GuestItem, PassageItem, PassItem
from chalicelib.models.notifications import IntentItem, NoticeItem
from chalicelib.models.store import replace as replace_item
from chalicelib.models.visits import ResourceDayItem, VisitItem
from chalicelib.models.work import OpenVisitItem, opening
from chalicelib.services import archives, bookings, closing, reconciling
from chalicelib.services.inviting import invite
from tests.reception import ENDS, STARTS
from tests.workflows.stage import PUBLIC_URL, Stage

pytestmark = pytest.mark.usefixtures("plain_pictures")


def invited(stage: Stage, visitors: int = 2) -> Visit:
    visit = stage.visit(visitors=visitors)
    stage.store.write(opening(visit, stage.now))
    invite(stage.call(), stage.means, visit, 0)
    return stage.read(visit)


def passes(stage: Stage) -> list[Pass]:
    return [item.to(Pass) for item in stage.store.all(PassItem)]


def save(stage: Stage, held: Pass) -> None:
    stage.store.write(replace_item(PassItem.from_pass(held)))


def test_who_did_not_come_is_a_no_show_when_the_visit_closes(stage: Stage) -> None:
    visit = invited(stage)
    came = enter(passes(stage)[0], STARTS, "east")
    save(stage, came)
    save(stage, leave(came, ENDS - timedelta(hours=1), "east"))
    assert closing.close(stage.call(ENDS), visit) is None
    assert [held.status for held in passes(stage)] == ["left", "no_show"]
    assert stage.read(visit).status == "closed"
    assert stage.read(visit).ended_at == ENDS


@pytest.mark.parametrize("somebody", [True, False])
def test_what_was_booked_for_a_visit_to_which_nobody_came_is_given_back(stage: Stage, somebody: bool) -> None:
    visit = invited(stage)
    booked = replace(visit, bookings=(Booking("r1", visit.starts, visit.ends),), version=visit.version + 1)
    stage.store.write(replace_item(VisitItem.from_visit(booked)), *bookings.taking(booked))
    if somebody:
        came = enter(passes(stage)[0], STARTS, "east")
        save(stage, came)
        save(stage, leave(came, ENDS - timedelta(hours=1), "east"))
    closing.close(stage.call(ENDS), booked)
    (day,) = stage.store.all(ResourceDayItem)
    assert bool(day.held()) == somebody
    assert stage.read(visit).bookings == booked.bookings


def test_a_visit_stays_open_while_somebody_is_inside(stage: Stage) -> None:
    visit = invited(stage)
    save(stage, enter(passes(stage)[0], STARTS, "east"))
    assert closing.close(stage.call(ENDS), visit) == ENDS + closing.ASK_AGAIN_AFTER
    assert stage.read(visit).status == "approved"
    assert [held.status for held in passes(stage)] == ["inside", "expected"]


def test_after_twelve_hours_whoever_is_inside_is_signed_out_by_rule(stage: Stage) -> None:
    visit = invited(stage)
    save(stage, enter(passes(stage)[0], STARTS, "east"))
    late = ENDS + SIGNED_OUT_AFTER
    assert closing.close(stage.call(late), visit) is None
    signed_out = passes(stage)[0]
    assert (signed_out.status, signed_out.signed_out_by_rule, signed_out.last_out) == ("left", True, late)
    (passage,) = stage.store.all(PassageItem)
    assert (passage.direction, passage.by) == ("out", closing.RULE)
    (notice,) = stage.store.all(NoticeItem)
    assert (notice.person, notice.template) == (visit.host, "guests_signed_out")


def test_closing_a_visit_that_was_cancelled_meanwhile_changes_nothing(stage: Stage) -> None:
    visit = invited(stage)
    stage.become(visit, "cancelled")
    with pytest.raises(Contention):
        closing.close(stage.call(ENDS), visit)
    assert {held.status for held in passes(stage)} == {"expected"}


def test_a_cancelled_visit_revokes_its_guests_and_tells_them_once(stage: Stage) -> None:
    visit = invited(stage)
    cancelled = stage.become(visit, "cancelled")
    for _ in range(2):
        closing.withdraw(stage.call(), cancelled, PUBLIC_URL)
    assert {item.to(Guest).status for item in stage.store.all(GuestItem)} == {"revoked"}
    assert {held.status for held in passes(stage)} == {"revoked"}
    told = [item for item in stage.store.all(IntentItem) if item.template == "cancelled"]
    assert [item.address for item in told] == ["+8613900000001", "+8613900000002"]
    assert "取消" in told[0].text


def test_who_is_inside_a_cancelled_visit_can_still_leave(stage: Stage) -> None:
    visit = invited(stage)
    save(stage, enter(passes(stage)[0], STARTS, "east"))
    closing.withdraw(stage.call(STARTS), stage.become(visit, "cancelled"), PUBLIC_URL)
    assert [held.status for held in passes(stage)] == ["inside", "revoked"]


def test_nobody_is_told_of_a_cancellation_after_the_end(stage: Stage) -> None:
    visit = invited(stage)
    closing.withdraw(stage.call(ENDS), stage.become(visit, "cancelled"), PUBLIC_URL)
    assert [item for item in stage.store.all(IntentItem) if item.template == "cancelled"] == []


def test_the_archive_holds_everything_but_what_opens_the_gate(stage: Stage) -> None:
    visit = invited(stage)
    closing.close(stage.call(ENDS), visit)
    archives.archive(stage.call(ENDS), stage.read(visit), PUBLIC_URL)
    assert stage.read(visit).status == "archived"
    (item,) = stage.store.all(ArchiveItem)
    document = json.loads(item.document())
    assert [len(document[part]) for part in ("visitors", "invitations", "passes")] == [2, 2, 2]
    assert document["visit"]["status"] == "closed"
    guest = stage.store.all(GuestItem)[0].to(Guest)
    assert guest.link not in item.document().decode() and guest.nonce not in item.document().decode()
    assert stage.store.all(OpenVisitItem) == []


def test_an_archive_is_written_once(stage: Stage) -> None:
    visit = invited(stage)
    closing.close(stage.call(ENDS), visit)
    closed = stage.read(visit)
    archives.archive(stage.call(ENDS), closed, PUBLIC_URL)
    with pytest.raises(Contention):
        archives.archive(stage.call(ENDS), closed, PUBLIC_URL)


def test_the_archive_of_the_largest_visit_fits_into_an_item(stage: Stage) -> None:
    visit = stage.visit(visitors=200, ends=STARTS + timedelta(days=30, hours=8))
    for cursor in range(0, 200, 20):
        invite(stage.call(), stage.means, stage.read(visit), cursor)
    closing.close(stage.call(visit.ends), stage.read(visit))
    archives.archive(stage.call(visit.ends), stage.read(visit), PUBLIC_URL)
    (item,) = stage.store.all(ArchiveItem)
    assert len(item.content) < 300_000


def series(stage: Stage) -> Visit:
    """Two visitors on three days, a week after each other, approved and invited."""
    week = timedelta(weeks=1)
    times = tuple(Occurrence(STARTS + n * week, ENDS + n * week) for n in range(3))
    visit = stage.visit(visitors=2, occurrences=times, ends=times[-1].ends)
    stage.store.write(opening(visit, stage.now))
    invite(stage.call(), stage.means, visit, 0)
    return stage.read(visit)


def by_day(stage: Stage) -> list[Pass]:
    return sorted(passes(stage), key=lambda held: (held.day, held.no))


def reconciled(stage: Stage, now: datetime) -> None:
    reconciling.reconcile_visits(stage.call(now), stage.executions, PUBLIC_URL)


def test_a_day_of_a_series_is_settled_when_it_is_over_and_the_others_stay(stage: Stage) -> None:
    visit = series(stage)
    save(stage, enter(by_day(stage)[0], STARTS, "east"))
    reconciled(stage, ENDS + SIGNED_OUT_AFTER - timedelta(minutes=1))
    assert {held.status for held in by_day(stage)} == {"inside", "expected"}
    for minutes in (0, 5):
        reconciled(stage, ENDS + SIGNED_OUT_AFTER + timedelta(minutes=minutes))
    held = by_day(stage)
    assert [each.status for each in held] == ["left", "no_show", *["expected"] * 4]
    assert held[0].signed_out_by_rule
    assert [item.by for item in stage.store.all(PassageItem)] == [closing.RULE]
    assert stage.read(visit).status == "approved"


def test_each_day_of_a_series_tells_the_host_of_its_own_sign_outs(stage: Stage) -> None:
    visit = series(stage)
    for week in range(3):
        at = timedelta(weeks=week)
        save(stage, enter(by_day(stage)[2 * week], STARTS + at, "east"))
        if week < 2:
            reconciled(stage, ENDS + at + SIGNED_OUT_AFTER)
    closing.close(stage.call(ENDS + timedelta(weeks=2) + SIGNED_OUT_AFTER), visit)
    told = stage.store.all(NoticeItem)
    assert [(item.template, item.facts["names"]) for item in told] == [("guests_signed_out", "访客1")] * 3
    assert [held.status for held in by_day(stage)] == ["left", "no_show"] * 3


def test_days_that_are_settled_are_not_read_again(stage: Stage) -> None:
    series(stage)
    reconciled(stage, ENDS + SIGNED_OUT_AFTER)
    (opened,) = stage.store.all(OpenVisitItem)
    assert opened.days_over == 1
    settled = [held.version for held in by_day(stage)]
    reconciled(stage, ENDS + SIGNED_OUT_AFTER + timedelta(days=1))
    assert [held.version for held in by_day(stage)] == settled
