"""Every status and every move: what the table has goes there, everything else is refused and changes nothing."""

from itertools import product
from typing import get_args

import pytest

from chalicelib.domain.claims import HOLDING, MOVES, STATUSES, Move, Status, move, moves_from, number_of
from chalicelib.domain.errors import IllegalMove
from tests.domain.claims.examples import NOW, a_claim

ALL = [*product(get_args(Status.__value__), get_args(Move.__value__))]


@pytest.mark.parametrize(("status", "name"), ALL)
def test_a_move_is_in_the_table_or_is_refused(status: Status, name: Move) -> None:
    claim = a_claim(status=status)
    if (status, name) in MOVES:
        moved = move(claim, name, NOW)
        assert (moved.status, moved.version) == (MOVES[status, name], 2)
        return
    with pytest.raises(IllegalMove) as refused:
        move(claim, name, NOW)
    assert refused.value.state == status


def test_what_is_over_stays_over() -> None:
    assert [status for status in STATUSES if not moves_from(status)] == ["rejected", "cancelled", "reversed"]


def test_money_is_held_from_submission_to_payment() -> None:
    assert {"pending", "approved"} == HOLDING


def test_the_first_submission_is_the_one_that_is_remembered() -> None:
    submitted = move(a_claim(), "submit", NOW)
    again = move(move(submitted, "withdraw", NOW), "submit", NOW.replace(hour=5))
    assert (again.submitted_at, again.round) == (NOW, 2)


def test_a_number_is_made_of_the_claims_id_and_nothing_else() -> None:
    assert number_of("01KJPX9W3TZ4QZ6T1N7V0F2B5W") == number_of("01AAAAAAAAZ4QZ6T1N7V0F2B5W")
    assert number_of("01KJPX9W3TZ4QZ6T1N7V0F2B5W").startswith("CL")
