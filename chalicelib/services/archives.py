"""A visit's archive for those who may see the visit: read as it was written, with the check that it is whole."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib.domain.archives import is_whole
from chalicelib.domain.errors import NotFound
from chalicelib.domain.visits import Visit
from chalicelib.models.archive import ArchiveItem
from chalicelib.models.visits import VisitItem
from chalicelib.services.call import Call
from chalicelib.services.visits.record import resource_of


@dataclass(frozen=True)
class Archive:
    """What was archived of a visit; `whole`: nothing of it is missing or other than it was."""

    visit: Visit
    content: Mapping[str, Any]
    archived_at: datetime
    sha256: str
    whole: bool


def view(call: Call, visit_id: str) -> Archive:
    """The archive of a visit; raises NotFound where there is none, or for those who may not see the visit."""
    head, item = call.store.get(VisitItem.at(visit_id), ArchiveItem.at(visit_id))
    if head is None:
        raise NotFound
    visit: Visit = head.to(Visit)
    call.permit("visit:view", resource_of(visit), unseen=True)
    if item is None:
        raise NotFound
    text = item.document()
    content = json.loads(text)
    return Archive(visit, content, item.archived_at, item.sha256, is_whole(text, item.sha256, content))
