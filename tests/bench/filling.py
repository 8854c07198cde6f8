"""Fills the tables with any number of records in a moment: each is made from a template when it is read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from chalicelib.domain.approvals import Running, Task, TaskStatus
from chalicelib.domain.invitations import Guest
from chalicelib.domain.notifications import Notice
from chalicelib.domain.passes import pass_for
from chalicelib.domain.visits import Occurrence, Visit
from chalicelib.models.approvals import RunningItem
from chalicelib.models.directory import PersonItem
from chalicelib.models.gate import PassItem
from chalicelib.models.item import Item, physical_name
from chalicelib.models.notifications import NoticeItem
from chalicelib.models.store import DynamoStore
from chalicelib.models.visits import VisitItem
from chalicelib.services.approvals.moving import running_item, task_item
from chalicelib.services.visits import summary_of
from tests import company
from tests.bench import finance
from tests.bench.units import INDEX_NUMBERS, Raw, entry_key
from tests.bench.world import APPLICANT, MANAGER, NOW, World

MARK = "01FILLING00000000000000000"
"""Stands in a template where the record's number goes; as long as an id."""


def fill(world: World, wanted: int) -> None:
    """Place records of every kind until there are `wanted` of each."""
    for item in _templates(world):
        table, template = physical_name(item.area), Template(item.serialize())
        for number in range(world.filled, wanted):
            world.tables.bulk(table, template.keys(number), template.maker(number))
    world.filled = max(world.filled, wanted)


class Template:
    """An item with a mark in it."""

    def __init__(self, raw: Raw) -> None:
        self._text = json.dumps(raw, ensure_ascii=False)
        keys = ((number, entry_key(number, raw)) for number in (0, *INDEX_NUMBERS))
        self._keys = {number: key for number, key in keys if key}

    def keys(self, number: int) -> dict[int, tuple[str, str]]:
        """The keys of that record in the table (0) and its indexes."""
        id = record_id(number)
        return {index: (pk.replace(MARK, id), sk.replace(MARK, id)) for index, (pk, sk) in self._keys.items()}

    def maker(self, number: int) -> Callable[[], Raw]:
        """What makes the record."""
        return lambda: self._made(number)

    def _made(self, number: int) -> Raw:
        made: Raw = json.loads(self._text.replace(MARK, record_id(number)))
        return made


def record_id(number: int) -> str:
    """The id of a record by its number."""
    return f"01FILLING{number:017}"


def _templates(world: World) -> Iterator[Item]:
    """One of each kind, on every list that somebody in the benches reads."""
    visit, guest, item = _examples(world)
    running = item.to(Running)
    task = Task(f"{running.id}.1", 1, 1, "manager", f"{running.id}.1", MANAGER.id, opened_at=NOW)
    visit = replace(visit, id=MARK, starts=visit.starts + timedelta(days=3), ends=visit.ends + timedelta(days=3))
    today = pass_for(visit, guest, NOW.date(), Occurrence(NOW, NOW + timedelta(hours=8)))
    approval = replace(running, id=f"visit-{MARK}", document_id=MARK)
    yield VisitItem.from_visit(visit)
    summary = summary_of(visit)
    yield running_item(approval, 1, summary)
    yield task_item(replace(task, id=f"{approval.id}.1"), approval, summary)
    decided = replace(task, id=f"{approval.id}.2", status=TaskStatus.APPROVED, decided_at=NOW)
    yield task_item(decided, approval, summary)
    yield PassItem.from_pass(replace(today, visit=MARK, phone_digits="0000", number="00000000"))
    yield PersonItem.from_person(company.person(MARK.lower(), id=MARK, name=f"林{MARK}"))
    yield from finance.spent(MARK)
    for person in (APPLICANT.id, MANAGER.id):
        notice = Notice(f"{MARK}#{person}", person, "visit_cancelled", {"number": "1", "party": "2"}, "/visits", NOW)
        yield NoticeItem.from_notice(notice)


def _examples(world: World) -> tuple[Visit, Guest, Any]:
    from chalicelib.models.gate import GuestItem

    id = world.records["decided"]
    keys = (VisitItem.at(id), GuestItem.at(id, 1), RunningItem.at(f"visit-{id}"))
    visit, guest, running = DynamoStore().get(*keys)
    return visit.to(Visit), guest.to(Guest), running
