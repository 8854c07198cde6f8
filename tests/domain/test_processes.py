"""What may happen to a process."""

import pytest

from chalicelib.domain.errors import IllegalMove, Invalid
from chalicelib.domain.processes import MOVES, Process, check_heading, move, moves_from
from tests.company import NOW

NEW = Process("leave", "LEAVE", {"en": "Leave", "zh": "请假"}, {}, NOW)


def test_publishing_makes_the_next_version_each_time_that_something_changed() -> None:
    first = move(NEW, "publish", NOW)
    assert (first.status, first.published, first.edited, first.version) == ("published", 1, False, 2)
    second = move(move(first, "change", NOW), "publish", NOW)
    assert (second.status, second.published) == ("published", 2)


def test_publishing_what_did_not_change_is_refused() -> None:
    with pytest.raises(IllegalMove):
        move(move(NEW, "publish", NOW), "publish", NOW)


def test_a_retired_process_can_be_published_again_as_it_is() -> None:
    retired = move(move(NEW, "publish", NOW), "retire", NOW)
    assert move(retired, "publish", NOW).status == "published"


def test_what_was_never_published_cannot_be_retired() -> None:
    with pytest.raises(IllegalMove) as refused:
        move(NEW, "retire", NOW)
    assert refused.value.state == "draft"


def test_the_moves_that_are_offered_are_those_that_are_legal() -> None:
    stages = [NEW, move(NEW, "publish", NOW), move(move(NEW, "publish", NOW), "retire", NOW)]
    for process in stages:
        offered = set(moves_from(process))
        for name in {name for _, name in MOVES}:
            if name in offered:
                move(process, name, NOW)
            else:
                with pytest.raises(IllegalMove):
                    move(process, name, NOW)


@pytest.mark.parametrize("prefix", ["", "L", "leave", "1A", "ABCDEFGHIJKLM", "A-B"])
def test_a_prefix_that_cannot_begin_a_number_is_refused(prefix: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_heading(prefix, {})
    assert [(fault.path, fault.code) for fault in refused.value.fields] == [("prefix", "bad_prefix")]


def test_a_description_has_an_end() -> None:
    with pytest.raises(Invalid) as refused:
        check_heading("LEAVE", {"zh": "长" * 301})
    assert refused.value.fields[0].path == "description.zh"
