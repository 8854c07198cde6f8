"""Rules of spending over HTTP: shipped until finance changes them, kept with their history, looked up by everybody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from chalicelib.domain.compliance import RULES, SHIPPED
from chalicelib.domain.directory import Person
from chalicelib.services import compliance
from infra import example_rules
from tests import company, desk
from tests.client import Client

FINANCE = company.person(
    "finance", name="孙莉", roles=frozenset({"employee", "finance"}), second_factor_since=company.LONG_AGO
)
EMPLOYEE = company.person("employee", grade="P7")
DINNER = {"category": "meal", "basis": "head", "grade": "P7", "valid_from": "2026-01-01", "amount": "400"}
TITLE = {"name": "亚特里姆科技有限公司", "tax_id": "91310000ma1k00000x"}
TIERS = [
    {"key": key, "title": {"en": key, "zh": key}, "places": places}
    for key, places in (("first", "上海、北京"), ("second", "苏州"))
]


@pytest.fixture
def counter(monkeypatch: pytest.MonkeyPatch) -> Iterator[desk.Desk]:
    opened = desk.open_desk(monkeypatch)
    for someone in (FINANCE, EMPLOYEE):
        company.add_person(opened.store, someone)
    yield opened


def client(counter: desk.Desk, who: Person = FINANCE) -> Client:
    return counter.client(who)


def make(program: Client, **facts: Any) -> Any:
    answer = program.post("/spending-rules", DINNER | facts)
    assert answer.status == 201, answer.text
    return answer.json


def test_before_anybody_changed_anything_the_shipped_rules_hold(counter: desk.Desk) -> None:
    listed = client(counter).get("/spending-rules").json
    assert {each["id"] for each in listed["items"]} == {each.id for each in SHIPPED.limits}
    assert listed["version"] == 0
    settings = client(counter).get("/spending-rules/settings").json["rules"]
    assert {*settings["severities"]} == {*RULES}


def test_the_first_change_writes_the_shipped_rules_down_with_it(counter: desk.Desk) -> None:
    id = make(client(counter))["id"]
    listed = client(counter).get("/spending-rules").json
    assert {each["id"] for each in listed["items"]} == {id, *(each.id for each in SHIPPED.limits)}
    assert listed["version"] == 1
    kept = compliance.whole(counter.store, counter.now)
    assert (kept.tiers, kept.severities, kept.sums) == (SHIPPED.tiers, SHIPPED.severities, SHIPPED.sums)


def test_a_shipped_limit_ends_like_any_other(counter: desk.Desk) -> None:
    shipped = next(each for each in SHIPPED.limits if each.category == "gift")
    program = client(counter)
    shown = program.get(f"/spending-rules/{shipped.id}")
    body = {"category": "gift", "basis": "head", "valid_from": "2020-01-01", "amount": 300_00}
    seen = {"If-Match": shown.headers["etag"]}
    changed = program.post(f"/spending-rules/{shipped.id}", body | {"valid_until": "2026-12-31"}, headers=seen)
    assert changed.status == 200, changed.text
    assert program.get(f"/spending-rules/{shipped.id}").json["limit"]["valid_until"] == "2026-12-31"
    assert program.post(f"/spending-rules/{shipped.id}", body, headers=seen).status == 412


def test_a_limit_is_kept_in_minor_units_and_a_newer_one_takes_over(counter: desk.Desk) -> None:
    program = client(counter)
    old = make(program, amount="400.5")["id"]
    new = make(program, valid_from="2026-02-01", amount="450")["id"]
    (before,) = program.get(f"/spending-rules/{new}").json["others"]
    assert (before["id"], before["amount"], before["valid_until"]) == (old, 40050, "2026-01-31")
    listed = program.get("/spending-rules?grade=P7").json["items"]
    assert [each["id"] for each in listed] == [new]
    assert [each["id"] for each in program.get("/spending-rules?grade=P7&when=all").json["items"]] == [new, old]


def test_a_limit_in_force_may_end_and_nothing_else(counter: desk.Desk) -> None:
    program = client(counter)
    id = make(program)["id"]
    assert program.post(f"/spending-rules/{id}", DINNER | {"valid_until": "2026-12-31"}).status == 200
    answer = program.post(f"/spending-rules/{id}", DINNER | {"amount": "1"})
    assert [error["code"] for error in answer.json["errors"]] == ["limit_in_force"]


@pytest.mark.parametrize(
    ("facts", "path", "code"),
    [
        ({"amount": "12.345"}, "amount", "bad_amount"),
        ({"amount": "-1"}, "amount", "bad_amount"),
        ({"amount": 10**15}, "amount", "bad_amount"),
        ({"currency": "JPY", "amount": "10.5000"}, "amount", "bad_amount"),
        ({"tier": "moon"}, "tier", "unknown_place_tier"),
        ({"category": "Big Meal"}, "category", "bad_key"),
        ({"category": "moon"}, "category", "unknown_expense_category"),
        ({"basis": "hour"}, "basis", "bad_choice"),
        ({"currency": "XAU"}, "currency", "unknown_currency"),
        ({"valid_from": "soon"}, "valid_from", "bad_format"),
        ({"valid_until": "2025-01-01"}, "valid_until", "end_before_start"),
        ({"surprise": 1}, "surprise", "unknown_field"),
    ],
)
def test_what_cannot_stand_is_named_by_its_field(
    counter: desk.Desk, facts: dict[str, Any], path: str, code: str
) -> None:
    answer = client(counter).post("/spending-rules", DINNER | facts)
    assert answer.status == 422
    assert [(error["path"], error["code"]) for error in answer.json["errors"]] == [(path, code)]


def test_an_overlap_is_refused_with_the_period_in_the_way(counter: desk.Desk) -> None:
    program = client(counter)
    make(program, valid_until="2026-12-31")
    (error,) = program.post("/spending-rules", DINNER | {"valid_from": "2026-06-01"}).json["errors"]
    assert (error["path"], error["code"]) == ("valid_from", "standard_overlaps")


def test_finance_states_what_is_looked_for_and_everybody_sees_it(counter: desk.Desk) -> None:
    program = client(counter)
    settings = {
        "severities": {"alcohol": "block"},
        "days": {"invoice": 90, "last_year": 30},
        "sums": [{"currency": "CNY", "no_invoice": "200", "auto": "1000.50"}, {"currency": "JPY", "auto": "9000"}],
        "terms": [{"category": "meal", "rest_days": True, "application_above": "800"}],
        "tiers": TIERS,
        "titles": [TITLE],
        "audit_share": 20,
    }
    seen = program.get("/spending-rules/settings").headers["etag"]
    answer = program.post("/spending-rules/settings", settings, headers={"If-Match": seen})
    assert answer.status == 200, answer.text
    kept = compliance.whole(counter.store, counter.now)
    assert [(each.currency, each.no_invoice, each.split, each.auto) for each in kept.sums] == [
        ("CNY", 200_00, None, 1000_50),
        ("JPY", 0, None, 9000),
    ]
    assert (kept.severity("alcohol"), kept.severity("future"), kept.audit_share) == ("block", "block", 20)
    assert kept.tiers[0].places == ("上海", "北京")
    mine = client(counter, EMPLOYEE).get("/spending-rules/mine").json
    assert mine["titles"] == [{"name": TITLE["name"], "tax_id": TITLE["tax_id"].upper()}]
    again = program.post("/spending-rules/settings", settings, headers={"If-Match": seen})
    assert again.status == 412


@pytest.mark.parametrize(
    ("facts", "path", "code"),
    [
        ({"severities": {"alcohol": "jail"}}, "severities.alcohol", "bad_choice"),
        ({"severities": {"weather": "note"}}, "severities.weather", "bad_choice"),
        ({"days": {"visit": 10**9}}, "days.visit", "out_of_range"),
        ({"days": {"visit": "soon"}}, "days.visit", "bad_format"),
        ({"sums": [{"currency": "CNY", "auto": "1.234"}]}, "sums.0.auto", "bad_amount"),
        ({"sums": [{"currency": "CNY", "no_invoice": 10**15}]}, "sums.0.no_invoice", "bad_amount"),
        ({"terms": [{"category": ""}]}, "terms.0.category", "bad_key"),
        ({"terms": [{"category": "meal", "application_above": "x"}]}, "terms.0.application_above", "bad_amount"),
        ({"titles": [{"name": "A", "tax_id": "1"}]}, "titles.0.tax_id", "bad_tax_id"),
        ({"tiers": TIERS[:1]}, "tiers", "place_tier_in_use"),
        ({"audit_share": 101}, "audit_share", "out_of_range"),
    ],
)
def test_settings_that_cannot_stand_are_named_by_their_field(
    counter: desk.Desk, facts: dict[str, Any], path: str, code: str
) -> None:
    answer = client(counter).post("/spending-rules/settings", {"tiers": TIERS} | facts)
    assert answer.status == 422
    assert [(error["path"], error["code"]) for error in answer.json["errors"]] == [(path, code)]


def test_two_wrong_sums_are_named_at_once(counter: desk.Desk) -> None:
    sums = [{"currency": "CNY", "auto": "1.234", "split": "much"}]
    answer = client(counter).post("/spending-rules/settings", {"tiers": TIERS, "sums": sums})
    assert sorted(error["path"] for error in answer.json["errors"]) == ["sums.0.auto", "sums.0.split"]


def amounts(program: Client, query: str, category: str) -> list[int | None]:
    """The cells of a category's first limit."""
    found = program.get(f"/spending-rules/mine{query}").json["categories"]
    limits = next(each["limits"] for each in found if each["key"] == category)
    return [cell["amount"] for cell in limits[0]["cells"]]


