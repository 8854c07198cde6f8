"""Files in the form of a request: what a field takes, and what is shown of those that are in it already."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, cast

from chalicelib.domain.file_types import BY_MEDIA
from chalicelib.domain.forms import Field, File, Form, Kind, Row, Values, files_of, media_of, size_of
from chalicelib.domain.uploads import megabytes
from chalicelib.services import uploads
from chalicelib.services.call import Call

LOOKED_UP = 60
"""Files whose names a form that was refused asks for."""


def upload_facts(field: Field) -> dict[str, Any]:
    """What the input of a field needs: `most` files, `size` in bytes and `limit` in MB of each, and which types.

    `photo`: whether a phone's camera helps.
    """
    media = media_of(field)
    endings = list(chain.from_iterable(BY_MEDIA[each].endings for each in media))
    return {
        "most": files_of(field)[1],
        "size": size_of(field),
        "limit": megabytes(size_of(field)),
        "accept": ",".join([*media, *endings]),
        "endings": [BY_MEDIA[each].endings[0].removeprefix(".").upper() for each in media],
        "photo": "image/jpeg" in media,
    }


def attached(call: Call, form: Form, kept: Values, named: Mapping[str, str]) -> Mapping[str, File]:
    """The files by id: those that are `kept`, and of those `named` in the form's inputs the person's own."""
    fields = [field.key for field in form.fields if field.kind is Kind.FILE]
    rows = [row for key in fields for row in cast(Sequence[Row], kept.get(key, ()))]
    held = {str(row["id"]): File(**cast(Any, row)) for row in rows}
    ids = {id for name, id in named.items() if id and name.rpartition(".")[0].removeprefix("values.") in fields}
    more = sorted(ids - held.keys())[:LOOKED_UP]
    return held | dict(uploads.known(call.store, call.me.id, more)) if more else held
