"""When a person is told: quiet hours and digests in their own time, also where clocks are changed."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import Invalid
from chalicelib.domain.notifications import CHOSEN, KINDS, Preferences, next_digest, quiet_until

BERLIN = "Europe/Berlin"
NIGHT = Preferences("p", quiet_from=time(22), quiet_until=time(7))
NOON = Preferences("p", quiet_from=time(12), quiet_until=time(13))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-06-01T21:59:59+02:00", None),
        ("2026-06-01T22:00:00+02:00", "2026-06-02T07:00:00+02:00"),
        ("2026-06-02T06:59:59+02:00", "2026-06-02T07:00:00+02:00"),
        ("2026-06-02T07:00:00+02:00", None),
        # clocks are put forward from 2:00 to 3:00 on 29 March, back from 3:00 to 2:00 on 25 October
        ("2026-03-28T23:00:00+01:00", "2026-03-29T07:00:00+02:00"),
        ("2026-10-24T23:00:00+02:00", "2026-10-25T07:00:00+01:00"),
    ],
)
def test_a_night_is_quiet_until_the_morning_on_the_persons_clock(now: str, until: str | None) -> None:
    assert quiet_until(NIGHT, BERLIN, at(now)) == (at(until) if until else None)


def test_an_end_that_the_clocks_skip_is_the_moment_after_the_gap() -> None:
    until = Preferences("p", quiet_from=time(22), quiet_until=time(2, 30))
    assert quiet_until(until, BERLIN, at("2026-03-29T01:00:00+01:00")) == at("2026-03-29T03:30:00+02:00")


def test_quiet_hours_that_end_within_the_repeated_hour_end_once() -> None:
    until = Preferences("p", quiet_from=time(22), quiet_until=time(2, 30))
    assert quiet_until(until, BERLIN, at("2026-10-25T02:15:00+02:00")) == at("2026-10-25T02:30:00+02:00")
    assert quiet_until(until, BERLIN, at("2026-10-25T02:15:00+01:00")) is None


def test_hours_of_one_day_are_quiet_on_that_day_only() -> None:
    assert quiet_until(NOON, "Asia/Shanghai", at("2026-06-01T12:30:00+08:00")) == at("2026-06-01T13:00:00+08:00")
    assert quiet_until(NOON, "Asia/Shanghai", at("2026-06-01T23:30:00+08:00")) is None


TIMES = st.times().map(lambda value: value.replace(second=0, microsecond=0))
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 366 * 24 * 60).map(lambda minutes: NEW_YEAR + timedelta(minutes=minutes))
ZONES = st.sampled_from([BERLIN, "Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"])


@given(TIMES, TIMES, ZONES, MOMENTS)
def test_quiet_hours_always_end_within_a_day_and_a_bit(starts: time, ends: time, zone: str, now: datetime) -> None:
    until = quiet_until(Preferences("p", quiet_from=starts, quiet_until=ends), zone, now)
    assert until is None or now < until <= now + timedelta(hours=25)


def test_who_wants_no_digest_has_none() -> None:
    assert next_digest(Preferences("p"), BERLIN, at("2026-06-01T08:00:00+02:00")) is None


@pytest.mark.parametrize(
    ("now", "slot"),
    [
        ("2026-06-01T08:29:59+02:00", "2026-06-01T08:30:00+02:00"),
        ("2026-06-01T08:30:00+02:00", "2026-06-02T08:30:00+02:00"),
        ("2026-03-28T09:00:00+01:00", "2026-03-29T08:30:00+02:00"),
        ("2026-10-24T09:00:00+02:00", "2026-10-25T08:30:00+01:00"),
    ],
)
def test_a_daily_digest_goes_out_at_the_same_time_on_the_persons_clock(now: str, slot: str) -> None:
    assert next_digest(Preferences("p", digest="daily", digest_at=time(8, 30)), BERLIN, at(now)) == at(slot)


def test_a_weekly_digest_waits_for_its_day() -> None:
    friday = Preferences("p", digest="weekly", digest_at=time(17), digest_day=5)
    assert next_digest(friday, BERLIN, at("2026-06-01T08:00:00+02:00")) == at("2026-06-05T17:00:00+02:00")
    assert next_digest(friday, BERLIN, at("2026-06-05T17:00:00+02:00")) == at("2026-06-12T17:00:00+02:00")


def test_kinds_that_nobody_chose_come_their_usual_ways() -> None:
    chosen = Preferences("p", channels={"task_opened": ("sms",)})
    assert chosen.wants("sms", "task_opened") and not chosen.wants("email", "task_opened")
    assert chosen.wants("email", "task_urged") and not chosen.wants("sms", "task_urged")
    assert all(set(kind.usual) <= set(CHOSEN) for kind in KINDS.values())


@pytest.mark.parametrize(
    ("facts", "path", "code"),
    [
        ({"quiet_from": time(22)}, "quiet_until", "required"),
        ({"quiet_until": time(7)}, "quiet_from", "required"),
        ({"quiet_from": time(7), "quiet_until": time(7)}, "quiet_until", "quiet_all_day"),
        ({"channels": {"lottery": ()}}, "channels.lottery", "unknown_value"),
        ({"channels": {"task_opened": ("webhook",)}}, "channels.task_opened", "unknown_value"),
    ],
)
def test_preferences_that_make_no_sense_are_refused(facts: dict[str, object], path: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        Preferences("p", **facts).check()  # type: ignore[arg-type]
    assert [(wrong.path, wrong.code) for wrong in refused.value.fields] == [(path, code)]
