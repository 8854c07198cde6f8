"""What findings mean: what refuses a claim, what approves itself, and whom the audit's lot falls on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.domain.approvals.conditions import Compare, Operator, holds
from chalicelib.domain.compliance import FACTS, Finding, audited, refused, standing
from tests.domain.compliance.examples import BOOK

NOTE, JUSTIFY, BLOCK = (Finding("alcohol", severity, "1") for severity in ("note", "justify", "block"))
IDS = [f"01J{number:023X}" for number in range(10_000)]


@pytest.mark.parametrize(
    ("finding", "reasons", "stands"),
    [
        (NOTE, {}, False),
        (JUSTIFY, {}, True),
        (JUSTIFY, {"1": "  "}, True),
        (JUSTIFY, {"2": "Board"}, True),
        (JUSTIFY, {"1": "Board"}, False),
        (BLOCK, {"1": "Board"}, True),
    ],
)
def test_a_finding_that_blocks_refuses_and_one_to_justify_without_its_reason(
    finding: Finding, reasons: dict[str, str], stands: bool
) -> None:
    assert [*refused([finding], reasons)] == ([finding] if stands else [])


@pytest.mark.parametrize(
    ("findings", "total", "currency", "auto"),
    [
        ([], 500_00, "CNY", True),
        ([NOTE], 500_00, "CNY", True),
        ([], 500_01, "CNY", False),
        ([JUSTIFY], 1, "CNY", False),
        ([BLOCK], 1, "CNY", False),
        ([], 1, "JPY", False),
    ],
)
def test_small_and_clean_claims_approve_themselves(
    findings: list[Finding], total: int, currency: str, auto: bool
) -> None:
    assert standing("C1", findings, total, currency, BOOK, lambda: b"key").auto is auto


def test_the_lot_sends_a_share_of_them_to_audit_all_the_same() -> None:
    everything = replace(BOOK, audit_share=100)
    found = standing("C1", [], 1, "CNY", everything, lambda: b"key")
    assert (found.clean, found.audited, found.auto) == (True, True, False)


def test_no_key_is_asked_for_where_nothing_is_drawn() -> None:
    def nobodys() -> bytes:
        raise AssertionError

    assert standing("C1", [JUSTIFY], 1, "CNY", BOOK, nobodys).audited is False
    assert standing("C1", [], 500_01, "CNY", replace(BOOK, audit_share=100), nobodys).audited is False
    assert standing("C1", [], 1, "CNY", replace(BOOK, audit_share=0), nobodys).auto is True


@pytest.mark.parametrize("share", [0, 1, 5, 30, 99, 100])
@pytest.mark.parametrize("key", [b"a key", b"another company's"])
def test_the_lot_falls_on_its_share_of_ten_thousand_claims(share: int, key: bytes) -> None:
    """Within five standard deviations of the share; on exactly none and all at its ends."""
    drawn = sum(audited(id, key, share) for id in IDS)
    spread = 5 * (len(IDS) * share * (100 - share)) ** 0.5 / 100
    assert abs(drawn - len(IDS) * share / 100) <= spread


def test_the_lot_is_the_same_whenever_it_is_drawn_and_grows_with_the_share() -> None:
    few, more = ({id for id in IDS if audited(id, b"a key", share)} for share in (5, 10))
    assert few < more
    assert few == {id for id in IDS if audited(id, b"a key", 5)}
    assert few != {id for id in IDS if audited(id, b"another", 5)}


def test_conditions_of_an_approval_may_ask_how_a_claim_stands() -> None:
    facts = standing("C1", [NOTE], 400_00, "CNY", BOOK, lambda: b"key").facts()
    assert {*facts} == {*FACTS}
    assert holds(Compare("clean", Operator.EQ, "yes"), facts)
    assert holds(Compare("total", Operator.LE, 500_00), facts)
