"""The files in the form of a request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from chalicelib.domain.forms import File, Form, Kind, Row, Values
from chalicelib.handlers.attached import shown_again
from chalicelib.services.call import Call


def attached(call: Call, form: Form, kept: Values, named: Mapping[str, str]) -> Mapping[str, File]:
    """The files by id: those that are `kept`, and of those `named` in the form's inputs the person's own."""
    fields = [field.key for field in form.fields if field.kind is Kind.FILE]
    rows = [row for key in fields for row in cast(Sequence[Row], kept.get(key, ()))]
    ids = {id for name, id in named.items() if id and name.rpartition(".")[0].removeprefix("values.") in fields}
    return shown_again(call, [File(**cast(Any, row)) for row in rows], ids)
