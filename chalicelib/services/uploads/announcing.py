"""Announcing a file: the browser learns where to bring it, and brings it there without passing through Atrium."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.domain.uploads import BROUGHT_WITHIN, announced, brought_to, counted
from chalicelib.gateways.files import files
from chalicelib.models.store import Put, create
from chalicelib.models.uploads import UploadHourItem, UploadItem
from chalicelib.services.call import Answer, Call
from chalicelib.services.permissions import COMPANY


def announce(call: Call, purpose: str, sent: Mapping[str, str | int]) -> Answer:
    """A file that is going to be brought for a kind of document: its `id` and the form (`url`, `fields`) to post.

    The form is signed for this answer only and kept nowhere; a repetition gets one of its own.
    Raises Invalid, TooMany.
    """
    call.permit("upload:create", COMPANY)
    first, (hour,) = call.first_answer_with(UploadHourItem.at(call.me.id, call.now))
    return _with_form(first if first is not None else _announced(call, purpose, sent, hour))


def _announced(call: Call, purpose: str, sent: Mapping[str, str | int], hour: UploadHourItem | None) -> Answer:
    before = hour.made if hour else 0
    number = UploadHourItem.of_number(call.me.id, counted(before, call.now), call.now)
    upload = announced(call.new_id(), call.me.id, purpose, sent, call.now)
    answer: dict[str, Any] = {"id": upload.id, "name": upload.name, "content_type": upload.media, "size": upload.size}
    return call.commit(
        answer,
        create(UploadItem.from_upload(upload)),
        Put(number, {"made": before} if hour else None),
    )


def _with_form(answer: Answer) -> Answer:
    within = int(BROUGHT_WITHIN.total_seconds())
    form = files().post_form(brought_to(answer["id"]), answer["content_type"], answer["size"], within)
    return answer | {"url": form.url, "fields": form.fields}
