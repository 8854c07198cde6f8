"""Files in a form: what a field takes, and what is shown of those that are in it already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import chain
from typing import Any

from chalicelib.domain.file_types import BY_MEDIA
from chalicelib.domain.forms import Field, File, files_of, media_of, size_of
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


def shown_again(call: Call, held: Iterable[File], named: Collection[str]) -> Mapping[str, File]:
    """The files by id: those that the document has `held`, and of those `named` in its form the person's own."""
    known = {each.id: each for each in held}
    more = sorted(set(named) - known.keys())[:LOOKED_UP]
    return known | dict(uploads.known(call.store, call.me.id, more)) if more else known
