"""The dry run: who would decide, before anybody is asked."""

from hypothesis import given

from chalicelib.domain.approvals import (
    Compare,
    EmptyRule,
    ManagerRule,
    Mode,
    Operator,
    Outcome,
    PersonRule,
    RoleRule,
    Situation,
    Status,
    Submit,
    begin,
    decide,
    path,
)
from chalicelib.domain.errors import Conflict
from tests.domain.approvals.company import NOW, process, step
from tests.domain.approvals.strategies import companies, definitions, facts, people


def test_a_dry_run_tells_what_becomes_of_every_step(company):
    company.leave("fay", "dora")
    definition = process(
        step("boss", ManagerRule()),
        step("large", ManagerRule(3), condition=Compare("amount", Operator.GT, 500)),
        step("small", ManagerRule(3), auto_approve=Compare("amount", Operator.LE, 500)),
        step("money", RoleRule("finance"), mode=Mode.ALL_OF),
        step("ghosts", PersonRule("ghost"), when_empty=EmptyRule.SKIP),
        step("vacant", PersonRule("ghost")),
        step("again", PersonRule("max"), PersonRule("ada")),
    )
    planned = path(definition, "ann", Situation(company, NOW, {"amount": 100}))
    assert [(each.step, each.outcome, each.reason, each.people) for each in planned] == [
        ("boss", "asked", "", ("max",)),
        ("large", "skipped", "condition_false", ()),
        ("small", "auto_approved", "rule_holds", ()),
        ("money", "asked", "", ("dora", "fred")),
        ("ghosts", "skipped", "nobody_matches", ()),
        ("vacant", "escalated", "nobody_matches", ("ada", "adam")),
        ("again", "skipped", "approved_before", ()),
    ]


def test_a_dry_run_does_not_count_on_one_of_several(company):
    steps = step("money", RoleRule("finance")), step("again", PersonRule("fay"))
    planned = path(process(*steps), "ann", Situation(company, NOW))
    assert [each.people for each in planned] == [("fay", "fred"), ("fay",)]


def test_a_dry_run_says_where_a_document_would_be_stuck(company):
    company.dismiss("ada", "adam")
    (planned,) = path(process(step("s", PersonRule("ghost"))), "ann", Situation(company, NOW))
    assert (planned.outcome, planned.reason) == (Outcome.NOBODY, "no_approver")


@given(definitions(), companies(), people, facts)
def test_a_submission_asks_whom_the_dry_run_named(definition, company, applicant, known):
    situation = Situation(company, NOW, known)
    first = next((each for each in path(definition, applicant, situation) if each.people), None)
    try:
        running = decide(definition, begin("A", "visit", "V", definition, applicant), Submit(applicant, 1), situation)
    except Conflict:
        assert first is None or first.outcome is Outcome.NOBODY
        return
    if first is None:
        assert running.running.status is Status.APPROVED
    else:
        assert running.running.step == first.step
        assert tuple(task.person for task in running.opened) == first.people
