"""Files over HTTP: announced here, brought straight to the bucket, had back by a link of a moment."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from chalicelib.handlers.answers import Reply
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.fields import Answered, Strict
from chalicelib.services import uploads
from chalicelib.services.call import Answer, Call

area = Area(__name__)


class UploadForm(Strict):
    """A file that is going to be brought: its name, what it is (may be empty), its bytes, and for which document."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=400)]
    content_type: Annotated[str, StringConstraints(max_length=200)] = ""
    size: int
    purpose: Literal["request", "visit", "received"]


class Announced(Answered):
    """Post `fields` and then the file as `file` to `url`, as multipart/form-data; documents name it by its `id`.

    `name` and `content_type` are what it will be shown as.
    """

    id: str
    name: str
    content_type: str
    size: int
    url: str
    fields: dict[str, str]


@area.endpoint("POST", "/uploads", action="upload:create", body=UploadForm, answer=Announced, status=201)
def announce_upload(call: Call, form: UploadForm) -> Answer:
    """Announce a file; the answer says where to post it within a quarter of an hour."""
    return uploads.announce(call, form.purpose, form.model_dump(exclude={"purpose"}))


@area.endpoint("GET", "/files/{id}", action="request:view", status=302, content="application/octet-stream")
def give_file(call: Call, id: str) -> Reply:
    """A file of a document that I may see: leads to it for two minutes, to be saved and not shown in place."""
    return Reply(content=b"", content_type="text/plain", status=302, headers={"Location": uploads.link(call, id)})
