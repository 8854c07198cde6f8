"""The files in the form of a visit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.domain.visits import ATTACHMENTS, Visit
from chalicelib.handlers.attached import shown_again, upload_facts
from chalicelib.services.call import Call

_PREFIX = f"{ATTACHMENTS.key}."


def inputs(call: Call, visit: Visit | None, named: Mapping[str, str]) -> dict[str, Any]:
    """What the input of files needs, and the files by id: the visit's, and those `named` in the form's inputs."""
    ids = {id for name, id in named.items() if id and name.startswith(_PREFIX)}
    held = visit.attachments if visit else ()
    return {"file_input": upload_facts(ATTACHMENTS), "attached": shown_again(call, held, ids)}


def kept(visit: Visit) -> dict[str, str]:
    """The files of a visit by the names of the form's inputs: `attachments.0`."""
    return {f"{_PREFIX}{number}": each.id for number, each in enumerate(visit.attachments)}
