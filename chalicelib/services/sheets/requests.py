"""Requests as a file; a process's with a column for each field of its form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from chalicelib.domain.forms import Field, Kind
from chalicelib.domain.requests import Request
from chalicelib.domain.sites import localised
from chalicelib.services import forms, processes, requests
from chalicelib.services.call import Call
from chalicelib.services.exports import Asked, Cell, Column, Sheet, local, titled, word
from chalicelib.services.lists import Listed
from chalicelib.web.i18n import N_


@dataclass(frozen=True)
class Line:
    """A request and, where the list is of one process, what was filled in."""

    request: Request
    filled: Mapping[str, Cell]


COLUMNS: Mapping[str, Callable[[Call, Line], Cell]] = {
    N_("Request number"): lambda call, line: line.request.number,
    N_("Process"): lambda call, line: localised(line.request.title, call.locale),
    N_("Subject"): lambda call, line: line.request.subject,
    N_("Applicant"): lambda call, line: line.request.applicant_name,
    N_("Status"): lambda call, line: word(call, line.request.status),
    N_("Created"): lambda call, line: local(call, line.request.created_at),
    N_("Submitted"): lambda call, line: local(call, line.request.submitted_at),
    N_("Ended"): lambda call, line: local(call, line.request.ended_at),
}


def settled(call: Call, asked: Asked) -> Asked:
    """The same with the month, which is this one unless another is asked for."""
    return {"month": f"{call.now:%Y-%m}", **asked}


def listed(call: Call, asked: Asked, cursor: str | None, limit: int) -> Listed[Request]:
    """The page of the list that the filters mean."""
    wanted = settled(call, asked)
    names = ("month", "process", "department", "status", "q")
    return requests.listed(call, requests.Asked(**{name: wanted.get(name, "") for name in names}), cursor, limit)


def _lines(call: Call, asked: Asked, cursor: str | None, limit: int) -> tuple[Sequence[Line], str | None]:
    page = listed(call, asked, cursor, limit)
    return [Line(each, _filled(call, each) if asked.get("process") else {}) for each in page.records], page.next


def _filled(call: Call, request: Request) -> Mapping[str, Cell]:
    form = processes.version_of(call.store, request.process, request.process_version).form
    return forms.cells(call, form, request.values)


def _columns(call: Call, asked: Asked) -> Sequence[Column]:
    process = asked.get("process")
    return [*titled(call, COLUMNS), *(_of_form(call, process) if process else ())]


def _of_form(call: Call, process: str) -> list[Column]:
    """The fields of the newest version; what older requests have beyond it stands in their pages."""
    newest = processes.newest(call.store, process)
    fields = newest.form.fields if newest else ()
    return [Column(_title(call, field), partial(_value, key=field.key)) for field in fields]


def _title(call: Call, field: Field) -> str:
    title = localised(field.title, call.locale)
    return f"{title} ({field.currency})" if field.kind is Kind.MONEY else title


def _value(call: Call, line: Line, key: str) -> Cell:
    return line.filled.get(key)


SHEET = Sheet("requests", N_("Requests"), _lines, _columns, settled)
