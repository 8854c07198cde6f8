"""Putting files into a document: what was brought is looked at, and claimed in the document's own transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from chalicelib.domain.file_types import BY_MEDIA, HEAD, TAIL, Sample
from chalicelib.domain.forms import File
from chalicelib.domain.uploads import Upload, claimed, fault_before_reading, fault_of_content
from chalicelib.gateways.files import files
from chalicelib.models.store import Operation, Store
from chalicelib.models.store import replace as replace_item
from chalicelib.models.uploads import UploadItem
from chalicelib.services.call import Call


class Attachments:
    """The files of one document of a kind; `document` is its id, "" while it is being made.

    `files` answers for the document's form (domain/forms World), `claims` then gives what has to be written.
    """

    def __init__(self, call: Call, kind: str, document: str = "") -> None:
        self._call = call
        self._kind = kind
        self._document = document
        self._new: dict[str, tuple[Upload, Sample, str]] = {}

    def files(self, ids: Collection[str]) -> Mapping[str, File | str]:
        """See World: what the document holds already stays, anything else is read and must be what it says."""
        found = self._call.store.get(*(UploadItem.at(id) for id in ids))
        return {id: self._file(item.to(Upload) if item else None) for id, item in zip(ids, found, strict=True)}

    def _file(self, upload: Upload | None) -> File | str:
        if upload and self._document and (upload.purpose, upload.document) == (self._kind, self._document):
            return _shown(upload)
        fault = fault_before_reading(upload, self._call.me.id, self._kind, self._call.now)
        return fault if fault or upload is None else self._read(upload)

    def _read(self, upload: Upload) -> File | str:
        sample, stored = _sample(upload)
        if sample is None or (fault := fault_of_content(upload, sample)):
            return fault if sample else "file_missing"
        self._new[upload.id] = (upload, sample, stored)
        return File(upload.id, upload.name, upload.media, sample.size)

    def claims(self, document: str) -> list[Operation]:
        """What makes the new ones among the files that were asked for the document's own."""
        taken = (claimed(upload, document, sample, stored) for upload, sample, stored in self._new.values())
        return [replace_item(UploadItem.from_upload(upload)) for upload in taken]


def _sample(upload: Upload) -> tuple[Sample | None, str]:
    """What there is to look at, and the bucket's name for that very content: it may be overwritten at any time."""
    first = files().first(upload.key, HEAD)
    if first is None:
        return None, ""
    tail = files().last(upload.key, TAIL, first.version) if BY_MEDIA[upload.media].needs_tail else None
    return Sample(first.size, first.content, tail.content if tail else b""), first.version


def _shown(upload: Upload) -> File:
    return File(upload.id, upload.name, upload.media, upload.size)


def known(store: Store, person: str, ids: Collection[str]) -> Mapping[str, File]:
    """Of files that a form names, what it may show of them again: those that the person announced."""
    found = (item.to(Upload) for item in store.get(*(UploadItem.at(id) for id in ids)) if item)
    return {upload.id: _shown(upload) for upload in found if upload.owner == person}
