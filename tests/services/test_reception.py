"""What a visit offers its visitors: estimated by the standards of the moment, above them only with a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.approvals import Compare, Definition, Operator, RoleRule, Step, check_definition
from chalicelib.domain.errors import Invalid
from chalicelib.domain.processes import VISIT
from chalicelib.domain.reception_items import ReceptionItem
from chalicelib.domain.visits import VISIT_FACTS, Visit, facts_of
from chalicelib.models.standards import StandardItem
from chalicelib.models.store import Query
from chalicelib.models.visits import VisitItem
from chalicelib.services import approvals, directory, standards, visits
from tests.fakes import MemoryStore
from tests.services.budgets import allot
from tests.services.conftest import Company
from tests.services.standards import keep, levels
from tests.services.test_visits import START, asked, decide, submitted, task_of

DAY = START.date()


def meal(**facts: Any) -> ReceptionItem:
    """A lunch of four guests and two hosts on the visit's day."""
    known: dict[str, Any] = {"day": DAY, "meal": "lunch", "guests": 4, "hosts": 2}
    return ReceptionItem("meal", **known | facts)


def kept(company: Company, visit_id: str) -> Visit:
    (item,) = company.store.get(VisitItem.at(visit_id))
    visit: Visit = item.to(Visit)
    return visit


def refused(company: Company, *items: ReceptionItem, **facts: Any) -> set[tuple[str, str]]:
    with pytest.raises(Invalid) as refusal:
        submitted(company, items=items, **facts)
    return {(fault.path, fault.code) for fault in refusal.value.fields}


def test_a_visit_keeps_its_estimate_in_minor_units_of_its_sites_currency(company: Company) -> None:
    keep(company)
    visit = kept(company, submitted(company, items=(meal(), meal(meal="dinner", price=10000))))
    assert (visit.estimate.total, visit.estimate.currency) == (150_000, "CNY")
    assert visit.estimate.by_type == {"meal": 150_000}
    assert visits.cost_of(visit) == visits.Cost(150_000, "CNY")


def test_an_excess_needs_a_reason_to_be_submitted_but_not_to_be_saved(company: Company) -> None:
    keep(company)
    expensive = meal(price=20000)
    visits.apply(company.call(company.applicant), asked(company, items=(expensive,)))
    assert refused(company, expensive) == {("items.0.reason", "reason_needed")}
    visit = kept(company, submitted(company, items=(replace(expensive, reason="董事会"),)))
    (excess,) = visit.estimate.excesses
    assert (excess.rule, excess.reason, excess.asked - excess.limit) == ("amount", "董事会", 30_000)


def test_what_the_standard_blocks_is_refused_by_its_field_whatever_the_reason(company: Company) -> None:
    keep(company, type="alcohol", allowed=False, excess="blocked", amount=None)
    wine = ReceptionItem("alcohol", DAY, 9900, what="Wine", bottles=2, guests=4, reason="Toast")
    assert refused(company, meal(price=1), wine) == {("items.1.type", "not_allowed_by_standard")}


def test_the_visitors_level_decides_which_standard_counts(company: Company) -> None:
    levels(company)
    keep(company)
    keep(company, level="A", amount="300")
    assert kept(company, submitted(company, items=(meal(),), level="A")).estimate.total == 180_000
    assert kept(company, submitted(company, items=(meal(),), level="B")).estimate.total == 90_000
    assert refused(company, meal(), level="C") == {("level", "unknown_level")}


def test_a_draft_is_measured_anew_by_the_standards_of_the_moment_when_it_is_submitted(company: Company) -> None:
    keep(company)
    call = company.call(company.applicant)
    draft = str(visits.apply(call, asked(company, items=(meal(price=14000),)))["id"])
    assert kept(company, draft).estimate.excesses == ()
    keep(company, valid_from=DAY, amount="100", excess="blocked")
    with pytest.raises(Invalid) as refusal:
        visits.act(company.call(company.applicant), draft, "submit")
    assert [fault.code for fault in refusal.value.fields] == ["above_standard"]


