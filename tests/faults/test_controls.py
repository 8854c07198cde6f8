"""The harness notices: take away what makes a repetition safe, and the points after the write are no longer equal."""

from __future__ import annotations

from itertools import count

import pytest

from chalicelib.models.statistics import CountedItem
from chalicelib.services.call import Call
from tests.faults import test_commands, test_units
from tests.faults.commands import COMMANDS
from tests.faults.hook import Fault, How
from tests.faults.stories import told
from tests.faults.units import UNITS
from tests.faults.world import World

WRITE = "dynamodb TransactWriteItems"


def test_a_command_that_keeps_no_key_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    expected, calls, first = test_commands.undisturbed(world, COMMANDS[0])
    monkeypatch.setattr(Call, "_answer_once", lambda call, answer: [])
    fault = Fault(calls.index(WRITE) + 1, How.KILLED_AFTER)
    assert test_commands.outcome(world, COMMANDS[0], fault, first, expected, {})


def test_a_consumer_that_keeps_no_note_is_noticed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    unit, numbers = "record visit approved", count()
    calls = test_units.calls_of(world, told(world, UNITS[unit]).before[unit], unit)
    known = CountedItem.at
    monkeypatch.setattr(CountedItem, "at", lambda event: known(f"{event}-{next(numbers)}"))
    last = len(calls) - calls[::-1].index(WRITE)
    with pytest.raises(AssertionError, match="figures"):
        test_units.outcome(world, unit, calls, Fault(last, How.KILLED_AFTER), {})


def test_a_message_may_go_out_twice_only_where_nobody_can_know(world: World) -> None:
    unit = "deliver sms intended"
    calls = test_units.calls_of(world, told(world, UNITS[unit]).before[unit], unit)
    doubtful = [name for name, fault in test_units.faults_of(calls).items() if test_units.may_send_again(calls, fault)]
    assert doubtful == [
        "killed after: sns Publish, call 3",
        "answer lost: sns Publish, call 3",
        "killed before: dynamodb TransactWriteItems, call 4",
    ]
