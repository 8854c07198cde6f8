"""Rules of spending as services read them, the check with the calendar, and findings in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from chalicelib.domain.compliance import (
    RULES,
    SHIPPED,
    BudgetRoom,
    Context,
    Finding,
    Item,
    Limit,
    Sums,
    TaxTitle,
    check,
)
from chalicelib.domain.errors import Contention, Forbidden, Stale
from chalicelib.services import compliance
from chalicelib.services.ahead import read_ahead
from chalicelib.web.messages import message
from tests.domain.compliance.examples import BOOK, TODAY, VISIT, book, context, item, limit, recent
from tests.services.conftest import Company

SATURDAY, MADE_UP, NATIONAL_DAY = date(2026, 3, 7), date(2026, 2, 28), date(2026, 10, 1)
DINNER = Limit("", "meal", "head", "P7", "", "CNY", date(2026, 1, 1))


@pytest.fixture
def company(on_either_store: Company) -> Company:
    """The same cases on both."""
    return on_either_store


def line(day: date, category: str = "meal") -> Item:
    return Item(key="1", category=category, day=day, amount=100, currency="CNY", has_invoice=True)


def rules_found(company: Company, item: Item) -> list[str]:
    return [each.rule for each in compliance.check(company.call(company.applicant), [item], Context(item.day))]


def test_the_shipped_rules_are_known_before_anybody_changed_them(company: Company) -> None:
    assert compliance.known(company.store, company.now) == SHIPPED


def test_rules_are_read_back_as_they_were_stated(company: Company) -> None:
    stated = replace(SHIPPED, titles=(TaxTitle("Atrium", "91310000MA1K00000X"),), sums=(Sums("CNY"), Sums("JPY")))
    amounts = {"sums.0.no_invoice": "200", "sums.0.auto": 500, "sums.1.split": "9000"}
    compliance.set_rules(company.call(company.admin), stated, amounts)
    compliance.create(company.call(company.admin), DINNER, "400")
    kept = compliance.known(company.store, company.now)
    assert kept.sums == (Sums("CNY", no_invoice=200_00, auto=500), Sums("JPY", split=9000))
    assert (kept.titles, kept.days, kept.tiers, kept.version) == (stated.titles, stated.days, stated.tiers, 2)
    assert len(kept.limits) == len(SHIPPED.limits) + 1
    again = {each.id: replace(each, version=0) for each in kept.limits}
    assert all(again[each.id] == each for each in SHIPPED.limits)


def test_a_change_is_seen_by_whoever_reads_the_head_at_once(company: Company) -> None:
    call = company.call(company.applicant)
    assert compliance.now_in_force(call) == SHIPPED
    compliance.create(company.call(company.admin), DINNER, "400")
    compliance.known(company.store, company.now)
    ahead = read_ahead(call, compliance.keys())
    assert compliance.now_in_force(ahead).version == 1


def test_of_two_who_change_rules_at_once_one_begins_anew(company: Company) -> None:
    first = company.call(company.admin)
    rules = compliance.all_of(first)
    compliance.create(company.call(company.admin), DINNER, "400")
    stale = company.call(company.admin, expected_version=rules.version)
    with pytest.raises(Stale):
        compliance.set_rules(stale, SHIPPED, {})


def test_both_may_not_write_over_the_same_head(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    before = compliance.whole(company.store, company.now)
    compliance.create(company.call(company.admin), DINNER, "400")
    monkeypatch.setattr("chalicelib.services.compliance.keeping.whole", lambda *_: before)
    with pytest.raises(Contention):
        compliance.create(company.call(company.admin), replace(DINNER, grade="P8"), "500")


def test_only_keepers_change_rules(company: Company) -> None:
    with pytest.raises(Forbidden):
        compliance.create(company.call(company.applicant), DINNER, "400")


@pytest.mark.parametrize(
    ("day", "found"), [(SATURDAY, ["rest_day"]), (MADE_UP, []), (date(2026, 3, 6), []), (NATIONAL_DAY, ["rest_day"])]
)
def test_the_office_calendar_says_what_is_no_workday(company: Company, day: date, found: list[str]) -> None:
    assert rules_found(company, line(day)) == found
    assert rules_found(company, line(day, "lodging")) == []


def test_a_small_clean_claim_stands_by_the_rules_in_force(company: Company) -> None:
    call = company.call(company.applicant)
    found = compliance.standing(call, "C1", [], 100_00, "CNY")
    assert (found.clean, found.auto) == (True, not found.audited)


def every_finding() -> list[Finding]:
    """One finding of each rule and of each way to word it."""
    told = context(
        visits=(replace(VISIT, came=0, hosts=0),),
        recent=(recent("CL7", category="meal", vendor="A", amount=900_00),),
        rest={date(2025, 3, 1): "holiday", date(2025, 3, 8): "weekend"},
    )
    odd: dict[str, Any] = {"category": "meal", "alcohol": True, "heads": 3, "vendor": "A"}
    odd |= {"invoice_day": date(2025, 1, 1), "invoice_total": 1, "buyer_name": "林梅"}
    lines = [
        item("1", amount=900_00, **odd),
        item("2", amount=900_00, **odd | {"day": date(2025, 3, 1)}),
        item("7", amount=900_00, **odd | {"day": date(2025, 3, 8)}),
        item("3", amount=900_00, has_invoice=False, day=date(2026, 4, 1)),
        item("4", amount=3000_00, vendor="B"),
        item("5", amount=3000_00, vendor="B"),
    ]
    limits = [limit("meal", basis, 1, note="§3") for basis in ("head", "night", "day", "trip")]
    found = [*check(lines, told, book(*limits))]
    found += check([item("6", 2000_00, category="meal")], context(budgets=(BudgetRoom("b", "CNY", 2, 1),)), BOOK)
    return found


def test_every_rule_is_told_in_both_languages_with_what_it_says() -> None:
    findings = every_finding()
    assert {each.rule for each in findings} == {*RULES}
    for locale in ("zh-CN", "en"):
        for told in compliance.texts(findings, locale):
            assert told.title and told.text and told.says
            assert "%(" not in told.text + told.says
            assert "…" not in told.text + told.says


def test_a_finding_names_its_sums_its_days_and_where_the_rule_is_written() -> None:
    dinner = item(category="meal", heads=2, amount=500_00)
    (found,) = check([dinner], context(today=TODAY), book(limit(note="制度第3条")))
    (english,) = compliance.texts([found], "en")
    assert english.text == "500.00 CNY; allowed is 400.00 CNY, 200.00 CNY × people: 2."
    assert english.says == "At most 200.00 CNY a person. (制度第3条)"
    (chinese,) = compliance.texts([found], "zh-CN")
    assert (chinese.title, chinese.text) == ("超人均标准", "500.00 CNY，标准为400.00 CNY（200.00 CNY × 2人）。")


def test_a_claim_that_cannot_be_submitted_is_told_at_its_lines() -> None:
    findings = [replace(each, severity="block") for each in every_finding()]
    paths = {str(number): f"lines.{number}" for number in range(1, 8)}
    for fault in compliance.faults(findings, {}, paths):
        for locale in ("zh-CN", "en"):
            text = message(fault.code, fault.params, locale)
            assert text != message("refused", {}, locale)
            assert "…" not in text


def test_a_missing_reason_is_asked_for_at_the_reason_of_its_line() -> None:
    at_line, at_claim = Finding("alcohol", "justify", "a"), Finding("over_budget", "justify", "")
    faults = compliance.faults([at_line, at_claim], {}, {"a": "lines.0"})
    assert [(each.path, each.code) for each in faults] == [
        ("lines.0.reason", "finding_reason_needed"),
        ("reason", "finding_reason_needed"),
    ]
    assert compliance.faults([at_line, at_claim], {"a": "Board", "": "Board"}, {"a": "lines.0"}) == []
