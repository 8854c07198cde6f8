"""What people do with finance's export: have it made, see how far it is, fetch a file; and what the night does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Protocol
from zoneinfo import ZoneInfo

from chalicelib.domain import finance_exports as rules
from chalicelib.domain.errors import NotFound
from chalicelib.domain.finance_exports import Day, NoFile, Run, Running, Step
from chalicelib.models.directory import PersonItem
from chalicelib.models.exports import ExportsTable
from chalicelib.models.finance_exports import RUNS, DayItem, RunItem, StepItem
from chalicelib.models.store import BATCH_GET_LIMIT, Operation, Query, Store, create, save
from chalicelib.services import office_calendar
from chalicelib.services.call import Answer, Call
from chalicelib.services.permissions import COMPANY

EXPORT = "books:export"
VIEW = "books:view"
GZIP = "application/gzip"
MOST = BATCH_GET_LIMIT // 3


class Links(Protocol):
    """Where files are kept (gateways/files.py)."""

    def link(self, key: str, version: str, name: str, content_type: str, seconds: int) -> str:
        """An address under which anybody can fetch what is kept under `key` for so long."""


@dataclass(frozen=True)
class Shown:
    """A run, what it does next if it is running, and whether its day's manifest names its files.

    `name` is that of the person who asked for it, "" for the run of the night.
    """

    run: Run
    step: Step | None
    current: bool
    name: str

    @property
    def rows(self) -> int:
        """Rows that are read so far, or that the files have."""
        return self.step.rows if self.step else sum(each.rows for each in self.run.files)


@dataclass(frozen=True)
class FinanceRuns:
    """The runs, newest first, and the cursor of older ones."""

    items: list[Shown]
    next: str | None


def ask(call: Call) -> Answer:
    """Have today's export made now; raises Running. What there is of today stays until the new one is whole."""
    call.permit(EXPORT, COMPANY)
    return _begin(call, call.new_id(), call.me.id)


def nightly(call: Call) -> str:
    """Begin the run of the night, once however often it is told; the id, "" where there is nothing to begin."""
    id = f"{today(call):%Y%m%d}-night"
    (made,) = call.store.get(RunItem.at(id))
    if made is not None:
        return ""
    try:
        return str(_begin(call, id, rules.BY_SCHEDULE)["id"])
    except Running:
        return ""


def today(call: Call) -> date:
    """The day as the office has it."""
    calendar = office_calendar.current(call.store, call.now)
    return call.now.astimezone(ZoneInfo(calendar.week.time_zone)).date()


def _begin(call: Call, id: str, by: str) -> Answer:
    run = Run(id, today(call), by, call.now)
    day = rules.begun(day_of(call.store, run.day), id)
    writes: list[Operation] = [create(RunItem.from_run(run)), create(StepItem.from_step(Step(id, call.now)))]
    answer: Answer = {"id": id, "status": run.status, "location": f"/finance-exports/{id}"}
    return call.commit(answer, *writes, save(DayItem.from_day(day)))


def day_of(store: Store, day: date) -> Day:
    """What is known of a day's runs."""
    (item,) = store.get(DayItem.at(day))
    found: Day = item.to(Day) if item else Day(day)
    return found


def runs(call: Call, cursor: str | None, limit: int) -> FinanceRuns:
    """All runs, newest first; at most a third of a batch read at a time."""
    call.permit(VIEW, COMPANY)
    query = Query(ExportsTable, RUNS, index=1, limit=min(limit, MOST), newest_first=True, cursor=cursor)
    page = call.store.query(query)
    return FinanceRuns(_shown(call.store, [item.to(Run) for item in page.items]), page.cursor)


def _shown(store: Store, runs: list[Run]) -> list[Shown]:
    if not runs:
        return []
    days = [DayItem.at(day) for day in dict.fromkeys(run.day for run in runs)]
    steps = [StepItem.at(run.id) for run in runs if run.status == "running"]
    people = [PersonItem.at(person) for person in dict.fromkeys(run.by for run in runs) if person]
    found = [item for item in store.get(*days, *steps, *people) if item]
    current = {item.current for item in found if isinstance(item, DayItem)}
    doing = {item.run: item.to(Step) for item in found if isinstance(item, StepItem)}
    names = {item.id: item.name for item in found if isinstance(item, PersonItem)}
    return [Shown(run, doing.get(run.id), run.id in current, names.get(run.by, run.by)) for run in runs]


def view(call: Call, id: str) -> Shown:
    """One run; raises NotFound."""
    call.permit(VIEW, COMPANY)
    (item,) = call.store.get(RunItem.at(id))
    if item is None:
        raise NotFound
    (shown,) = _shown(call.store, [item.to(Run)])
    return shown


def fetch(call: Call, id: str, kind: str, files: Links) -> str:
    """An address of a run's file that is good for a moment; raises NotFound, NoFile where it has none any more."""
    shown = view(call, id)
    if not shown.current:
        raise NoFile(state=shown.run.status)
    if kind not in {each.kind for each in shown.run.files}:
        raise NotFound
    name, seconds = f"{kind}-{shown.run.day.isoformat()}.csv.gz", int(rules.LINK_LASTS.total_seconds())
    return files.link(rules.file_key(shown.run, kind), "", name, GZIP, seconds)
