"""Taking in the reference rates that the European Central Bank publishes: tried whole, written a hundred days at most.

A day that stands there as the file says it is passed by: the same file sent again goes on with what is left.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from chalicelib.domain.rates import USUAL_DAYS, Day, reference_of
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.rates import RatesItem, partition
from chalicelib.models.store import Query, save
from chalicelib.services.call import Answer, Call
from chalicelib.services.directory.reading import every
from chalicelib.services.imports import Change, Taken, answer_of
from chalicelib.services.permissions import COMPANY
from chalicelib.services.rates import files
from chalicelib.services.rates.keeping import MANAGE, today
from chalicelib.services.rates.reading import forget

STEP = 90
"""Days that one transaction writes; it takes a hundred operations."""


def take(call: Call, content: bytes, since: date | None = None, trial: bool = False) -> Answer:
    """Take the days of the file from `since` on, of the last USUAL_DAYS unless it is stated, or only try it.

    Raises Invalid for what is no such file. One transaction writes STEP days, the oldest first; `left` says how many
    wait for the next time.
    """
    call.permit(MANAGE, COMPANY)
    first = since or today(call) - timedelta(days=USUAL_DAYS)
    read = reference_of(files.read(content), first, today(call))
    if read.problems:
        return answer_of(Taken(read.rows, problems=read.problems), call.locale)
    known = _known(call, list(read.days))
    wanted = [_wanted(known.get(day), day, rates) for day, rates in read.days.items()]
    changing = [each for each in wanted if each]
    now = [] if trial else changing[:STEP]
    taken = Taken(
        rows=read.rows,
        new=sum(each.version == 1 for each in changing),
        changed=sum(each.version > 1 for each in changing),
        same=len(wanted) - len(changing),
        written=len(now),
        left=len(changing) - len(now),
        changes=[*_told(changing, known)],
    )
    answer = answer_of(taken, call.locale)
    return _written(call, answer, now) if now else call.nothing_to_write(answer)


def _written(call: Call, answer: Answer, days: Sequence[Day]) -> Answer:
    done = call.commit(answer, *(save(RatesItem.from_day(day)) for day in days))
    forget()
    return done


def _known(call: Call, days: Sequence[date]) -> Mapping[date, Day]:
    if not days:
        return {}
    found: dict[date, Day] = {}
    for year in range(days[0].year, days[-1].year + 1):
        span = Query(SpendingTable, partition(year), start=days[0].isoformat(), end=days[-1].isoformat(), limit=400)
        found |= {day.day: day for day in (item.to(Day) for item in every(call.store, span))}
    return found


def _wanted(before: Day | None, day: date, rates: Mapping[str, Decimal]) -> Day | None:
    """The day as it is to be; None where it is so already. What was stated by hand stays."""
    if before is None:
        return Day(day, rates, version=1)
    if dict(before.reference) == dict(rates):
        return None
    return replace(before, reference=rates, version=before.version + 1)


def _told(changing: Sequence[Day], known: Mapping[date, Day]) -> Iterator[Change]:
    """Each currency of a day that changes; a new day at once."""
    for day in reversed(changing):
        before = known.get(day.day)
        if before is None:
            yield Change(day.day.isoformat(), "", _worth(day, sorted(day.reference)))
        else:
            differing = sorted(
                each
                for each in {*before.reference, *day.reference}
                if before.reference.get(each) != day.reference.get(each)
            )
            yield Change(day.day.isoformat(), _worth(before, differing), _worth(day, differing))


def _worth(day: Day, currencies: Sequence[str]) -> str:
    """The first few of what a euro is worth."""
    parts = [f"{each} {day.reference[each]}" for each in currencies if each in day.reference]
    return ", ".join(parts[:4]) + (" …" if len(parts) > 4 else "")
