"""Where the marks of a chart go."""

import pytest

from chalicelib.web import chart


def test_bars_grow_with_their_values_and_stand_on_the_base() -> None:
    small, large, none = chart.bars([("a", 5), ("b", 10), ("c", 0)]).series[0].marks
    assert large.height == pytest.approx(2 * small.height, abs=0.2)
    assert none.height == 0
    assert {mark.y + mark.height for mark in (small, large)} == {chart.bars([]).base}


def test_the_axis_has_round_steps_and_reaches_the_largest_value() -> None:
    assert [tick.text for tick in chart.bars([("a", 1730)]).ticks] == ["0", "500", "1,000", "1,500", "2,000"]


def test_a_chart_of_nothing_can_be_drawn() -> None:
    assert [tick.text for tick in chart.bars([("a", 0)]).ticks] == ["0", "1"]
    assert chart.bars([]).series[0].marks == ()


def test_names_of_lines_that_end_together_do_not_overlap() -> None:
    first, second = chart.lines(["a", "b"], [("x", [1, 10]), ("y", [2, 10])]).series
    assert abs(first.name_y - second.name_y) >= 20


def test_a_chart_refuses_a_seventh_series() -> None:
    with pytest.raises(ValueError, match="at most 6"):
        chart.lines(["a"], [(str(n), [1]) for n in range(7)])


def test_crowded_labels_are_thinned() -> None:
    assert len(chart.bars([(str(n), 1) for n in range(31)]).labels) <= 8
