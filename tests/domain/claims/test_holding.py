"""What a claim takes over of its pre-applications, and how all of it comes back."""

from collections import Counter
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.budgets import Document, Hold
from chalicelib.domain.claims import (
    Allocation,
    Claim,
    Link,
    Source,
    Taken,
    finishing,
    giving_back,
    granted,
    holder,
    linked,
    needs,
    split,
    take_over,
    taking,
    unusing,
    using,
)
from tests.domain.claims.examples import DECEMBER, NOVEMBER, a_claim, a_line

VISIT, APPLICATION = Document("visit", "V1", "1"), Document("application", "B1", "BA1")
LINKS = (Link("visit", "V1", "1"), Link("application", "B1", "BA1"))
CLAIM = holder(a_claim())
NEEDS = st.dictionaries(st.sampled_from("abc"), st.integers(1, 500), max_size=3)
SOURCES = st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(0, 300), max_size=3), max_size=3)
OPEN = st.sets(st.sampled_from(["V0", "V1", "V2"]))


def sums(holds: Iterable[Hold]) -> dict[tuple[str, str], tuple[int, int]]:
    """What each document holds and has used of each line after all this."""
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for each in holds:
        place = (each.document.id, each.line)
        held, used = found.get(place, (0, 0))
        found[place] = (held + each.frozen - each.handed - each.used, used + each.used)
    return {place: amounts for place, amounts in found.items() if any(amounts)}


def taken_of(held: list[dict[str, int]]) -> list[Source]:
    return [Source(Document("visit", f"V{number}", str(number)), each) for number, each in enumerate(held)]


def links_of(held: list[dict[str, int]]) -> tuple[Link, ...]:
    return tuple(Link("visit", f"V{number}", str(number)) for number, _ in enumerate(held))


def test_of_300_that_a_visit_holds_100_become_the_claims_and_200_stay() -> None:
    taken = take_over({NOVEMBER: 100}, [Source(VISIT, {NOVEMBER: 300})])
    assert taken == (Taken(NOVEMBER, 100, "visit", "V1"),)
    claim = a_claim(a_line(amount=100), taken=taken, links=LINKS)
    assert taking(claim) == (Hold(CLAIM, NOVEMBER, frozen=100), Hold(VISIT, NOVEMBER, handed=100))
    assert using(claim, {"V1"}) == (Hold(CLAIM, NOVEMBER, used=100),)


def test_what_pre_applications_do_not_hold_is_frozen_anew() -> None:
    sources = [Source(VISIT, {NOVEMBER: 60}), Source(APPLICATION, {NOVEMBER: 30, DECEMBER: 500})]
    assert take_over({NOVEMBER: 100, DECEMBER: 20}, sources) == (
        Taken(NOVEMBER, 60, "visit", "V1"),
        Taken(NOVEMBER, 30, "application", "B1"),
        Taken(NOVEMBER, 10),
        Taken(DECEMBER, 20, "application", "B1"),
    )


@given(NEEDS, SOURCES)
def test_as_much_is_taken_as_is_needed_and_never_more_than_is_held(
    needed: dict[str, int], held: list[dict[str, int]]
) -> None:
    sources = taken_of(held)
    by_line, by_source = Counter[str](), Counter[tuple[str, str]]()
    for each in take_over(needed, sources):
        by_line[each.line] += each.amount
        by_source[each.source, each.line] += each.amount
    assert by_line == needed
    for source in sources:
        assert all(by_source[source.document.id, line] <= amount for line, amount in source.held.items())


@given(NEEDS, SOURCES, OPEN)
def test_a_rejected_claim_leaves_the_budget_as_before(
    needed: dict[str, int], held: list[dict[str, int]], still: set[str]
) -> None:
    claim = a_claim(taken=take_over(needed, taken_of(held)), links=links_of(held))
    after = sums([*taking(claim), *giving_back(claim, still & {*linked(claim)})])
    assert not any(place[0] == CLAIM.id or place[0] in still for place in after)  # what is over gets nothing back
    assert after.keys() <= {(each.source, each.line) for each in claim.taken}


def test_what_was_not_granted_goes_back_to_the_open_visit() -> None:
    line = a_line(amount=100, sanctioned=70, refusal="Too much")
    claim = a_claim(line, taken=(Taken(NOVEMBER, 90, "visit", "V1"), Taken(NOVEMBER, 10)), links=LINKS)
    assert split(claim) == (
        (Taken(NOVEMBER, 70, "visit", "V1"),),
        (Taken(NOVEMBER, 20, "visit", "V1"), Taken(NOVEMBER, 10)),
    )
    own = Hold(CLAIM, NOVEMBER, frozen=-30, used=70)
    assert using(claim, {"V1"}) == (own, Hold(VISIT, NOVEMBER, handed=-20))
    assert using(claim, set()) == (own,)


def test_a_pre_application_that_is_finished_releases_the_rest() -> None:
    source = Source(VISIT, {NOVEMBER: 200, DECEMBER: 0})
    assert finishing(source) == (Hold(VISIT, NOVEMBER, frozen=-200),)


def test_a_claim_over_a_years_end_takes_of_both_years() -> None:
    lines = (a_line("a", 100), a_line("b", 50, budget="D1.reception.CNY.2027-01"), a_line("c", 7, budget=""))
    assert needs(a_claim(*lines)) == {NOVEMBER: 100, "D1.reception.CNY.2027-01": 50}


def claims() -> st.SearchStrategy[Claim]:
    """Claims of up to four lines over two budgets, some of them corrected, with what they took."""

    def made(rows: list[tuple[int, int, int]], held: list[dict[str, int]]) -> Claim:
        lines = []
        for number, (first, second, cut) in enumerate(rows):
            parts = (Allocation("D1", first, "a"), Allocation("D2", second, "b"))
            whole = first + second
            granted = None if cut == 0 else max(0, whole - cut)
            lines.append(a_line(str(number), whole, allocations=parts, sanctioned=granted))
        claim = a_claim(*lines)
        return a_claim(*lines, taken=take_over(needs(claim), taken_of(held)), links=links_of(held))

    rows = st.lists(st.tuples(st.integers(1, 200), st.integers(1, 200), st.integers(0, 400)), min_size=1, max_size=4)
    return st.builds(made, rows, SOURCES)


@given(claims())
def test_what_is_used_is_what_was_granted_and_the_rest_is_all_that_is_left(claim: Claim) -> None:
    spent, rest = split(claim)
    used, left = Counter[str](), Counter[str]()
    for each in spent:
        used[each.line] += each.amount
    for each in rest:
        left[each.line] += each.amount
    assert used == {line: amount for line, amount in granted(claim).items() if amount}
    assert used + left == Counter(needs(claim))


@given(claims(), OPEN)
def test_a_reversal_leaves_nothing_used_and_nothing_held(claim: Claim, still: set[str]) -> None:
    open_sources = still & {*linked(claim)}
    after = sums([*taking(claim), *using(claim, open_sources), *unusing(claim, open_sources)])
    assert not any(place[0] == CLAIM.id or place[0] in still for place in after)
