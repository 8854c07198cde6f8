"""A bucket in memory."""

from __future__ import annotations

from typing import Any

from chalicelib.domain.uploads import announced, brought_to
from chalicelib.gateways.files import Part
from chalicelib.models.store import create
from chalicelib.models.uploads import UploadItem
from chalicelib.services.call import Call
from chalicelib.services.received import record
from tests.services.conftest import new_id

MEDIA = {"pdf": "application/pdf", "xml": "application/xml", "ofd": "application/ofd", "png": "image/png"}


class Bucket:
    """What people brought, by key."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}

    def first(self, key: str, count: int) -> Part | None:
        """The files' `first`."""
        content = self.contents.get(key)
        return Part(content[:count], len(content), "v1") if content else None

    def bring(self, call: Call, name: str, content: bytes, purpose: str = record.KIND) -> str:
        """A file that the person announced and brought."""
        sent: dict[str, Any] = {
            "name": name,
            "content_type": MEDIA.get(name.rpartition(".")[2], ""),
            "size": len(content),
        }
        upload = announced(new_id(), call.me.id, purpose, sent, call.now)
        call.store.write(create(UploadItem.from_upload(upload)))
        self.contents[brought_to(upload.id)] = content
        return upload.id
