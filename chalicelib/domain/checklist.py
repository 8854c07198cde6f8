"""The checklist (接待清单) of an approved visit: who prepares what by when, from its items, bookings and team.

A task's id follows from what it is about, so that making the list anew finds what it made before: only what a change
touched is opened again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal

from chalicelib.domain.errors import IllegalMove

type Status = Literal["open", "done", "dropped"]
type Source = Literal["item", "booking", "team"]

AHEAD = timedelta(hours=24)
AT_LEAST = timedelta(hours=2)
"""Things should be ready AHEAD of when they are needed; who hears of them later has AT_LEAST so long, if there is."""


@dataclass(frozen=True)
class Wanted:
    """Something to prepare: where it comes from, what it is in a few words, who does it, when it is needed (UTC).

    `word` says which kind (a type of item, a kind of resource, "team"); `text` is what people typed or named, `counts`
    how many of what (guests, hosts, bottles, nights, rooms).
    """

    source: Source
    word: str
    text: str
    owner: str
    needed: datetime
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Task:
    """One line of the checklist: wanted when it is `needed`, ready by `due` (UTC); a dropped one is wanted no more.

    `reminded_at` is when its owner was reminded, None before; `no` gives the order of the list.
    """

    visit: str
    id: str
    no: int
    source: Source
    word: str
    text: str
    owner: str
    owner_name: str
    needed: datetime
    due: datetime
    counts: Mapping[str, int] = field(default_factory=dict)
    status: Status = "open"
    done_at: datetime | None = None
    done_by: str = ""
    done_by_name: str = ""
    reminded_at: datetime | None = None
    version: int = 1


def due(needed: datetime, now: datetime) -> datetime:
    """By when something has to be ready that is needed at that moment, told now."""
    return max(needed - AHEAD, min(now + AT_LEAST, needed))


def identified(wanted: Iterable[Wanted]) -> Mapping[str, Wanted]:
    """What is wanted, in its order, by ids that follow from what it is; of several alike each has one of its own."""
    found: dict[str, Wanted] = {}
    for each in wanted:
        place = 0
        while (id := _id(each, place)) in found:
            place += 1
        found[id] = each
    return found


def _id(each: Wanted, place: int) -> str:
    counts = (f"{name}={count}" for name, count in sorted(each.counts.items()))
    text = "\0".join((each.source, each.word, each.text, *counts, str(place)))
    return sha256(text.encode()).hexdigest()[:16]


def made(
    visit: str, wanted: Iterable[Wanted], held: Sequence[Task], names: Mapping[str, str], now: datetime
) -> list[Task]:
    """The tasks that have to be written so that the list is what is wanted; none when it is so already.

    New ones are opened; of known ones those whose owner or time changed, and those that had been dropped, are opened
    again; what nobody wants any more is dropped. `names` has the owners' names by id.
    """
    before, asked = {task.id: task for task in held}, identified(wanted)
    written = []
    for no, (id, each) in enumerate(asked.items(), 1):
        known = before.get(id)
        if known is None or _touched(known, each):
            version = known.version + 1 if known else 1
            written.append(_opened(visit, id, no, each, names.get(each.owner, ""), now, version))
    gone = [task for task in held if task.id not in asked and task.status != "dropped"]
    return written + [replace(task, status="dropped", version=task.version + 1) for task in gone]


def _touched(task: Task, each: Wanted) -> bool:
    return task.status == "dropped" or (task.owner, task.needed) != (each.owner, each.needed)


def _opened(visit: str, id: str, no: int, each: Wanted, name: str, now: datetime, version: int) -> Task:
    return Task(
        visit=visit,
        id=id,
        no=no,
        source=each.source,
        word=each.word,
        text=each.text,
        owner=each.owner,
        owner_name=name,
        needed=each.needed,
        due=due(each.needed, now),
        counts=each.counts,
        version=version,
    )


def tick(task: Task, person: str, name: str, now: datetime) -> Task:
    """The task, done; raises IllegalMove for one that is not open."""
    if task.status != "open":
        raise IllegalMove("checklist_illegal_move", state=task.status)
    return replace(task, status="done", done_at=now, done_by=person, done_by_name=name, version=task.version + 1)


def untick(task: Task) -> Task:
    """The task, open again; raises IllegalMove for one that is not done."""
    if task.status != "done":
        raise IllegalMove("checklist_illegal_move", state=task.status)
    return replace(task, status="open", done_at=None, done_by="", done_by_name="", version=task.version + 1)


def reminded(task: Task, now: datetime) -> Task:
    """The task whose owner was reminded."""
    return replace(task, reminded_at=now, version=task.version + 1)
