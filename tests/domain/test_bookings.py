"""Rooms: quarters of an hour, margins, and naming the booking in the way."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.bookings import QUARTERS, Booking, ResourceDay, claims, quarters, taken_by

DAY = date(2026, 3, 2)
NO_MARGIN = timedelta(0)


def at(hour: int, minute: int = 0, day: int = 2) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def test_a_use_takes_whole_quarters_rounded_outwards() -> None:
    assert quarters(at(9, 5), at(9, 35), NO_MARGIN) == {DAY: (36, 37, 38)}


def test_margins_are_kept_free_on_both_sides() -> None:
    assert quarters(at(9), at(10), timedelta(minutes=15)) == {DAY: (35, 36, 37, 38, 39, 40)}


def test_a_use_over_midnight_takes_quarters_of_both_days() -> None:
    assert quarters(at(23, 45), at(0, 15, day=3), NO_MARGIN) == {DAY: (95,), date(2026, 3, 3): (0,)}


def test_two_uses_of_one_room_by_one_visit_become_one_claim() -> None:
    found = claims("hq", [Booking("r1", at(9), at(10)), Booking("r1", at(9, 30), at(10, 15))])
    assert found == {ResourceDay("hq", "r1", DAY): (36, 37, 38, 39, 40)}


def test_the_booking_in_the_way_is_named_with_its_times() -> None:
    held = {36: "11110000 A", 37: "11110000 A", 38: "22220000 B"}
    assert taken_by(DAY, held, (37, 38)) == ("11110000 A", at(9), at(9, 30))


def test_a_free_room_names_nobody() -> None:
    assert taken_by(DAY, {40: "A"}, (36, 37)) is None


@given(st.integers(0, 5000), st.integers(1, 600), st.integers(0, 60))
def test_quarters_cover_the_use_and_its_margins_and_nothing_far_away(start: int, length: int, margin: int) -> None:
    begins, free = at(0) + timedelta(minutes=start), timedelta(minutes=margin)
    ends = begins + timedelta(minutes=length)
    taken = quarters(begins, ends, free)
    midnight = {day: datetime(day.year, day.month, day.day, tzinfo=UTC) for day in taken}
    moments = [midnight[day] + number * timedelta(minutes=15) for day, numbers in taken.items() for number in numbers]
    assert all(0 <= number < QUARTERS for numbers in taken.values() for number in numbers)
    assert min(moments) <= begins - free < min(moments) + timedelta(minutes=15)
    assert max(moments) < ends + free <= max(moments) + timedelta(minutes=15)
