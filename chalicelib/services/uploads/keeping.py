"""What follows when a document has claimed a file: its content is copied to where nobody else can write."""

from __future__ import annotations

from chalicelib.domain.uploads import Upload, kept
from chalicelib.gateways.files import files
from chalicelib.models.store import replace
from chalicelib.models.uploads import UploadItem
from chalicelib.services.call import Call


def keep(call: Call, upload_id: str) -> None:
    """Copy the content that was checked, once; whoever posts to the old place again changes nothing."""
    (item,) = call.store.get(UploadItem.at(upload_id))
    if item is None or item.status != "claimed":
        return
    upload: Upload = item.to(Upload)
    after = kept(upload)
    files().copy(upload.key, upload.stored, after.key)
    call.commit({}, replace(UploadItem.from_upload(after)))
