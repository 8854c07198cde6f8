"""Items of finance's export in the table `exports` (models/exports.py), whose stream drives it, too.

| question | key |
|---|---|
| a run and what it does next | pk `finance#RUN`: sk `run`, and `step` while it is running |
| the runs, newest first | index1 `finance-runs`, `DAY#STARTED#RUN` (a few a day) |
| which run is a day's current one, which is under way | pk `finance-day#DAY`, sk `day` |
| which running run stands still (reconciler) | step's index2 `finance-running`, `AT#RUN` (seldom more than one) |

A run's note stays as long as its files may: it says who took what out of the product, and what its sums were.
"""

from datetime import date

from pynamodb.attributes import UnicodeAttribute

from chalicelib.domain.finance_exports import Day, File, Place, Run, Step
from chalicelib.models.attributes import DataAttribute, InstantAttribute, IntegerAttribute
from chalicelib.models.exports import ExportsTable
from chalicelib.models.item import Key
from chalicelib.models.visits import instant

RUNS = "finance-runs"
RUNNING = "finance-running"


class RunItem(ExportsTable, discriminator="finance_run"):
    """A run: what was made, and what became of it."""

    id = UnicodeAttribute()
    day = DataAttribute[date](date)
    by = UnicodeAttribute()
    started_at = InstantAttribute()
    status = UnicodeAttribute()
    files = DataAttribute[tuple[File, ...]](tuple[File, ...])
    content_sha256 = UnicodeAttribute()
    ended_at = InstantAttribute(null=True)

    @classmethod
    def at(cls, run: str) -> Key:
        """Where a run lives."""
        return cls, f"finance#{run}", "run"

    @classmethod
    def from_run(cls, run: Run) -> "RunItem":
        """The item of a run, in the list of all."""
        _, pk, sk = cls.at(run.id)
        order = f"{run.day.isoformat()}#{instant(run.started_at)}#{run.id}"
        return cls.of(run, pk=pk, sk=sk, index1_pk=RUNS, index1_sk=order)


class StepItem(ExportsTable, discriminator="finance_step"):
    """What a running run does next."""

    run = UnicodeAttribute()
    at_time = InstantAttribute()
    status = UnicodeAttribute()
    place = DataAttribute[Place](Place)
    rows = IntegerAttribute()
    parts = DataAttribute[tuple[tuple[int, str], ...]](tuple[tuple[int, str], ...])
    files = DataAttribute[tuple[File, ...]](tuple[File, ...])
    attempts = IntegerAttribute()

    @classmethod
    def at(cls, run: str) -> Key:
        """Where the step of a run stands."""
        return cls, f"finance#{run}", "step"

    @classmethod
    def from_step(cls, step: Step) -> "StepItem":
        """The item of a step, among those that are looked after."""
        _, pk, sk = cls.at(step.run)
        return cls.of(step, pk=pk, sk=sk, index2_pk=RUNNING, index2_sk=f"{instant(step.at_time)}#{step.run}")


class DayItem(ExportsTable, discriminator="finance_day"):
    """Which run is a day's current one."""

    day = DataAttribute[date](date)
    current = UnicodeAttribute()
    running = UnicodeAttribute()

    @classmethod
    def at(cls, day: date) -> Key:
        """Where a day's runs are named."""
        return cls, f"finance-day#{day.isoformat()}", "day"

    @classmethod
    def from_day(cls, day: Day) -> "DayItem":
        """The item of a day."""
        _, pk, sk = cls.at(day.day)
        return cls.of(day, pk=pk, sk=sk)
