"""Random processes, conditions and companies for the tests of the engine."""

from datetime import timedelta

from hypothesis import strategies as st

from chalicelib.domain.approvals import (
    All,
    Any,
    BudgetDepartmentHeadRule,
    Compare,
    Condition,
    Definition,
    DepartmentHeadRule,
    EmptyRule,
    FactSpec,
    FactType,
    FieldRule,
    ManagerRule,
    Mode,
    Not,
    Operator,
    PersonRule,
    RepeatedRule,
    RoleRule,
    Rule,
    SelfRule,
    Step,
    Timeout,
)
from tests.domain.approvals.company import NOW, Company

PEOPLE = [f"p{number}" for number in range(8)]
ROLES = ["approver", "finance", "administrator"]
DEPARTMENTS = ["sales", "works"]
TYPES = {
    "amount": FactSpec(FactType.NUMBER),
    "cost": FactSpec(FactType.MONEY, currency="CNY"),
    "day": FactSpec(FactType.DATE),
    "note": FactSpec(FactType.TEXT),
    "kind": FactSpec(FactType.CHOICE, choices=("a", "b")),
    "buddy": FactSpec(FactType.PERSON, required=True),
    "budget_department": FactSpec(FactType.DEPARTMENT),
}

people = st.sampled_from(PEOPLE)
rules: st.SearchStrategy[Rule] = st.one_of(
    st.builds(PersonRule, people),
    st.builds(RoleRule, st.sampled_from(ROLES)),
    st.builds(ManagerRule, st.integers(1, 4)),
    st.just(DepartmentHeadRule()),
    st.just(BudgetDepartmentHeadRule()),
    st.just(FieldRule("buddy")),
)
comparisons = st.one_of(
    st.builds(Compare, st.just("amount"), st.sampled_from([Operator.GT, Operator.LE]), st.integers(-3, 3)),
    st.builds(Compare, st.just("amount"), st.just(Operator.EQ), st.sampled_from(["1.5", "0", "-2"])),
    st.builds(Compare, st.just("note"), st.just(Operator.CONTAINS), st.text("ab", min_size=1, max_size=3)),
    st.builds(Compare, st.just("kind"), st.just(Operator.IN), st.lists(st.sampled_from("ab"), min_size=1).map(tuple)),
    st.builds(Compare, st.sampled_from(list(TYPES)), st.just(Operator.EMPTY)),
)
conditions: st.SearchStrategy[Condition] = st.recursive(
    comparisons,
    lambda inner: (
        st.builds(Not, inner)
        | st.builds(All, st.lists(inner, min_size=1, max_size=3).map(tuple))
        | st.builds(Any, st.lists(inner, min_size=1, max_size=3).map(tuple))
    ),
    max_leaves=4,
)
facts = st.fixed_dictionaries(
    {"buddy": people},
    optional={
        "amount": st.integers(-3, 3) | st.decimals(-3, 3, places=1),
        "note": st.text("ab"),
        "kind": st.sampled_from("ab"),
        "budget_department": st.sampled_from(DEPARTMENTS).map(lambda id: ("company", id)),
    },
)


@st.composite
def steps(draw: st.DrawFn, number: int, trees: st.SearchStrategy[Condition | None]) -> Step:
    hours = draw(st.none() | st.integers(1, 40))
    return Step(
        f"s{number}",
        {"en": f"Step {number}", "zh": f"步骤{number}"},
        tuple(draw(st.lists(rules, min_size=draw(st.sampled_from([2, 1])), max_size=3))),
        draw(st.sampled_from(Mode)),
        share=draw(st.sampled_from([1, 34, 50, 67, 100])),
        condition=draw(trees),
        auto_approve=draw(trees),
        hours=hours,
        on_timeout=None if hours is None else draw(st.sampled_from(Timeout)),
        when_empty=draw(st.sampled_from(EmptyRule)),
        when_self=draw(st.sampled_from(SelfRule)),
        when_repeated=draw(st.sampled_from(RepeatedRule)),
    )


@st.composite
def definitions(draw: st.DrawFn) -> Definition:
    """One to four steps, some of them with conditions and automatic approvals."""
    made = tuple(
        draw(steps(number, st.none() | st.none() | st.none() | conditions))
        for number in range(draw(st.sampled_from([3, 2, 4, 1])))
    )
    copies = tuple(draw(st.lists(rules, max_size=2)))
    return Definition("visit", 1, {"en": "Visit", "zh": "来访"}, made, copies)


@st.composite
def companies(draw: st.DrawFn) -> Company:
    """Managers and substitutes in any order, circles and all; some left, some away; somebody always administers."""
    company = Company(heads=draw(st.dictionaries(st.sampled_from(DEPARTMENTS), people)))
    for id in PEOPLE:
        roles = draw(st.lists(st.sampled_from(ROLES), max_size=2))
        company.hire(id, draw(st.none() | people), *roles, department=draw(st.sampled_from(DEPARTMENTS)))
        employee = company.employees[id]
        employee.active = draw(st.sampled_from([True, True, True, True, False]))
        employee.substitute = draw(st.none() | people)
        if draw(st.sampled_from([False, False, True])):
            employee.away_from = NOW - timedelta(days=1)
            employee.away_until = draw(st.sampled_from([None, NOW + timedelta(days=2)]))
    company.hire("root", None, "administrator")
    company.hire("root2", None, "administrator")
    return company
