"""The check as a whole: it never fails, says the same whenever it is asked, and does not mind the order of anything."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.compliance import (
    BASES,
    CHECKS,
    RULES,
    SHIPPED,
    BudgetRoom,
    Context,
    Days,
    Item,
    Limit,
    LinkedApplication,
    LinkedVisit,
    Recent,
    Rules,
    check,
)
from tests.domain.compliance.examples import BOOK, TIERS, book, context, item, limit, names

CATEGORIES = st.sampled_from(["meal", "lodging", "taxi", "gift", ""])
CURRENCIES = st.sampled_from(["CNY", "JPY", "KWD", ""])
AMOUNTS = st.integers(-10, 10**6) | st.integers(-(10**18), 10**18)
NEAR = st.dates(date(2026, 2, 20), date(2026, 3, 25))
DATES = NEAR | st.dates()
TEXTS = st.sampled_from(["", "上海", "上海市", "ACME", "acme ", "南京"]) | st.text(max_size=6)
COUNTS = st.integers(-1, 6)


def items(key: st.SearchStrategy[str]) -> st.SearchStrategy[Item]:
    """Any line at all."""
    return st.builds(
        Item,
        key=key,
        category=CATEGORIES,
        day=DATES,
        amount=AMOUNTS,
        currency=CURRENCIES,
        paid=st.none() | AMOUNTS,
        paid_currency=CURRENCIES,
        place=TEXTS,
        heads=COUNTS,
        nights=COUNTS,
        trip=st.sampled_from(["", "1"]),
        vendor=TEXTS,
        alcohol=st.booleans(),
        has_invoice=st.booleans(),
        invoice=st.sampled_from(["", "R1", "R2"]),
        invoice_day=st.none() | DATES,
        invoice_total=st.none() | AMOUNTS,
        buyer_name=TEXTS,
        buyer_tax_id=TEXTS,
    )


CLAIMS = st.lists(items(st.sampled_from("123456")), max_size=6, unique_by=lambda each: each.key)
VISITS = st.builds(
    LinkedVisit, number=st.sampled_from("12"), first=DATES, last=DATES, came=st.none() | COUNTS, hosts=COUNTS
)
CONTEXTS = st.builds(
    Context,
    today=DATES,
    grade=st.sampled_from(["", "P7"]),
    visits=st.lists(VISITS, max_size=2, unique_by=lambda each: each.number).map(tuple),
    applications=st.lists(
        st.builds(LinkedApplication, st.just("BA1"), st.frozensets(CATEGORIES, max_size=2)), max_size=1
    ).map(tuple),
    recent=st.lists(st.builds(Recent, st.sampled_from(["CL1", "CL2"]), items(st.just("9"))), max_size=5).map(tuple),
    budgets=st.lists(st.builds(BudgetRoom, st.text(max_size=3), CURRENCIES, AMOUNTS, AMOUNTS), max_size=2).map(tuple),
    rest=st.dictionaries(DATES, st.sampled_from(["weekend", "holiday"]), max_size=3),
)
LIMITS = st.builds(
    Limit,
    id=st.text("abc", max_size=3),
    category=CATEGORIES,
    basis=st.sampled_from(BASES),
    grade=st.sampled_from(["", "P7"]),
    tier=st.sampled_from(["", "first"]),
    currency=CURRENCIES,
    valid_from=DATES,
    valid_until=st.none() | DATES,
    amount=st.none() | st.integers(0, 10**7),
)
DAYS = st.builds(Days, st.integers(0, 3650), st.none() | st.integers(1, 366), *[st.integers(0, 3650) for _ in range(3)])
BOOKS = st.builds(
    lambda limits, days: replace(BOOK, limits=tuple(limits), days=days, tiers=TIERS), st.lists(LIMITS, max_size=8), DAYS
) | st.just(SHIPPED)


@given(CLAIMS, CONTEXTS, BOOKS)
@settings(max_examples=120, deadline=None)
def test_whatever_a_claim_is_like_the_check_never_fails_and_names_its_lines(
    lines: list[Item], told: Context, rules: Rules
) -> None:
    findings = check(lines, told, rules)
    assert {each.line for each in findings} <= {"", *(each.key for each in lines)}
    assert all(each.severity != "off" and each.rule in RULES for each in findings)
    assert all(isinstance(value, str) for each in findings for value in each.facts.values())
    assert len(names(findings)) == len(set(names(findings))) or any(each.rule == "over_budget" for each in findings)


@given(CLAIMS, CONTEXTS, BOOKS, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_of_lines_links_and_limits_does_not_matter(
    lines: list[Item], told: Context, rules: Rules, chance: random.Random
) -> None:
    turned = replace(
        told,
        visits=shuffled(told.visits, chance),
        applications=shuffled(told.applications, chance),
        recent=shuffled(told.recent, chance),
    )
    unequal = replace(rules, limits=_one_of_each_subject(rules.limits))
    other = replace(unequal, limits=shuffled(unequal.limits, chance))
    assert check(shuffled(tuple(lines), chance), turned, other) == check(lines, told, unequal)


def shuffled[T](values: tuple[T, ...], chance: random.Random) -> tuple[T, ...]:
    return tuple(chance.sample(values, len(values)))


def _one_of_each_subject(limits: tuple[Limit, ...]) -> tuple[Limit, ...]:
    """As they are kept: no two for the same on one day, each with an id of its own."""
    by_subject = {each.subject: each for each in limits}
    return tuple(replace(each, id=str(number)) for number, each in enumerate(by_subject.values()))


@given(CLAIMS, CONTEXTS, BOOKS)
@settings(max_examples=30, deadline=None)
def test_asked_twice_it_says_the_same(lines: list[Item], told: Context, rules: Rules) -> None:
    assert check(lines, told, rules) == check(lines, told, replace(rules, version=rules.version + 1))


def test_every_rule_has_its_function_and_a_severity_as_shipped() -> None:
    assert tuple(CHECKS) == RULES
    assert {*SHIPPED.severities} == {*RULES}


def test_a_clean_claim_has_no_findings() -> None:
    assert check([item()], context(), BOOK) == ()


def test_findings_come_by_line_those_of_the_claim_first() -> None:
    lines = [item("2", alcohol=True, vendor="a"), item("1", category="meal", amount=999_00, alcohol=True)]
    told = context(budgets=(BudgetRoom("b", "CNY", 2, 1),))
    expected = [("", "over_budget"), ("1", "over_head"), ("1", "alcohol"), ("2", "alcohol")]
    assert names(check(lines, told, book(limit()))) == expected
