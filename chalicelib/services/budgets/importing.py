"""Budgets out of a file: tried whole, written line by line in transactions of some tens, and stated anew by their key.

A line that stands there as the file says it is passed by, so that the same file sent again changes nothing, or goes on
with what is left. What was adjusted or transferred since stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import batched
from typing import Any

from chalicelib.domain import budgets
from chalicelib.domain.budgets import CATEGORIES, BudgetClosed, Groups, Line, Posting, Stamp, lists
from chalicelib.domain.budgets.lists import BudgetList, Names, Row
from chalicelib.domain.errors import DomainError, Invalid
from chalicelib.domain.imports import Problem
from chalicelib.models.budget_groups import GroupsItem
from chalicelib.models.budgets import LineItem
from chalicelib.models.store import BATCH_GET_LIMIT, Operation, Update
from chalicelib.services import directory, tables
from chalicelib.services.budgets.grouping import as_of, remembered
from chalicelib.services.budgets.posting import opening, operations_of
from chalicelib.services.call import Answer, Call
from chalicelib.services.imports import Change, Taken, answer_of
from chalicelib.services.permissions import COMPANY
from chalicelib.web import budget_words
from chalicelib.web.i18n import LOCALES, translator
from chalicelib.web.money import digits_of, minor, money

MANAGE = "budget:manage"
STEP = 45
"""Lines that one transaction writes: two operations each, of a hundred."""


@dataclass(frozen=True)
class _Change:
    """What a row changes: the line as it is (None: there is none), and what it is to be."""

    row: Row
    before: Line | None
    after: Line
    posting: Posting | None


def take(call: Call, content: bytes, trial: bool = False) -> Answer:
    """Take the budgets of a file (CSV or XLSX), or only try it; raises Invalid for what is no table.

    Nothing is written where anything is wrong. One transaction writes STEP lines; `left` says how many wait.
    """
    call.permit(MANAGE, COMPANY)
    found, lines = _listed(call, tables.read(content))
    changes, problems = _changes(call, found, lines)
    now = [] if trial or problems else changes[:STEP]
    taken = Taken(
        rows=found.count,
        new=sum(each.before is None for each in changes),
        changed=sum(each.before is not None for each in changes),
        same=0 if problems else len(found.rows) - len(changes),
        written=len(now),
        left=0 if problems else len(changes) - len(now),
        problems=problems,
        changes=[*_told(call, changes)],
        ignored=found.ignored,
    )
    answer = answer_of(taken, call.locale)
    if not now:
        return call.nothing_to_write(answer)
    return call.commit(answer, *(operation for each in now for operation in _operations(each)))


def _listed(call: Call, cells: Sequence[Sequence[str]]) -> tuple[BudgetList, Mapping[str, Line]]:
    """The rows, and the lines that they name. The groups are read together with the lines; where they are not those
    that this process knew, the rows are understood by them, and their lines read once more."""
    guess = remembered()
    found = lists.listed(cells, _names(call, guess))
    kept, lines = _read(call, found)
    if kept.version != guess.version:
        found = lists.listed(cells, _names(call, kept))
        _, lines = _read(call, found)
    return found, lines


def _read(call: Call, found: BudgetList) -> tuple[Groups, Mapping[str, Line]]:
    """The groups as they are now and the lines by id, of a file without a fault."""
    ids = () if found.problems else [row.line.id for row in found.rows]
    keys = [GroupsItem.at(), *(LineItem.at(id) for id in ids)]
    head, *items = [item for some in batched(keys, BATCH_GET_LIMIT, strict=False) for item in call.store.get(*some)]
    return as_of(head), {item.id: item.to(Line) for item in items if item}


def _names(call: Call, kept: Groups) -> Names:
    departments: dict[str, list[str]] = {}
    for each in directory.departments(call.store, call.now):
        for text in {each.id.casefold(), each.name.strip().casefold()}:
            departments.setdefault(text, []).append(each.id)
    categories: dict[str, str] = {key: key for key in CATEGORIES}
    for key in CATEGORIES:
        categories |= {translator(locale).gettext(budget_words.CATEGORIES[key]).casefold(): key for locale in LOCALES}
    for group in kept.items:
        categories |= {text.casefold(): group.category for text in (group.category, *group.title.values())}
    return Names(departments, categories, minor, lambda currency: digits_of(currency) is not None)


def _changes(call: Call, found: BudgetList, lines: Mapping[str, Line]) -> tuple[list[_Change], list[Problem]]:
    """What the rows change, and everything that is wrong."""
    if found.problems:
        return [], list(found.problems)
    changes: list[_Change] = []
    problems: list[Problem] = []
    for row in found.rows:
        try:
            change = _change(call, row, lines.get(row.line.id))
        except DomainError as refused:
            problems += _wrong(row, refused, found.headings)
            continue
        if change:
            changes.append(change)
    return changes, problems


def _change(call: Call, row: Row, before: Line | None) -> _Change | None:
    stamp = Stamp(call.new_id(), call.now, call.actor)
    if before is None:
        posting = budgets.allot(row.line, row.amount, stamp)
        return _Change(row, None, posting.line, posting)
    restated = budgets.restate(before, row.amount, stamp)
    after = restated.line if restated else before
    if any(getattr(after, name) != value for name, value in row.terms.items()):
        if before.status == "closed":
            raise BudgetClosed(state=before.status, period=before.period)
        terms: dict[str, Any] = {name: getattr(after, name) for name in ("control", "carries", "borrows")}
        after = replace(budgets.set_terms(after, **terms | dict(row.terms)), version=before.version + 1)
    return _Change(row, before, after, restated) if after != before else None


def _wrong(row: Row, refused: DomainError, headings: Mapping[str, str]) -> Iterator[Problem]:
    if isinstance(refused, Invalid):
        for each in refused.fields:
            yield Problem(row.row, headings.get(each.path, each.path), each.code, each.params)
    else:
        yield Problem(row.row, headings["amount"], refused.code, refused.params)


def _operations(change: _Change) -> list[Operation]:
    if change.before is None:
        return opening(change.posting) if change.posting else []
    names = ("control", "carries", "borrows")
    terms = {name: getattr(change.after, name) for name in names}
    changed = {name: value for name, value in terms.items() if value != getattr(change.before, name)}
    as_read = {"version": change.before.version} if changed else {"allotted": change.before.allotted}
    if change.posting is None:
        return [Update(LineItem.at(change.before.id), changed, as_read, amounts={"version": 1})]
    update, *others = operations_of(change.before, change.posting)
    if isinstance(update, Update):
        update = replace(update, values=changed, expect={**update.expect, **as_read})
    return [update, *others]


def _told(call: Call, changes: Sequence[_Change]) -> Iterator[Change]:
    names = {each.id: each.name for each in directory.departments(call.store, call.now)}
    words = {key: translator(call.locale).gettext(text) for key, text in budget_words.CATEGORIES.items()}
    for each in changes:
        line = each.after
        what = " · ".join(
            (names.get(line.department, line.department), words.get(line.category, line.category), line.period)
        )
        before = money(each.before.allotted, line.currency) if each.before else ""
        yield Change(what, before, money(line.allotted, line.currency))
