"""Making processes: refused with every fault, published in versions that never change, tried out."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import Forbidden, IllegalMove, Invalid, NotFound, Stale
from chalicelib.domain.processes import VISIT
from chalicelib.models.directory import PersonItem
from chalicelib.models.store import replace as replace_item
from chalicelib.services import processes, references
from chalicelib.services.directory import forget
from tests.company import NOW
from tests.services.conftest import Company
from tests.services.process_examples import ABOVE, FIELDS, VALUES, field, published, sent, step, steps


def faults(company: Company, key: str = "purchase", **changes: Any) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        processes.create(company.call(company.admin), key, sent(company, **changes))
    return [(fault.path, fault.code) for fault in refused.value.fields]


def test_a_draft_is_seen_by_administrators_only_until_it_is_published(company: Company) -> None:
    processes.create(company.call(company.admin), "purchase", sent(company))
    assert [each.id for each in processes.listed(company.call(company.admin))] == ["purchase"]
    assert processes.listed(company.call(company.applicant)) == []
    with pytest.raises(NotFound):
        processes.detail(company.call(company.applicant), "purchase")
    processes.publish(company.call(company.admin), "purchase")
    assert [each.id for each in processes.listed(company.call(company.applicant))] == ["purchase"]
    shown = processes.detail(company.call(company.applicant), "purchase")
    assert (shown.draft, shown.moves) == (None, ())
    assert shown.published is not None


def test_only_administrators_make_and_change_processes(company: Company) -> None:
    published(company)
    call = company.call(company.manager)
    for attempt in (
        lambda: processes.create(call, "other", sent(company)),
        lambda: processes.change(call, "purchase", sent(company)),
        lambda: processes.publish(call, "purchase"),
        lambda: processes.retire(call, "purchase"),
        lambda: processes.dry_run(call, "purchase", company.applicant.id, VALUES),
    ):
        with pytest.raises(Forbidden):
            attempt()


def test_faults_of_heading_form_and_steps_are_named_together_by_their_places(company: Company) -> None:
    wrong = [
        step("manager", {"kind": "role", "role": "wizard"}, condition=ABOVE | {"field": "nothing"}),
        step("manager", {"kind": "person", "person": "NOBODY"}),
    ]
    found = faults(company, "Bad Key", prefix="b", fields=[*FIELDS, field("why", "choice")], steps=wrong)
    assert {
        ("key", "bad_key"),
        ("prefix", "bad_prefix"),
        ("fields.3.key", "duplicate"),
        ("fields.3.choices", "required"),
        ("steps.0.rules.0.role", "unknown_role"),
        ("steps.0.condition.field", "unknown_field"),
        ("steps.1.key", "duplicate"),
        ("steps.1.rules.0.person", "unknown_person"),
    } <= set(found)


@pytest.mark.parametrize("pattern", ["(", "(?=a)", r"(a)\1", "a)|(b", r"(\w{50}){50}", "(?x)a#"])
def test_a_pattern_that_cannot_be_matched_in_linear_time_is_refused(company: Company, pattern: str) -> None:
    fields = [field("serial", "text", pattern=pattern)]
    found = faults(company, fields=fields, steps=[step("manager", {"kind": "manager", "levels": 1})])
    assert found == [("fields.0.pattern", "bad_pattern")]


@pytest.mark.parametrize("currency", ["YUAN", "XAU", "cny"])
def test_only_currencies_of_money_are_taken(company: Company, currency: str) -> None:
    fields = [field("cost", "money", currency=currency)]
    found = faults(company, fields=fields, steps=[step("manager", {"kind": "manager", "levels": 1})])
    assert found == [("fields.0.currency", "unknown_currency")]


def test_amounts_in_conditions_are_kept_in_minor_units(company: Company) -> None:
    published(company)
    condition = processes.definition_of(company.store, "purchase", 1).steps[1].condition
    assert condition is not None
    assert condition.value == 100_000  # type: ignore[union-attr]


def test_an_amount_finer_than_the_currency_is_refused_at_its_place(company: Company) -> None:
    wrong = steps(company)
    wrong[1]["condition"] = {"kind": "not", "part": ABOVE | {"value": "0.001"}}
    assert faults(company, steps=wrong) == [("steps.1.condition.part.value", "bad_value")]


def test_a_key_and_a_prefix_belong_to_one_process(company: Company) -> None:
    published(company)
    assert faults(company, prefix="OTHER") == [("key", "duplicate")]
    assert faults(company, key="other") == [("prefix", "duplicate")]
    assert faults(company, key=VISIT.key, prefix="OTHER") == [("key", "duplicate")]


def test_a_prefix_that_was_given_up_is_free_again(company: Company) -> None:
    published(company)
    processes.change(company.call(company.admin), "purchase", sent(company, prefix="PURCHASE"))
    processes.create(company.call(company.admin), "other", sent(company))


def test_a_published_version_stays_as_it_is_when_the_draft_goes_on(company: Company) -> None:
    published(company)
    renamed = sent(company, title={"en": "Buying", "zh": "购买"}, fields=[*FIELDS, field("note", "long_text")])
    processes.change(company.call(company.admin), "purchase", renamed)
    (shown,) = processes.listed(company.call(company.applicant))
    assert (shown.title["en"], shown.published, shown.edited) == ("Purchase request", 1, True)
    processes.publish(company.call(company.admin), "purchase")
    (shown,) = processes.listed(company.call(company.applicant))
    assert (shown.title["en"], shown.published, shown.edited) == ("Buying", 2, False)
    processes.forget()
    assert len(processes.version_of(company.store, "purchase", 1).form.fields) == 3
    assert len(processes.version_of(company.store, "purchase", 2).form.fields) == 4
    assert processes.definition_of(company.store, "purchase", 2).version == 2


def test_a_version_is_read_once_in_the_life_of_a_process(company: Company) -> None:
    published(company)
    processes.definition_of(company.store, "purchase", 1)
    before = company.store.calls
    processes.definition_of(company.store, "purchase", 1)
    assert company.store.calls == before
    assert processes.definition_of(company.store, "visit", 1) is VISIT


def test_what_was_never_published_has_no_definition(company: Company) -> None:
    processes.create(company.call(company.admin), "purchase", sent(company))
    with pytest.raises(NotFound):
        processes.definition_of(company.store, "purchase", 1)


def test_publishing_checks_again_who_still_works_here(company: Company) -> None:
    processes.create(company.call(company.admin), "purchase", sent(company))
    company.store.write(replace_item(PersonItem.from_person(replace(company.host, active=False, version=2))))
    forget()
    with pytest.raises(Invalid) as refused:
        processes.publish(company.call(company.admin, now=NOW + timedelta(minutes=5)), "purchase")
    assert refused.value.fields[0].path == "steps.1.rules.0.person"


def test_publishing_twice_without_a_change_and_an_old_version_are_refused(company: Company) -> None:
    published(company)
    with pytest.raises(IllegalMove):
        processes.publish(company.call(company.admin), "purchase")
    with pytest.raises(Stale):
        processes.change(company.call(company.admin, expected_version=1), "purchase", sent(company))


def test_a_retired_process_is_found_by_administrators_only(company: Company) -> None:
    published(company)
    processes.retire(company.call(company.admin), "purchase")
    assert processes.listed(company.call(company.applicant)) == []
    assert processes.detail(company.call(company.admin), "purchase").moves == ("change", "publish")


@pytest.mark.parametrize(("price", "finance"), [("600", "skipped"), ("600.01", "asked")])
def test_a_dry_run_shows_the_way_with_names_and_writes_nothing(company: Company, price: str, finance: str) -> None:
    processes.create(company.call(company.admin), "purchase", sent(company))
    before = dict(company.store.items)
    values = {"why": "Chairs", "items": [{"amount": price}, {"amount": 40000}]}
    run = processes.dry_run(company.call(company.admin), "purchase", company.applicant.id, values)
    assert [(each.step, str(each.outcome)) for each in run.steps] == [("manager", "asked"), ("finance", finance)]
    assert run.names[company.manager.id] == "陈经理"
    assert company.store.items == before


def test_a_dry_run_names_a_wrong_applicant_and_wrong_values(company: Company) -> None:
    published(company)
    for applicant, values, path in ((company.applicant.id, {}, "values.why"), ("NOBODY", VALUES, "applicant")):
        with pytest.raises(Invalid) as refused:
            processes.dry_run(company.call(company.admin), "purchase", applicant, values)
        assert refused.value.fields[0].path == path


def test_changing_and_publishing_take_one_read_and_one_transaction(company: Company) -> None:
    references.create(company.call(company.admin), "contracts", {"en": "Contracts", "zh": "合同"}, ["C-1"])
    checked = [*FIELDS, field("serial", "text", check="contracts"), field("second", "text", check="contracts")]
    asked = sent(company, fields=checked, steps=[step("manager", {"kind": "manager", "levels": 1})])
    processes.create(company.call(company.admin), "purchase", asked)
    company.store.calls = 0
    processes.change(company.call(company.admin), "purchase", asked)
    assert company.store.calls == 2
    company.store.calls = 0
    processes.publish(company.call(company.admin), "purchase")
    assert company.store.calls == 2
