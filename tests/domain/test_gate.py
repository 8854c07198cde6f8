"""What the gate answers, case by case."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import Invalid
from chalicelib.domain.gate import Decision, Scan, check_time, days_to_look_at, decide, read
from chalicelib.domain.passes import Pass, enter, leave, miss, pass_for, revoke
from tests.reception import DURING, ENDS, SITE, STARTS, a_code, a_guest, a_visit

VISIT = a_visit()
GUEST = a_guest(VISIT)
EXPECTED = pass_for(VISIT, GUEST, STARTS.date(), VISIT.occurrences[0])
INSIDE = enter(EXPECTED, DURING - timedelta(minutes=30), "east")
LEFT = leave(INSIDE, DURING - timedelta(minutes=10), "east")
MINUTE = timedelta(minutes=1)


def scanned(at: datetime = DURING, direction: Any = "in", gate: str = "east") -> Scan:
    return Scan(SITE, gate, direction, at, at, "P-guard", "nonce")


def result(held: Pass, at: datetime = DURING, direction: Any = "in", **changes: Any) -> str:
    visit = replace(VISIT, **changes)
    return decide(scanned(at, direction), visit, GUEST, [held], a_code(VISIT, GUEST)).result


@pytest.mark.parametrize(
    ("held", "direction", "answer", "on_site"),
    [
        (EXPECTED, "in", "checked_in", True),
        (LEFT, "in", "checked_in", True),
        (INSIDE, "in", "already_in", True),
        (INSIDE, "out", "checked_out", False),
        (EXPECTED, "out", "already_out", False),
        (LEFT, "out", "already_out", False),
        (revoke(EXPECTED), "in", "cancelled", False),
        (miss(EXPECTED), "in", "expired", False),
    ],
)
def test_a_pass_and_a_direction_decide(held: Pass, direction: Any, answer: str, on_site: bool) -> None:
    decision = decide(scanned(direction=direction), VISIT, GUEST, [held])
    assert (decision.result, decision.on_site) == (answer, on_site)
    assert (decision.passage is not None) == (answer in ("checked_in", "checked_out"))


@pytest.mark.parametrize(
    ("at", "answer"),
    [
        (STARTS - timedelta(minutes=61), "too_early"),
        (STARTS - timedelta(minutes=60), "checked_in"),
        (ENDS, "checked_in"),
        (ENDS + timedelta(microseconds=1), "expired"),
    ],
)
def test_the_window_opens_with_the_early_minutes_and_closes_with_the_visit(at: datetime, answer: str) -> None:
    assert result(EXPECTED, at) == answer


@pytest.mark.parametrize(
    ("status", "answer"),
    [
        ("draft", "not_approved"),
        ("pending", "not_approved"),
        ("returned", "not_approved"),
        ("withdrawn", "not_approved"),
        ("rejected", "not_approved"),
        ("cancelled", "cancelled"),
        ("closed", "expired"),
        ("archived", "expired"),
    ],
)
def test_only_an_approved_visit_opens_the_gate(status: str, answer: str) -> None:
    assert result(EXPECTED, status=status) == answer
    assert decide(scanned(), replace(VISIT, status=status), None, []).result == answer


@pytest.mark.parametrize("status", ["approved", "cancelled", "closed"])
def test_whoever_is_inside_may_always_leave(status: str) -> None:
    assert result(INSIDE, ENDS + timedelta(hours=3), "out", status=status) == "checked_out"


def test_somebody_inside_is_offered_to_check_out() -> None:
    decision = decide(scanned(), VISIT, GUEST, [INSIDE])
    assert decision.offers == ("check_out",)
    assert decide(scanned(), VISIT, GUEST, [LEFT]).offers == ()


def test_a_visit_at_another_site_is_named_as_such_before_anything_else() -> None:
    assert result(EXPECTED, site="plant", status="cancelled") == "wrong_site"
    assert decide(scanned(), replace(VISIT, site="plant"), None, []).result == "wrong_site"


def test_a_visitor_without_an_invitation_is_unknown() -> None:
    assert decide(scanned(), VISIT, None, []) == Decision("unknown")


def test_a_replaced_code_and_a_withdrawn_invitation_open_nothing() -> None:
    old = replace(a_code(VISIT, GUEST), nonce="f" * 16)
    assert decide(scanned(), VISIT, GUEST, [EXPECTED], old).result == "cancelled"
    withdrawn = replace(GUEST, status="revoked")
    assert decide(scanned(), VISIT, withdrawn, [EXPECTED]).result == "cancelled"


def test_a_passage_says_who_where_and_when() -> None:
    late = replace(scanned(DURING), recorded_at=DURING + timedelta(hours=2))
    decision = decide(late, VISIT, GUEST, [EXPECTED])
    assert decision.passage is not None and decision.held is not None
    assert (decision.passage.at_time, decision.passage.recorded_at) == (DURING, DURING + timedelta(hours=2))
    assert (decision.passage.gate, decision.passage.by, decision.passage.direction) == ("east", "P-guard", "in")
    assert (decision.held.since, decision.held.first_in, decision.held.entries) == (DURING, DURING, 1)


def test_re_entry_keeps_the_first_time_and_counts() -> None:
    again = decide(scanned(), VISIT, GUEST, [LEFT]).held
    assert again is not None
    assert (again.first_in, again.since, again.entries) == (INSIDE.since, DURING, 2)


@pytest.mark.parametrize(("held", "direction"), [(INSIDE, "out"), (INSIDE, "in"), (LEFT, "in"), (LEFT, "out")])
def test_a_scan_that_arrives_after_a_later_one_changes_nothing(held: Pass, direction: Any) -> None:
    assert held.changed_at is not None
    decision = decide(scanned(held.changed_at - MINUTE, direction), VISIT, GUEST, [held])
    assert decision.result == ("already_in" if held is INSIDE else "already_out")
    assert decision.held == held


def test_a_visit_of_several_days_has_a_pass_for_each_and_one_stay_at_a_time() -> None:
    visit = a_visit(ends=ENDS + timedelta(days=2))
    tuesday = DURING + timedelta(days=1)
    second_day = decide(scanned(tuesday), visit, GUEST, [LEFT])
    assert second_day.held is not None
    assert (second_day.result, second_day.held.day) == ("checked_in", tuesday.date())
    stayed = decide(scanned(tuesday), visit, GUEST, [INSIDE, replace(EXPECTED, day=tuesday.date())])
    assert stayed.result == "already_in"
    left = decide(scanned(tuesday, "out"), visit, GUEST, [INSIDE])
    assert left.held is not None
    assert (left.result, left.held.day) == ("checked_out", STARTS.date())


def test_the_day_is_the_sites_own_and_an_early_visitor_uses_the_pass_of_the_first_day() -> None:
    midnight = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)  # 00:00 on 2 March in Shanghai
    visit = a_visit(starts=midnight + 10 * MINUTE, ends=midnight + 60 * MINUTE)
    early = decide(scanned(midnight - 30 * MINUTE), visit, GUEST, [])
    assert early.held is not None
    assert (early.result, early.held.day.isoformat()) == ("checked_in", "2026-03-02")
    assert early.held.version == 1


def test_the_days_to_look_at_reach_from_the_codes_first_to_the_day_after() -> None:
    visit = a_visit(ends=ENDS + timedelta(days=4))
    since = a_code(visit, GUEST).valid_from
    days = days_to_look_at(scanned(DURING + timedelta(days=2)), since)
    assert [day.day for day in days] == [2, 3, 4, 5]
    assert len(days_to_look_at(scanned(DURING + timedelta(days=90)), since)) == 33
    assert len(days_to_look_at(scanned(STARTS - timedelta(days=9)), since)) == 2


@pytest.mark.parametrize("away", [timedelta(hours=24), timedelta(minutes=-2), timedelta()])
def test_a_scan_may_be_a_day_old_and_two_minutes_ahead(away: timedelta) -> None:
    check_time(DURING - away, DURING)


@pytest.mark.parametrize(
    ("away", "code"), [(timedelta(hours=24, seconds=1), "too_long_ago"), (timedelta(minutes=-3), "in_the_future")]
)
def test_a_scan_of_another_time_is_refused(away: timedelta, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        check_time(DURING - away, DURING)
    assert [(wrong.path, wrong.code) for wrong in caught.value.fields] == [("at", code)]


CODE = "Ab-_" * 33


@pytest.mark.parametrize(
    ("text", "form", "found", "no"),
    [
        (CODE, "qr", CODE, None),
        (f" https://atrium.example/api/i/{CODE}\r\n", "qr", CODE, None),
        ("20260001-12", "reservation", "20260001", 12),
        ("20260001", "reservation", "20260001", None),
        ("２０２６０００１－３", "reservation", "20260001", 3),
        ("5678", "phone", "5678", None),
        ("56 78", "phone", "5678", None),
        ("567", "none", "", None),
        ("", "none", "", None),
        ("https://atrium.example/i/short", "none", "", None),
        (CODE + "x", "none", "", None),
        ("<script>", "none", "", None),
    ],
)
def test_what_is_scanned_or_typed_is_told_apart(text: str, form: str, found: str, no: int | None) -> None:
    typed = read(text)
    assert (typed.form, typed.text, typed.no) == (form, found, no)
