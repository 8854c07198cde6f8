"""Pieces that stay under a threshold, and the same thing twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chalicelib.domain.compliance import LinkedApplication
from tests.domain.compliance.examples import BOOK, DAY, MONDAY, VISIT, found, item, recent

PRINTER = {"vendor": "快印公司", "amount": 3000_00}


def test_pieces_of_one_seller_and_category_count_together() -> None:
    facts = found("split", item("1", **PRINTER), item("2", day=MONDAY + 3 * DAY, **PRINTER))
    assert sorted(facts) == ["1", "2"]
    assert (facts["1"]["total"], facts["1"]["count"], facts["1"]["limit"]) == ("600000", "2", "500000")


@pytest.mark.parametrize(
    "other",
    [
        {"vendor": "别家"},
        {"vendor": ""},
        {"category": "gift"},
        {"day": MONDAY + 8 * DAY},
        {"amount": 2000_00},  # together no more than the threshold
        {"amount": 5000_01},  # above the threshold itself: it hides nothing
        {"currency": "JPY"},
    ],
)
def test_other_sellers_categories_times_and_sums_are_no_pieces(other: dict[str, object]) -> None:
    assert found("split", item("1", **PRINTER), item("2", **PRINTER | other)) == {}


def test_pieces_in_other_claims_count_but_two_of_others_are_not_this_claims() -> None:
    assert list(found("split", item("1", **PRINTER), recent=(recent(**PRINTER),))) == ["1"]
    others = (recent("CL1", **PRINTER), recent("CL2", **PRINTER))
    assert found("split", item("1", vendor="快印公司", amount=1, day=MONDAY + 20 * DAY), recent=others) == {}


def test_a_seller_is_the_same_however_it_is_written() -> None:
    assert "1" in found(
        "split", item("1", vendor="ACME  Ltd", amount=3000_00), item("2", vendor="ａcme ltd ", amount=3000_00)
    )


def test_pieces_without_an_invoice_stay_under_the_invoices_threshold() -> None:
    pieces = [item(str(key), vendor="小店", amount=300_00, has_invoice=False) for key in (1, 2)]
    assert found("split", *pieces)["1"]["limit"] == "50000"
    assert found("split", pieces[0], replace(pieces[1], has_invoice=True)) == {}


def test_pieces_stay_under_what_has_to_be_applied_for_unless_it_was() -> None:
    pieces = [item("1", vendor="酒店", category="meal", amount=800_00)]
    before = (recent(vendor="酒店", category="meal", amount=800_00),)
    assert found("split", *pieces, recent=before)["1"]["limit"] == "100000"
    assert found("split", *pieces, recent=before, visits=(VISIT,)) == {}
    assert found("split", *pieces, recent=before, applications=(LinkedApplication("BA1"),)) == {}


def test_duplicate_by_amount_alone_is_no_duplicate() -> None:
    one = item("1", vendor="滴滴出行", amount=35_00)
    assert found("duplicate", one, item("2", vendor="地铁", amount=35_00)) == {}
    assert found("duplicate", one, item("2", vendor="滴滴出行", amount=35_00, day=MONDAY + DAY)) == {}
    assert found("duplicate", item("1", amount=35_00), item("2", amount=35_00)) == {}  # nobody knows who sold
    assert found("duplicate", one, recent=(recent(vendor="地铁", amount=35_00),)) == {}


def test_the_same_seller_day_and_sum_look_like_a_duplicate() -> None:
    one = item("1", vendor="滴滴出行", amount=35_00)
    facts = found("duplicate", one, replace(one, key="2"))
    assert {key: each["other"] for key, each in facts.items()} == {"1": "2", "2": "1"}
    elsewhere = found("duplicate", one, recent=(recent("CL7", vendor="滴滴出行 ", amount=35_00),))
    assert elsewhere["1"]["number"] == "CL7"


def test_the_sum_that_was_paid_is_compared_not_what_rates_made_of_it() -> None:
    abroad = {"vendor": "Hotel", "paid": 100_00, "paid_currency": "USD"}
    assert "1" in found("duplicate", item("1", amount=710_00, **abroad), recent=(recent(amount=730_00, **abroad),))
    yen = {"vendor": "Hotel", "paid": 100_00, "paid_currency": "JPY"}
    assert found("duplicate", item("1", amount=710_00, **abroad), item("2", amount=710_00, **yen)) == {}


def test_a_company_may_do_without_a_threshold_for_pieces() -> None:
    rules = replace(BOOK, sums=())
    assert found("split", item("1", **PRINTER), item("2", **PRINTER), rules=rules) == {}
