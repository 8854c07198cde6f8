"""Invoices: none, too old, of another time, over less than is claimed, made out to somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chalicelib.domain.compliance import Days, LinkedVisit
from tests.domain.compliance.examples import BOOK, COMPANY, DAY, MONDAY, TODAY, VISIT, found, item


def test_above_the_threshold_an_invoice_is_needed() -> None:
    assert found("no_invoice", item(has_invoice=False, amount=500_00)) == {}
    assert found("no_invoice", item(has_invoice=False, amount=500_01))["1"]["limit"] == "50000"
    assert found("no_invoice", item(has_invoice=True, amount=500_01)) == {}


def test_some_categories_need_none_and_a_currency_without_thresholds_always_one() -> None:
    assert found("no_invoice", item(has_invoice=False, category="taxi", amount=900_00)) == {}
    assert "1" in found("no_invoice", item(has_invoice=False, currency="JPY", amount=1))


@pytest.mark.parametrize(
    ("day", "today", "until"),
    [
        (date(2026, 1, 1), date(2026, 6, 30), None),
        (date(2026, 1, 1), date(2026, 7, 1), "2026-06-30"),
        (date(2025, 12, 31), date(2026, 3, 31), None),
        (date(2025, 12, 31), date(2026, 4, 1), "2026-03-31"),
        (date(2024, 12, 31), date(2026, 3, 1), "2025-03-31"),
        (date(2026, 3, 30), TODAY, None),
    ],
)
def test_an_invoice_grows_too_old_by_its_age_and_by_the_years_end(day: date, today: date, until: str | None) -> None:
    facts = found("invoice_old", item(invoice_day=day), today=today)
    assert facts.get("1", {}).get("until") == until


def test_without_a_term_for_last_year_only_the_age_counts() -> None:
    rules = replace(BOOK, days=Days(last_year=None))
    assert found("invoice_old", item(invoice_day=date(2025, 12, 31)), rules=rules, today=date(2026, 4, 1)) == {}


@pytest.mark.parametrize(("away", "outside"), [(-7, False), (-8, True), (0, False), (8, False), (9, True)])
def test_an_invoice_is_dated_around_the_visit(away: int, outside: bool) -> None:
    line = item(invoice_day=MONDAY + away * DAY)
    assert ("1" in found("invoice_outside", line, visits=(VISIT,))) is outside


def test_one_of_several_visits_is_enough_and_without_a_visit_there_is_nothing_to_miss() -> None:
    line = item(invoice_day=MONDAY + 60 * DAY)
    later = LinkedVisit("10000002", MONDAY + 58 * DAY, MONDAY + 59 * DAY)
    assert found("invoice_outside", line, visits=(VISIT, later)) == {}
    assert found("invoice_outside", line) == {}
    facts = found("invoice_outside", item(invoice_day=MONDAY + 40 * DAY), visits=(VISIT, later))
    assert facts["1"]["number"] == later.number  # the nearest one is named


def test_no_more_is_claimed_of_an_invoice_than_it_is_over_all_its_lines_together() -> None:
    one = item("1", amount=60_00, invoice="R1", invoice_total=100_00)
    other = item("2", amount=40_00, invoice="R1", invoice_total=100_00)
    assert found("invoice_short", one, other) == {}
    more = item("3", amount=1, invoice="R1", invoice_total=100_00)
    assert found("invoice_short", one, other, more) == {
        "1": {"asked": "10001", "total": "10000", "currency": "CNY"},
    }


def test_an_invoice_in_another_currency_is_compared_in_that_currency() -> None:
    line = item(amount=710_00, paid=100_00, paid_currency="USD", invoice_total=100_00)
    assert found("invoice_short", line) == {}


@pytest.mark.parametrize(
    ("name", "tax_id", "wrong"),
    [
        (COMPANY.name, COMPANY.tax_id, False),
        (" 亚特里姆科技有限公司 ", "91310000ma1k00000x", False),
        (COMPANY.name, "", False),
        ("", COMPANY.tax_id, False),
        ("", "", False),
        ("林梅", "", True),
        (COMPANY.name, "91310000MA1K00000Y", True),
        ("别的公司", COMPANY.tax_id, True),
        ("", "91310000MA1K00000Y", True),
    ],
)
def test_an_invoice_carries_the_companys_title(name: str, tax_id: str, wrong: bool) -> None:
    facts = found("wrong_title", item(buyer_name=name, buyer_tax_id=tax_id))
    assert ("1" in facts) is wrong
    if wrong:
        assert (facts["1"]["name"], facts["1"]["tax_id"]) == (COMPANY.name, COMPANY.tax_id)


def test_brackets_of_either_width_are_the_same_title() -> None:
    rules = replace(BOOK, titles=(replace(COMPANY, name="亚特里姆（上海）有限公司"),))
    line = item(buyer_name="亚特里姆(上海)有限公司", buyer_tax_id=COMPANY.tax_id)
    assert found("wrong_title", line, rules=rules) == {}


def test_before_the_company_states_a_title_none_is_wrong() -> None:
    assert found("wrong_title", item(buyer_name="林梅"), rules=replace(BOOK, titles=())) == {}
