"""Copies, urging and comments: what changes nothing of the course."""

from datetime import timedelta

import pytest

from chalicelib.domain.approvals import (
    MAX_COPIES,
    Approve,
    Comment,
    CopyTo,
    NotYours,
    PersonRule,
    RoleRule,
    Urge,
    What,
    Withdraw,
    legal_moves,
    takes_part,
)
from chalicelib.domain.errors import Conflict, Invalid
from tests.domain.approvals.company import NOW, Company, Desk, process, step


@pytest.fixture
def desk(company: Company) -> Desk:
    desk = Desk(process(step("s", RoleRule("finance")), step("t", PersonRule("dora"))), company)
    desk.submit()
    return desk


def codes(refusal: pytest.ExceptionInfo[Invalid]) -> list[tuple[str, str]]:
    return [(fault.path, fault.code) for fault in refusal.value.fields]


def test_whoever_takes_part_copies_to_others_who_then_take_part(desk, company):
    before = desk.running.tasks
    desk.move(CopyTo("fay", 1, "for your files", people=("max", "cleo")))
    assert (desk.running.copied, desk.running.tasks) == (("max", "cleo"), before)
    assert desk.said(What.COPIED) == [("fay", "", ("max", "cleo"))]
    assert takes_part(desk.running, "cleo")
    assert legal_moves(desk.running, "cleo", company) == {"comment", "copy_to"}


def test_a_copy_goes_to_people_who_are_here_and_have_none(desk, company):
    company.dismiss("max")
    desk.move(CopyTo("ann", 1, people=("cleo",)))
    with pytest.raises(Invalid) as refusal:
        desk.move(CopyTo("ann", 1, people=("cleo", "ghost", "max", "ann", "dora", "dora")))
    assert codes(refusal) == [
        ("people.0", "duplicate"),
        ("people.1", "unknown_person"),
        ("people.2", "departed_person"),
        ("people.3", "duplicate"),
        ("people.5", "duplicate"),
    ]
    with pytest.raises(Invalid):
        desk.move(CopyTo("ann", 1, people=()))


def test_copies_are_bounded(desk, company):
    for number in range(MAX_COPIES + 1):
        company.hire(f"g{number}")
    crowd = tuple(f"g{number}" for number in range(MAX_COPIES + 1))
    with pytest.raises(Conflict, match="too_many_copies"):
        desk.move(CopyTo("ann", 1, people=crowd))
    desk.move(CopyTo("ann", 1, people=crowd[1:]))


def test_the_applicant_urges_those_who_are_next(desk):
    desk.move(Urge("ann", 1, "please"))
    assert desk.said(What.URGED) == [("ann", "", ("fay", "fred"))]


def test_urging_again_waits_an_hour(desk):
    desk.move(Urge("ann", 1))
    desk.now += timedelta(minutes=59)
    with pytest.raises(Conflict) as refusal:
        desk.move(Urge("ann", 1))
    assert refusal.value.code == "urged_recently"
    assert refusal.value.params["until"] == (NOW + timedelta(hours=1)).isoformat()
    desk.now += timedelta(minutes=1)
    desk.move(Urge("ann", 1))


def test_a_document_that_is_submitted_again_may_be_urged_at_once(desk):
    desk.move(Urge("ann", 1))
    desk.move(Withdraw("ann", 1))
    desk.submit()
    desk.move(Urge("ann", 1))


@pytest.mark.parametrize("by", ["fay", "stranger"])
def test_only_the_applicant_urges(desk, by):
    with pytest.raises(NotYours):
        desk.move(Urge(by, 1))


def test_comments_are_kept_with_who_said_them_even_after_the_end(desk):
    desk.move(Comment("ann", 1, "in a hurry"))
    desk.approve("fay", "dora")
    desk.move(Comment("fred", 2, "late, but fine"))
    said = [(line.who, line.comment, line.seen) for line in desk.trail if line.what is What.COMMENTED]
    assert said == [("ann", "in a hurry", 1), ("fred", "late, but fine", 2)]


def test_a_comment_says_something(desk):
    with pytest.raises(Invalid) as refusal:
        desk.move(Comment("ann", 1, "  "))
    assert codes(refusal) == [("comment", "required")]


@pytest.mark.parametrize("move", [Comment("stranger", 1, "hi"), CopyTo("stranger", 1, people=("max",))])
def test_strangers_say_nothing(desk, move):
    with pytest.raises(NotYours):
        desk.move(move)


def test_who_left_says_nothing_more(desk, company):
    company.dismiss("fay")
    with pytest.raises(NotYours):
        desk.move(Comment("fay", 1, "bye"))
    with pytest.raises(NotYours):
        desk.move(Approve("fay", 1))