class Counting(MemoryStore):
    """Counts what is asked of it."""

    queries = 0
    reads = 0

    def get(self, *keys: Any) -> list[Any]:
        self.reads += 1
        return super().get(*keys)

    def query(self, query: Query) -> Any:
        self.queries += 1
        return super().query(query)


def asked_of_the_store(company: Company, *items: ReceptionItem) -> tuple[int, int]:
    """Reads and queries of submitting a draft with these items."""
    draft = str(visits.apply(company.call(company.applicant), asked(company, items=items))["id"])
    counting = Counting()
    counting.items = company.store.items
    visits.act(replace(company.call(company.applicant), store=counting), draft, "submit")
    return counting.reads, counting.queries


def test_standards_that_are_known_cost_a_submission_no_further_read_and_its_budget_one(company: Company) -> None:
    keep(company)
    asked_of_the_store(company)
    reads, queries = asked_of_the_store(company)
    assert asked_of_the_store(company, meal()) == (reads + 1, queries)
    allot(company)
    assert asked_of_the_store(company, meal()) == (reads + 1, queries)


def test_standards_that_changed_meanwhile_are_read_again(company: Company) -> None:
    keep(company)
    draft = str(visits.apply(company.call(company.applicant), asked(company, items=(meal(),)))["id"])
    before = standards.known(company.store, company.now)
    keep(company, valid_from=DAY, amount="200")
    standards.reading._known[:] = [(company.now, before)]
    visits.act(company.call(company.applicant), draft, "submit")
    assert kept(company, draft).estimate.total == 120_000


def test_who_arranges_an_item_may_see_the_visit(company: Company) -> None:
    visit_id = submitted(company, items=(meal(price=1, owner=company.stranger.id),))
    assert kept(company, visit_id).items[0].owner_name == company.stranger.name
    assert visits.view(company.call(company.stranger), visit_id).visit.id == visit_id
    assert refused(company, meal(price=1, owner="nobody")) == {("items.0.owner", "unknown_person")}


def test_items_belong_to_the_days_of_the_visit(company: Company) -> None:
    late = meal(price=1, day=DAY + timedelta(days=9))
    assert refused(company, late) == {("items.0.day", "outside_visit_days")}


def test_approvers_see_estimate_and_excess_on_the_document(company: Company) -> None:
    keep(company)
    submitted(company, items=(meal(price=20000, reason="董事会"),))
    detail = approvals.load(company.call(company.manager), task_of(company).id)
    assert (detail.summary.values["estimate"], detail.summary.values["excess"]) == (120_000, "yes")


def test_the_process_of_visits_may_ask_for_estimate_excess_visitors_and_days(company: Company) -> None:
    """A step for the administrator that is asked only where a standard is exceeded or it costs more than 1,000.00."""
    expensive = Compare("estimate", Operator.GT, 100_000)
    more = Step(
        key="second", title={"en": "Second", "zh": "复核"}, rules=(RoleRule(role="administrator"),), condition=expensive
    )
    definition: Definition = replace(VISIT, version=2, steps=(*VISIT.steps, more))
    check_definition(definition, directory.People(company.store, company.now), VISIT_FACTS)
    for name, value in (("excess", "yes"), ("visitors", 10), ("days", 2)):
        step = replace(more, condition=Compare(name, Operator.EQ, value))
        changed = replace(definition, steps=(*VISIT.steps, step))
        check_definition(changed, directory.People(company.store, company.now), VISIT_FACTS)


def test_facts_of_a_visit_are_those_that_conditions_may_ask_for(company: Company) -> None:
    visit = kept(company, submitted(company, items=(meal(price=1),)))
    facts = facts_of(visit)
    assert set(facts) == set(VISIT_FACTS)
    assert (facts["visitors"], facts["days"], facts["excess"]) == (1, 1, "no")


def test_a_decided_visit_keeps_what_it_was_approved_for(company: Company) -> None:
    keep(company)
    visit_id = submitted(company, items=(meal(),))
    decide(company, "approve")
    keep(company, valid_from=DAY, amount="1")
    assert kept(company, visit_id).estimate.total == 90_000
    assert len(company.store.all(StandardItem)) == 2
