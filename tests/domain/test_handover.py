"""Who takes the place of somebody who leaves."""

from __future__ import annotations

import pytest

from chalicelib.domain.handover import manager_after, substitute_after


@pytest.mark.parametrize(
    ("report", "line_of_to", "above", "expected"),
    [
        ("R", [], "A", "TO"),
        ("R", ["A"], "A", "TO"),
        ("TO", ["LEAVER", "A"], "A", "A"),
        ("R", ["R", "LEAVER", "A"], "A", "A"),
        ("R", ["R", "LEAVER"], None, None),
        ("R", ["R"], "R", None),
    ],
)
def test_no_handover_makes_managers_run_in_a_circle(
    report: str, line_of_to: list[str], above: str | None, expected: str | None
) -> None:
    assert manager_after(report, "TO", line_of_to, above) == expected


@pytest.mark.parametrize(
    ("absent", "above", "expected"), [("P", "A", "TO"), ("TO", "A", "A"), ("TO", None, None), ("TO", "TO", None)]
)
def test_nobody_becomes_their_own_substitute(absent: str, above: str | None, expected: str | None) -> None:
    assert substitute_after(absent, "TO", above) == expected
