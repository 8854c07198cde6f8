"""Lists of visitors from files: tried, and answered as rows for the form or as what is wrong where. Nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from chalicelib.domain.errors import Invalid
from chalicelib.domain.imports import Problem
from chalicelib.domain.visitor_lists import Entry, VisitorList, listed, twice
from chalicelib.domain.visits import VISITORS_LIMIT
from chalicelib.handlers.fields import Answered
from chalicelib.handlers.imports import ProblemAnswer
from chalicelib.handlers.incoming import parse
from chalicelib.handlers.visits.forms import VisitorForm
from chalicelib.handlers.visits.routes import area
from chalicelib.services import tables
from chalicelib.services.call import Call
from chalicelib.services.imports import told
from chalicelib.services.permissions import COMPANY


class ListAnswer(Answered):
    """What the file says: `visitors` for the form if nothing is wrong, otherwise none and what is wrong, by place.

    `rows` counts the rows with visitors, `ignored` names columns of which nothing was taken, `problems` are the
    first of what is `wrong`.
    """

    rows: int
    visitors: list[VisitorForm]
    wrong: int
    problems: list[ProblemAnswer]
    ignored: list[str]


@area.endpoint("POST", "/visits/import", action="visit:create", upload=tables.FILE_LIMIT, answer=ListAnswer)
def import_visitors(call: Call, file: bytes) -> dict[str, Any]:
    """Try a list of visitors (CSV or XLSX): all of its rows for the form, or everything that is wrong with it."""
    call.permit("visit:create", COMPANY)
    found = listed(tables.read(file))
    visitors, problems = _checked(found)
    return {
        "rows": len(found.entries),
        "visitors": [] if problems else [each.model_dump() for each in visitors],
        "wrong": len(problems),
        "problems": told(problems, call.locale),
        "ignored": found.ignored,
    }


def _checked(found: VisitorList) -> tuple[Sequence[VisitorForm], Sequence[Problem]]:
    """The visitors, and everything that is wrong, in the order of the file."""
    problems = list(found.problems)
    visitors = []
    if not any(each.code.startswith("column_") for each in problems):
        for entry in found.entries:
            try:
                visitors.append(parse(VisitorForm, {name: text for name, text in entry.fields.items() if text}))
            except Invalid as error:
                problems += _wrong(entry, error, found.headings)
        problems += twice(found.entries, found.headings)
    return visitors, [*_length(found.entries), *sorted(problems, key=lambda each: each.row)]


def _wrong(entry: Entry, error: Invalid, headings: Mapping[str, str]) -> Iterator[Problem]:
    for each in error.fields:
        yield Problem(entry.row, headings.get(each.path, each.path), each.code, each.params)


def _length(entries: Sequence[Entry]) -> Iterator[Problem]:
    if not entries:
        yield Problem(0, "", "list_is_empty", {})
    if len(entries) > VISITORS_LIMIT:
        yield Problem(0, "", "list_too_long", {"rows": str(len(entries)), "limit": str(VISITORS_LIMIT)})
