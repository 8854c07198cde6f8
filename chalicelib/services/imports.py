"""Files that are taken in: checked in whole, written in transactions that each are whole, in the order of the file.

What stands there as the file says it is passed by, so that the same file sent again goes on where it was left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.domain.imports import Problem
from chalicelib.services.call import Answer
from chalicelib.web.messages import message

CHANGES_SHOWN = 40
PROBLEMS_SHOWN = 2000


@dataclass(frozen=True)
class Change:
    """A record that a file changes: what it is, what it says now ("" where it is new), and what it will say."""

    what: str
    before: str
    after: str


@dataclass(frozen=True)
class Taken:
    """What became of a file, or would: `rows` read, and of its records how many are new, changed, the same.

    `written` of them were written now, `left` wait for the file to be sent again. Nothing is written where there are
    `problems`.
    """

    rows: int
    new: int = 0
    changed: int = 0
    same: int = 0
    written: int = 0
    left: int = 0
    problems: Sequence[Problem] = ()
    changes: Sequence[Change] = ()
    ignored: Sequence[str] = ()


def answer_of(taken: Taken, locale: str) -> Answer:
    """The same for those who sent it: the first changes, the first problems in their words."""
    counts = {name: getattr(taken, name) for name in ("rows", "new", "changed", "same", "written", "left")}
    changes = [{"what": each.what, "before": each.before, "after": each.after} for each in taken.changes]
    problems = {"wrong": len(taken.problems), "problems": told(taken.problems, locale)}
    return counts | problems | {"changes": changes[:CHANGES_SHOWN], "ignored": list(taken.ignored)}


def told(problems: Sequence[Problem], locale: str) -> list[dict[str, Any]]:
    """The first problems as people read them."""
    return [_told(each, locale) for each in problems[:PROBLEMS_SHOWN]]


def _told(problem: Problem, locale: str) -> dict[str, Any]:
    text = message(problem.code, problem.params, locale)
    return {"row": problem.row, "column": problem.column, "code": problem.code, "message": text}
