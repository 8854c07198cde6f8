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


def year_of(call: Call) -> int:
    """The year whose numbers are given out where the person is."""
    return call.now.astimezone(ZoneInfo(call.me.time_zone)).year


def foreseen(call: Call, process: str, raw: Any) -> Call:
    """The call that knows all this. The form is that of the newest version read before; where another one was published
    since, its lists are asked once it is known."""
    version = processes.newest_known(process)
    lists = _parts(version.form, raw) if version and isinstance(raw, Mapping) else ()
    files = asked_for(version.form.fields, raw)[:FORM_FILES_LIMIT] if version and isinstance(raw, Mapping) else ()
    brought = [UploadItem.at(id) for id in files]
    return read_ahead(call, [ProcessItem.at(process), CounterItem.at(process, year_of(call)), *lists, *brought])


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
