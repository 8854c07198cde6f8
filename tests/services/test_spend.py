"""Figures of spending: each change once, in any order, the same as counting anew; a report costs its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.claims import Allocation, Claim, Line
from chalicelib.domain.compliance import Finding
from chalicelib.domain.spend import COMPANY, Deciding, about, department_scope, difference, of_claim, of_task
from chalicelib.models.claims import ClaimItem
from chalicelib.models.store import Put
from chalicelib.services import spend
from chalicelib.services.spend import Counted
from tests.company import HEAD_OFFICE, NOW
from tests.services.conftest import Company
from tests.services.finance_exports import system

OTHER = "01OTHER"
MONTHS = ["2026-03"]


def a_claim(id: str = "C1", lines: Sequence[Line] = (), **facts: Any) -> Claim:
    known: dict[str, Any] = {"applicant": "P", "applicant_name": "林梅", "department": HEAD_OFFICE.id}
    known |= {"department_path": HEAD_OFFICE.path, "currency": "CNY", "purpose": "Visit"}
    known |= {"created_at": NOW, "submitted_at": NOW, "status": "pending", "round": 1}
    return Claim(id, f"CL{id}", **known | {"lines": tuple(lines) or (a_line(),)} | facts)


def a_line(key: str = "a", **facts: Any) -> Line:
    shares = (Allocation(HEAD_OFFICE.id, 70), Allocation(OTHER, 30))
    return Line(key, "meal", date(2026, 3, 2), 100, "CNY", 100, shares, **facts)


def lives(claim: Claim) -> list[Claim | None]:
    """What becomes of a claim: submitted, corrected and approved, paid, reversed."""
    line = replace(claim.lines[0], sanctioned=50)
    approved = replace(claim, status="approved", lines=(line, *claim.lines[1:]), version=2)
    return [None, claim, approved, replace(approved, status="paid", version=3)]


def changes(*lifes: Sequence[Claim | None]) -> list[Counted]:
    return [
        Counted(f"{new.id}-{new.version}", new.id, of_claim(old), of_claim(new))
        for life in lifes
        for old, new in pairwise(life)
        if new is not None
    ]


def keep(company: Company, *claims: Claim) -> None:
    for claim in claims:
        company.store.write(Put(ClaimItem.from_claim(claim), {}))


def wrong(company: Company) -> list[Any]:
    return list(spend.differences(company.store, [HEAD_OFFICE.id, OTHER], MONTHS))


def sums(company: Company, dimension: Any, scope: str = COMPANY) -> dict[tuple[str, str, str], dict[str, int]]:
    (found,) = spend.read(company.store, [(dimension, [scope])], "2026-03", "2026-03")
    return {key: {name: n for name, n in figures.items() if n} for key, figures in found.sums.items()}


@pytest.mark.parametrize("seed", range(4))
def test_changes_in_any_order_and_told_twice_are_what_the_records_say(company: Company, seed: int) -> None:
    first, second = lives(a_claim()), lives(a_claim("C2", [a_line(project="塔")]))
    told = changes(first, second) * 2
    Random(seed).shuffle(told)
    for each in told:
        spend.count(system(company.store, NOW), [each])
    keep(company, first[-1], second[-1])  # type: ignore[arg-type]
    assert wrong(company) == []
    assert sums(company, "category")["2026-03", "CNY", "meal"] == {"spent": 100, "refused": 100, "lines": 2}
    assert sums(company, "department")["2026-03", "CNY", OTHER]["spent"] == 30
    assert sums(company, "category", department_scope(HEAD_OFFICE.id))["2026-03", "CNY", "meal"]["spent"] == 70
    assert [key for _, _, key in sums(company, "project")] == ["塔"]


def test_what_was_reversed_is_in_no_figure(company: Company) -> None:
    life = lives(a_claim())
    paid = life[-1]
    assert paid is not None
    back = replace(paid, status="reversed", version=4)
    spend.count(system(company.store, NOW), changes([*life, back]))
    keep(company, back)
    assert wrong(company) == []
    assert sums(company, "category") == sums(company, "line") == {}


def test_the_largest_claim_is_counted_in_parts_each_once(company: Company) -> None:
    departments = [f"D{n}" for n in range(8)]
    shares = tuple(Allocation(department, 10) for department in departments)
    lines = [
        Line(f"l{n}", f"c{n}", date(2026, 3, n + 1), 80, "CNY", 80, shares, project=f"p{n}", customer=f"k{n}")
        for n in range(30)
    ]
    claim = a_claim(lines=lines, status="paid")
    (change,) = changes([None, claim])
    assert len(difference((), change.after)) > 1000
    for _ in range(2):
        spend.count(system(company.store, NOW), [change])
    keep(company, claim)
    assert list(spend.differences(company.store, departments, MONTHS)) == []


def test_a_figure_that_is_wrong_is_named(company: Company) -> None:
    claim = a_claim(status="paid")
    keep(company, claim)
    assert {(each.cell.dimension, each.kept) for each in wrong(company)} >= {("category", 0), ("person", 0)}


def test_what_is_above_a_standard_is_counted_once(company: Company) -> None:
    facts = {"asked": "100", "limit": "80", "currency": "CNY"}
    found = (Finding("over_head", "justify", "a", facts), Finding("over_day", "note", "a", facts | {"limit": "90"}))
    spend.count(system(company.store, NOW), changes([None, a_claim(status="paid", findings=found)]))
    assert sums(company, "category")["2026-03", "CNY", "meal"]["excess"] == 20


def test_the_key_of_a_line_says_what_it_is_of(company: Company) -> None:
    spend.count(
        system(company.store, NOW), changes([None, a_claim(lines=[a_line(vendor=" 老王#\n饭店 ")], status="paid")])
    )
    ((_, _, key),) = sums(company, "line")
    assert (about(key).vendor, about(key).number, about(key).day) == ("老王# 饭店", "CLC1", "2026-03-02")


def test_reports_cost_the_same_with_a_hundred_times_the_claims(company: Company) -> None:
    def cost(count: int) -> int:
        for n in range(count):
            claim = a_claim(f"N{count}-{n}", [a_line(str(n))], status="paid")
            told = [each for each in of_claim(claim) if each[0].dimension != "line"]
            spend.count(system(company.store, NOW), [Counted(claim.id, claim.id, (), told)])
        return sum(1 for place in company.store.items if place[1].startswith("spend#"))

    assert cost(200) == cost(20)


WAITED = st.integers(0, 10_000)


@given(WAITED, st.sampled_from(["approved", "rejected", "returned", "open", "closed", "transferred"]))
def test_a_decided_task_adds_the_time_that_it_took_and_no_other_does(minutes: int, status: str) -> None:
    decided = NOW + timedelta(minutes=minutes)
    added = of_task(Deciding("T", "claim", "manager", "P", status, NOW, decided))
    if status not in ("approved", "rejected", "returned"):
        assert added == ()
        return
    (step, figures), (approver, _) = added
    assert (step.key, approver.key, figures["minutes"], figures["decided"]) == ("claim/manager", "P", minutes, 1)
    assert figures["within_day"] == (minutes <= 24 * 60)
