"""What a visit's archive tells of its cost."""

from __future__ import annotations

from typing import Any

from chalicelib.domain.archives import costs


def line(type: str, allowance: int | None) -> dict[str, Any]:
    return {"type": type, "allowance": allowance}


def test_costs_stand_by_type_beside_what_the_standards_allowed() -> None:
    estimate = {
        "by_type": {"meal": 90_000, "gift": 5_000, "alcohol": 100},
        "lines": [line("meal", 50_000), line("meal", 30_000), line("gift", 8_000), line("alcohol", 0)],
    }
    assert [tuple(each.values()) for each in costs(estimate)] == [
        ("meal", 90_000, 80_000, 10_000),
        ("gift", 5_000, 8_000, 0),
        ("alcohol", 100, 0, 100),
    ]


def test_a_type_of_which_a_part_has_no_standard_is_held_against_none() -> None:
    estimate = {"by_type": {"meal": 90_000}, "lines": [line("meal", 50_000), line("meal", None)]}
    (meal,) = costs(estimate)
    assert (meal["standard"], meal["above"]) == (None, 0)