def test_everybody_looks_up_what_they_may_spend(counter: desk.Desk) -> None:
    make(client(counter))
    somebody = client(counter, EMPLOYEE)
    assert amounts(somebody, "", "lodging") == [700_00, 550_00, 400_00]
    assert amounts(somebody, "", "meal") == [300_00, 250_00, 400_00]  # the place counts before the grade
    assert amounts(somebody, "?place=苏州工业园区", "lodging") == [550_00]
    assert amounts(somebody, "?place=Nowhere", "meal") == [400_00]
    assert somebody.get("/spending-rules").status == 403


def test_the_page_of_what_one_may_spend_names_it(counter: desk.Desk) -> None:
    page = client(counter, EMPLOYEE).page("/spending-rules/mine?place=Shanghai&lang=en").text
    assert "700.00 CNY a person and night" in page
    assert "First-tier cities" in page
    assert "P7" in page
    assert "Apply beforehand, whatever it costs." in page


def test_pages_list_limits_and_lead_to_their_forms(counter: desk.Desk) -> None:
    program = client(counter)
    id = make(program)["id"]
    page = program.page("/spending-rules").text
    assert f"/spending-rules/{id}" in page
    assert "400.00 CNY" in page
    assert 'name="valid_until"' in program.page("/spending-rules/new").text
    settings = program.page("/spending-rules/settings").text
    assert 'name="severities.alcohol"' in settings
    assert 'name="sums.0.auto"' in settings


