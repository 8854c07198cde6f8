"""What may happen to a request, and how people call it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import IllegalMove
from chalicelib.domain.forms import Field, Form, Kind
from chalicelib.domain.requests import MOVES, STATUSES, Request, move, moves_from, number_of, subject_of
from tests.company import NOW

TITLE = {"en": "Leave", "zh": "请假"}
DRAFT = Request("1", "LEAVE-2026-00001", "leave", 1, TITLE, "ann", "Ann", "sales", ("sales",), "", {}, {}, NOW)


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("name", sorted({name for _, name in MOVES}))
def test_the_table_says_what_is_legal_and_everything_else_is_refused(status: str, name: str) -> None:
    request = replace(DRAFT, status=status)  # type: ignore[arg-type]
    if name in moves_from(request.status):
        moved = move(request, name, NOW)  # type: ignore[arg-type]
        assert (moved.status, moved.version) == (MOVES[status, name], 2)  # type: ignore[index]
    else:
        with pytest.raises(IllegalMove) as refused:
            move(request, name, NOW)  # type: ignore[arg-type]
        assert refused.value.state == status


def test_the_first_submission_stays_the_time_by_which_it_is_listed() -> None:
    again = move(move(move(DRAFT, "submit", NOW), "return", NOW), "submit", NOW + timedelta(days=40))
    assert (again.submitted_at, again.round) == (NOW, 2)


def test_a_decision_ends_it() -> None:
    assert move(move(DRAFT, "submit", NOW), "reject", NOW).ended_at == NOW
    assert move(move(DRAFT, "submit", NOW), "return", NOW).ended_at is None


def test_a_request_is_called_by_its_first_line_of_text() -> None:
    form = Form((Field("day", TITLE, Kind.DATE), Field("a", TITLE, Kind.TEXT), Field("b", TITLE, Kind.LONG_TEXT)))
    assert subject_of(form, {"day": "2026-01-01", "b": "Family\nand more"}) == "Family"
    assert subject_of(form, {"a": "长" * 100}) == "长" * 60
    assert subject_of(form, {"day": "2026-01-01"}) == ""


def test_numbers_tell_the_process_the_year_and_the_order() -> None:
    assert number_of("LEAVE", 2026, 42) == "LEAVE-2026-00042"
    assert number_of("LEAVE", 2026, 123456) == "LEAVE-2026-123456"
