"""How many claims a second one budget line bears: from the units that claims write where the next one writes, too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from tests.bench.claims import wish
from tests.bench.report import Section, table
from tests.bench.units import INDEX_NUMBERS, entry_key, entry_units, write_units
from tests.bench.world import APPLICANT, World

PARTITION = 1000
"""Write units a second that DynamoDB's developer guide gives one partition, and so one item."""

type Place = tuple[str, str]
"""Where units are consumed: what it is ("partition", "index 3", "item") and its key."""


def section(world: World) -> Section:
    """The places that two claims in turn both write to, the one that bears least first."""
    first, second = _claimed(world), _claimed(world)
    shared = {place: units for place, units in second.items() if place in first and APPLICANT.id not in place[1]}
    rows = [
        (f"{what} `{key}`", f"{units:g}", int(PARTITION / units))
        for (what, key), units in sorted(shared.items(), key=lambda found: -found[1])
    ]
    return Section(
        "One budget line", TEXT + table(("where claims meet", "write units a claim", "claims a second"), rows)
    )


def _claimed(world: World) -> Mapping[Place, float]:
    """What a claim of one line, submitted at once, consumes at each place."""
    world.take_changes()
    world.must(APPLICANT, "/claims", wish(submit=True))
    consumed: dict[Place, float] = defaultdict(float)
    for change in world.take_changes():
        key = entry_key(0, change.new) or entry_key(0, change.old)
        assert key
        entries = {number: entry_units(number, change.old, change.new) for number in INDEX_NUMBERS}
        own = write_units(change.old, change.new).write - sum(entries.values())
        consumed["partition", key[0]] += own
        consumed["item", " ".join(key)] += own
        for number, units in entries.items():
            place = entry_key(number, change.new)
            if place and units:
                consumed[f"index {number}", place[0]] += units
    return consumed


TEXT = f"""A claim of one line is submitted twice; listed is where both write. A partition takes {PARTITION} write units
a second. DynamoDB moves the keys of a busy partition apart, so that in the end the item counts; an index that is behind
refuses writes. What streams bring (audit, figures of reports) follows later and refuses nobody. Transactions that meet
on one item at the same moment are refused and tried again, which no unit tells: count on less.

"""
