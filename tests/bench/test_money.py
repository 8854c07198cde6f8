"""What the month of a company is made of."""

from __future__ import annotations

import pytest

from tests.bench.money import asks


@pytest.mark.parametrize(("minutes", "times"), [(0, 1), (1, 2), (2, 2), (3, 3), (8, 4), (10, 4), (18, 5), (120, 15)])
def test_the_inbox_is_asked_for_less_and_less(minutes: int, times: int) -> None:
    assert asks(minutes) == times
