"""Visits: the table of moves, and every field that an application can get wrong."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any, get_args

import pytest

from chalicelib.domain.bookings import Booking
from chalicelib.domain.errors import IllegalMove, Invalid
from chalicelib.domain.sites import Resource, Site
from chalicelib.domain.visits import (
    MOVES,
    SIGNED_OUT_AFTER,
    Application,
    Move,
    Status,
    Visit,
    Visitor,
    check_application,
    move,
    moves_from,
    number_of,
    party_of,
    signed_out_at,
)
from tests.company import person

NOW = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
SITE = Site("hq", {"en": "HQ"}, {}, {}, "Asia/Shanghai", resources=(Resource("r1", "room", {"en": "One"}, 8),))
HOST = person("host")
WANG = Visitor("王芳", "+8613912345678", company="ACME")


def application(**facts: Any) -> Application:
    starts = NOW + timedelta(hours=2)
    defaults: dict[str, Any] = {
        "site": "hq",
        "starts": starts,
        "ends": starts + timedelta(hours=1),
        "host": HOST.id,
        "purpose": "Audit",
        "visitors": (WANG,),
    }
    return Application(**defaults | facts)


def a_visit(status: Status) -> Visit:
    times = {"starts": NOW, "ends": NOW, "created_at": NOW}
    lists: dict[str, Any] = {"department_path": (), "team": (), "bookings": (), "visitors": 1}
    names = "id number applicant applicant_name department site host host_name host_phone purpose requirements party"
    return Visit(**times, **lists, **dict.fromkeys(names.split(), "x"), status=status, version=3, round=1)


def wrong(asked: Application, **others: Any) -> dict[str, str]:
    with pytest.raises(Invalid) as refused:
        check_application(asked, others.get("site", SITE), others.get("host", HOST), NOW)
    return {field.path: field.code for field in refused.value.fields}


@pytest.mark.parametrize(("status", "name"), list(product(get_args(Status.__value__), get_args(Move.__value__))))
def test_every_move_is_in_the_table_or_refused_with_the_present_status(status: Status, name: Move) -> None:
    visit = a_visit(status)
    if (status, name) in MOVES:
        moved = move(visit, name, NOW)
        assert (moved.status, moved.version) == (MOVES[status, name], 4)
    else:
        with pytest.raises(IllegalMove) as refused:
            move(visit, name, NOW)
        assert refused.value.state == status


def test_every_submission_is_a_new_round() -> None:
    assert move(a_visit("returned"), "submit", NOW).round == 2


def test_approval_and_the_end_are_dated() -> None:
    assert move(a_visit("pending"), "approve", NOW).approved_at == NOW
    assert move(a_visit("approved"), "close", NOW).ended_at == NOW


def test_what_comes_next_is_read_from_the_table() -> None:
    assert set(moves_from("approved")) == {"amend", "take_back", "cancel", "close"}
    assert moves_from("archived") == ()


def test_a_good_application_passes() -> None:
    check_application(application(), SITE, HOST, NOW)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"starts": NOW - timedelta(hours=3), "ends": NOW - timedelta(hours=2)}, {"ends": "in_the_past"}),
        ({"starts": NOW - timedelta(hours=1)}, {"starts": "in_the_past"}),
        ({"ends": NOW + timedelta(hours=1)}, {"ends": "end_before_start"}),
        ({"ends": NOW + timedelta(days=40)}, {"ends": "visit_too_long"}),
        (
            {"starts": NOW + timedelta(days=400), "ends": NOW + timedelta(days=400, hours=1)},
            {"starts": "too_far_ahead"},
        ),
        ({"visitors": ()}, {"visitors": "required"}),
        ({"visitors": (WANG, WANG)}, {"visitors.1.phone": "visitor_twice"}),
        (
            {"visitors": tuple(Visitor(f"v{n}", f"+86139{n:08}") for n in range(201))},
            {"visitors": "too_many_rows"},
        ),
        (
            {"bookings": (Booking("r9", NOW + timedelta(hours=2), NOW + timedelta(hours=3)),)},
            {"resources.0.resource": "unknown_resource"},
        ),
        (
            {"bookings": (Booking("r1", NOW + timedelta(hours=3), NOW + timedelta(hours=2)),)},
            {"resources.0.ends": "end_before_start"},
        ),
        (
            {"bookings": (Booking("r1", NOW + timedelta(days=9), NOW + timedelta(days=9, hours=1)),)},
            {"resources.0.starts": "outside_visit"},
        ),
    ],
)
def test_a_wrong_field_is_named(facts: dict[str, Any], expected: dict[str, str]) -> None:
    assert wrong(application(**facts)) == expected


def test_a_visit_that_began_just_now_may_still_be_entered() -> None:
    check_application(application(starts=NOW - timedelta(minutes=10)), SITE, HOST, NOW)


def test_a_departed_host_an_unknown_host_and_an_unknown_site_are_named() -> None:
    assert wrong(application(), host=replace(HOST, active=False)) == {"host": "host_departed"}
    assert wrong(application(), host=None, site=None) == {"host": "unknown_person", "site": "unknown_site"}


def test_all_wrong_fields_are_named_at_once() -> None:
    assert set(wrong(application(visitors=(), ends=NOW))) == {"visitors", "ends"}


def test_reservation_numbers_have_eight_digits() -> None:
    numbers = {number_of(f"01ARZ3NDEKTSV4RRFFQ69{tail}") for tail in ("G5FAV", "00000", "ZZZZZ", "7QX4M")}
    assert len(numbers) == 4
    assert all(len(number) == 8 and number.isdigit() for number in numbers)


def test_the_party_is_named_by_the_first_visitor_and_company() -> None:
    assert party_of((WANG, Visitor("B", "+1"))) == "王芳 · ACME"
    assert party_of((Visitor("B", "+1"),)) == "B"


def test_a_visit_cancelled_before_its_end_is_over_at_once() -> None:
    visit = a_visit("approved")
    cancelled = move(visit, "cancel", visit.starts)
    assert signed_out_at(visit) == visit.ends + SIGNED_OUT_AFTER
    assert signed_out_at(cancelled) == visit.starts + SIGNED_OUT_AFTER
    assert signed_out_at(move(visit, "cancel", visit.ends + timedelta(days=9))) == visit.ends + SIGNED_OUT_AFTER