def test_a_refused_form_keeps_what_was_typed(counter: desk.Desk) -> None:
    typed = {"category": "venue", "basis": "day", "valid_from": "2026-05-01", "amount": "twelve", "note": "Rule 7"}
    answer = client(counter).submit("/spending-rules", typed)
    assert answer.status == 422
    assert 'value="twelve"' in answer.text
    assert 'value="Rule 7"' in answer.text


def test_the_form_of_the_settings_as_it_is_shown_changes_nothing(counter: desk.Desk) -> None:
    from chalicelib.handlers.compliance.shown import rule_values

    answer = client(counter).submit("/spending-rules/settings", rule_values(SHIPPED))
    assert answer.status == 303, answer.text
    kept = compliance.whole(counter.store, counter.now)
    assert (kept.tiers, kept.terms, kept.sums, kept.days) == (SHIPPED.tiers, SHIPPED.terms, SHIPPED.sums, SHIPPED.days)
    assert (kept.severities, kept.audit_share, kept.version) == (SHIPPED.severities, SHIPPED.audit_share, 1)


def test_the_example_company_states_the_shipped_rules_with_its_title(counter: desk.Desk) -> None:
    program = client(counter)
    for _ in range(2):  # as often as it is made anew
        known = program.get("/spending-rules/settings").json["rules"]
        assert program.post("/spending-rules/settings", example_rules.stated(known)).status == 200
    kept = compliance.whole(counter.store, counter.now)
    assert [(each.name, each.tax_id) for each in kept.titles] == [(*example_rules.TITLE.values(),)]
    assert (kept.tiers, kept.terms, kept.sums, kept.days) == (SHIPPED.tiers, SHIPPED.terms, SHIPPED.sums, SHIPPED.days)


def test_a_limit_that_there_is_not_is_not_found(counter: desk.Desk) -> None:
    assert client(counter).get("/spending-rules/nothing").status == 404
