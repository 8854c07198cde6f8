"""What starting a request is going to ask by key, read in one batch: process, counter, lists and files of the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from chalicelib.domain.forms import FORM_FILES_LIMIT, Field, Form, asked_for
from chalicelib.models.item import Key
from chalicelib.models.processes import CounterItem, ProcessItem
from chalicelib.models.references import ReferencePartItem
from chalicelib.models.uploads import UploadItem
from chalicelib.services import processes
from chalicelib.services.ahead import read_ahead
from chalicelib.services.call import Call
from chalicelib.services.requests.record import keys


def year_of(call: Call) -> int:
    """The year whose numbers are given out where the person is."""
    return call.now.astimezone(ZoneInfo(call.me.time_zone)).year


def foreseen(call: Call, process: str, raw: Any) -> Call:
    """The call that knows all this. The form is that of the newest version read before; where another one was published
    since, its lists are asked once it is known."""
    version = processes.newest_known(process)
    asked = _by_form(version.form, raw) if version and isinstance(raw, Mapping) else ()
    return read_ahead(call, [ProcessItem.at(process), CounterItem.at(process, year_of(call)), *asked])


def foreseen_change(call: Call, request_id: str, raw: Any) -> Call:
    """The same for a request that is filled in anew. Whose form it is, nobody knows before the request is read; among
    those of the versions read before, the fields that are filled in tell it."""
    form = processes.known_form(raw) if isinstance(raw, Mapping) else None
    return read_ahead(call, [*keys(request_id), *(_by_form(form, raw) if form else ())])


def _by_form(form: Form, raw: Mapping[str, Any]) -> Iterator[Key]:
    """What reading a form asks about lists and files."""
    yield from _parts(form, raw)
    yield from (UploadItem.at(id) for id in asked_for(form.fields, raw)[:FORM_FILES_LIMIT])


def _parts(form: Form, raw: Mapping[str, Any]) -> Iterator[Key]:
    for field in form.fields:
        yield from _asked(field, raw)
        rows = raw.get(field.key) if field.fields else None
        for row in rows if isinstance(rows, list) else ():
            for column in field.fields if isinstance(row, Mapping) else ():
                yield from _asked(column, row)


def _asked(field: Field, values: Mapping[str, Any]) -> Iterator[Key]:
    value = values.get(field.key)
    if field.check and isinstance(value, str):
        yield ReferencePartItem.at(field.check, value.strip())
