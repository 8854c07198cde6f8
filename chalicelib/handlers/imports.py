"""What every route answers that takes a file: what is wrong where, and what it changes."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from chalicelib.handlers.fields import Answered, Strict


class ProblemAnswer(Answered):
    """What is wrong in a row of the file, in the column with that heading; row 0 is the whole file."""

    row: int
    column: str
    code: str
    message: str


class ChangeAnswer(Answered):
    """What a file changes: what stands there now ("" for nothing), and what will."""

    what: str
    before: str
    after: str


class ImportAnswer(Answered):
    """What a file says, in records: which are new, changed and the same; how many were written, and are left.

    Nothing is written of a file in which something is wrong. The same file again goes on with what is left. `changes`
    are the first of what changes, `problems` the first of what is `wrong`, `ignored` the columns that say nothing.
    """

    rows: int
    new: int
    changed: int
    same: int
    written: int
    left: int
    wrong: int
    problems: list[ProblemAnswer]
    changes: list[ChangeAnswer]
    ignored: list[str]


class ImportQuery(Strict):
    """Whether the file is only tried: what it would change, or what is wrong with it."""

    trial: bool = False
    lang: str | None = Field(default=None, max_length=10)


class DatedImportQuery(ImportQuery):
    """The same, from which day on."""

    since: date | None = None
