"""An approval as pages show it: where it stands, its trail, who is who, and what I may do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.domain.approvals import Definition, Entry, Running, legal_moves, removable, returnable
from chalicelib.models.approvals import ApprovalsTable, RunningItem, TrailItem
from chalicelib.models.store import Page, Query
from chalicelib.services.approvals.moving import definition_of
from chalicelib.services.call import Call
from chalicelib.services.directory import People

TRAIL_LIMIT = 1000
"""Moves that a page shows, from the first on."""


@dataclass(frozen=True)
class Approval:
    """An approval with its trail. `names` maps every id in it to a name; `moves` are those that the caller may make,
    `removable` the people whom they may take out."""

    running: Running
    definition: Definition
    entries: tuple[Entry, ...]
    names: dict[str, str]
    moves: frozenset[str]
    removable: tuple[str, ...] = ()

    @property
    def returnable(self) -> tuple[str, ...]:
        """Keys of the earlier steps to which the document may be returned."""
        return returnable(self.definition, self.running)


def view(call: Call, approval_id: str, read: Page | None = None) -> Approval | None:
    """The approval and its trail in one read, None before the first submission. The caller asks the policies.

    `read` is the answer to `trail_of`, from those who asked it beside other things.
    """
    found = _history(read or call.store.query(trail_of(approval_id)))
    if found is None:
        return None
    running, entries = found
    definition = definition_of(call, running.definition_key, running.definition_version)
    people = People(call.store, call.now)
    moves, may_go = legal_moves(running, call.me.id, people), removable(running, call.me.id, people)
    return Approval(running, definition, entries, names_of(call, running, entries), moves, may_go)


def history(call: Call, approval_id: str) -> tuple[Running, tuple[Entry, ...]] | None:
    """The approval and its trail, oldest line first; None before the first submission."""
    return _history(call.store.query(trail_of(approval_id)))


def trail_of(approval_id: str) -> Query:
    """What `view` reads."""
    return Query(ApprovalsTable, f"approval#{approval_id}", prefix="approval", limit=TRAIL_LIMIT)


def _history(read: Page) -> tuple[Running, tuple[Entry, ...]] | None:
    found = read.items
    head = next((item for item in found if isinstance(item, RunningItem)), None)
    if head is None:
        return None
    return head.to(Running), tuple(entry for item in found if isinstance(item, TrailItem) for entry in item.entries)


def names_of(call: Call, running: Running, entries: Iterable[Entry] = ()) -> dict[str, str]:
    """The names of everybody who takes part or stands in the trail, by id."""
    ids = {running.applicant, *(task.person for task in running.tasks), *running.copied}
    for entry in entries:
        ids.update(entry.about, [each for each in (entry.who, entry.on_behalf_of) if each])
    return People(call.store, call.now).named(sorted(ids))
