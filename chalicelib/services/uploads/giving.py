"""Giving a file to whoever may see the document that holds it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from importlib import import_module

from chalicelib.domain.errors import NotFound
from chalicelib.domain.uploads import Upload
from chalicelib.gateways.files import files
from chalicelib.models.uploads import UploadItem
from chalicelib.services.call import Call

LINK_FOR = timedelta(minutes=2)

HOLDERS: dict[str, Callable[[Call, str], None]] = {}
"""By kind of document: permits the call if it may see the document of that id, raises NotFound otherwise."""

_MODULES = {
    "visit": "chalicelib.services.visits.attached",
    "request": "chalicelib.services.requests.record",
    "received": "chalicelib.services.received.record",
}
"""By kind of document: the module that adds it to HOLDERS."""


def link(call: Call, file_id: str) -> str:
    """Where the file can be had in the next moments; raises NotFound, also while no document holds it."""
    (item,) = call.store.get(UploadItem.at(file_id))
    if item is None or item.status == "waiting":
        raise NotFound
    upload: Upload = item.to(Upload)
    import_module(_MODULES[upload.purpose])
    HOLDERS[upload.purpose](call, upload.document)
    version = upload.stored if upload.status == "claimed" else ""
    return files().link(upload.key, version, upload.name, upload.media, int(LINK_FOR.total_seconds()))
