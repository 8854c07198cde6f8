"""What a document holds of a line: frozen, used in part, given back, frozen again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.domain.budgets import (
    EFFECTS,
    BudgetClosed,
    Freeze,
    Line,
    NotFrozen,
    Overspent,
    close,
    refreeze,
    release,
    unfrozen,
)
from chalicelib.domain.errors import Invalid
from tests.domain.budgets.examples import VISIT, convert, line, stamp


def frozen(of: Line, amount: int, reason: str = "") -> tuple[Line, Freeze]:
    posting = refreeze(of, unfrozen(of, VISIT), amount, stamp(reason))
    assert posting is not None
    assert posting.freeze is not None
    return posting.line, posting.freeze


def figures(of: Line) -> tuple[int, int, int]:
    return of.available, of.frozen, of.used


def test_no_movement_breaks_the_balance() -> None:
    for effects in EFFECTS.values():
        sides = [effects.get(name, 0) for name in ("allotted", "adjusted", "available", "frozen", "used")]
        assert sides[0] + sides[1] == sides[2] + sides[3] + sides[4]


def test_a_freeze_takes_what_is_available_and_a_release_gives_it_back() -> None:
    held, freeze = frozen(line(1000), 300)
    assert figures(held) == (700, 300, 0)
    posting = release(held, freeze, stamp())
    assert posting is not None
    assert figures(posting.line) == (1000, 0, 0)
    assert posting.freeze is not None
    assert posting.freeze.status == "released"


def test_a_part_is_used_and_the_rest_stays_frozen() -> None:
    held, freeze = frozen(line(1000), 300)
    used, _, after = convert(held, freeze, 100)
    assert figures(used) == (700, 200, 100)
    assert after is not None
    assert (after.status, after.held) == ("open", 200)
    used, _, after = convert(used, after, 200)
    assert figures(used) == (700, 0, 300)
    assert after is not None
    assert after.status == "converted"


def test_more_than_is_frozen_cannot_be_used() -> None:
    held, freeze = frozen(line(1000), 300)
    with pytest.raises(NotFrozen) as refused:
        convert(held, freeze, 301)
    assert refused.value.params == {"state": "open", "held": "300", "asked": "301", "currency": "CNY"}


def test_what_was_paid_and_cancelled_is_frozen_again() -> None:
    held, freeze = frozen(line(300), 300)
    used, _, spent = convert(held, freeze, 300)
    assert spent is not None
    again = convert(used, spent, -120)
    assert figures(again.line) == (0, 120, 180)
    assert again.freeze is not None
    assert again.freeze.status == "open"
    with pytest.raises(NotFrozen):
        convert(again.line, again.freeze, -181)


def test_a_change_freezes_the_difference_and_counts_what_was_used() -> None:
    held, freeze = frozen(line(1000), 300)
    used, _, after = convert(held, freeze, 100)
    assert after is not None
    more = refreeze(used, after, 450, stamp())
    assert more is not None
    assert figures(more.line) == (550, 350, 100)
    assert more.freeze is not None
    less = refreeze(more.line, more.freeze, 50, stamp())
    assert less is not None
    assert figures(less.line) == (900, 0, 100)
    assert refreeze(held, freeze, 300, stamp()) is None


def test_a_hard_line_refuses_what_it_has_not_and_says_how_much_it_has() -> None:
    with pytest.raises(Overspent) as refused:
        frozen(line(1000), 1001)
    assert refused.value.params["available"] == "1000"
    assert refused.value.params["asked"] == "1001"
    assert figures(frozen(line(1000), 1000)[0]) == (0, 1000, 0)


def test_a_soft_line_asks_for_a_reason_only_beyond_what_it_has() -> None:
    soft = line(1000, control="soft")
    frozen(soft, 1000)
    with pytest.raises(Invalid) as refused:
        frozen(soft, 1001, " ")
    assert [field.code for field in refused.value.fields] == ["budget_reason_needed"]
    assert figures(frozen(soft, 1001, "The customer brings more")[0]) == (-1, 1001, 0)


def test_a_line_without_control_lets_everything_pass() -> None:
    assert figures(frozen(line(0, control="none"), 500)[0]) == (-500, 500, 0)


def test_a_closed_line_freezes_nothing_more_but_settles_what_is_frozen() -> None:
    held, freeze = frozen(line(1000), 300)
    closed = close(held)
    with pytest.raises(BudgetClosed):
        frozen(closed, 1)
    used, _, after = convert(closed, freeze, 100)
    assert after is not None
    rest = release(used, after, stamp())
    assert rest is not None
    assert figures(rest.line) == (900, 0, 100)


def test_a_released_freeze_is_taken_up_again_at_the_next_submission() -> None:
    held, freeze = frozen(line(1000), 300)
    back = release(held, freeze, stamp())
    assert back is not None
    assert back.freeze is not None
    again = refreeze(back.line, back.freeze, 400, stamp())
    assert again is not None
    assert figures(again.line) == (600, 400, 0)
    assert again.freeze is not None
    assert (again.freeze.status, again.freeze.amount, again.freeze.released) == ("open", 700, 300)
    assert release(replace(back.line), back.freeze, stamp()) is None
