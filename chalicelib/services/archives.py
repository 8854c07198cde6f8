"""A visit's archive: written once when all is over, read as it was written, with the check that it is whole."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import batched
from typing import Any, cast

from chalicelib.domain.approvals import Running
from chalicelib.domain.archives import counted, is_whole
from chalicelib.domain.checklist import Task
from chalicelib.domain.errors import NotFound
from chalicelib.domain.invitations import Guest
from chalicelib.domain.passes import Passage
from chalicelib.domain.visits import Visit, move
from chalicelib.models.approvals import RunningItem
from chalicelib.models.archive import ArchiveItem
from chalicelib.models.store import TRANSACTION_LIMIT, Delete, create
from chalicelib.models.store import replace as replace_item
from chalicelib.models.visits import GuestsItem, VisitItem
from chalicelib.models.work import OpenVisitItem
from chalicelib.services import approvals, sites
from chalicelib.services.call import Call
from chalicelib.services.closing import part, passes_of, sign_out
from chalicelib.services.notifications import intend, intention, not_intended
from chalicelib.services.visits.record import resource_of

UNARCHIVED = ("link", "nonce", "document_mark")
"""What an archive does not hold of an invitation: what opens gates, and what only the lists are asked by."""


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
    running_key = RunningItem.at(approvals.approval_id("visit", visit_id))
    head, item, decided = call.store.get(VisitItem.at(visit_id), ArchiveItem.at(visit_id), running_key)
    if head is None:
        raise NotFound
    visit: Visit = head.to(Visit)
    call.permit("visit:view", resource_of(visit, decided.to(Running) if decided else None), unseen=True)
    if item is None:
        raise NotFound
    text = item.document()
    content = json.loads(text)
    return Archive(visit, content, item.archived_at, item.sha256, is_whole(text, item.sha256, content))


def archive(call: Call, visit: Visit, public_url: str) -> None:
    """Archive a closed visit with all that is known of it; whoever slipped in since the close is signed out.

    Raises Contention when it is archived already, or moves at the same moment.
    """
    sign_out(call, visit, passes_of(call, visit.id))
    _ask_how_it_was(call, visit, public_url)
    text = json.dumps(_everything(call, visit), ensure_ascii=False, sort_keys=True, default=_plain).encode()
    _, pk, sk = ArchiveItem.at(visit.id)
    item = ArchiveItem(
        pk, sk, content=zlib.compress(text, 9), sha256=hashlib.sha256(text).hexdigest(), archived_at=call.now
    )
    archived = replace_item(VisitItem.from_visit(move(visit, "archive", call.now)))
    call.commit({}, create(item), archived, Delete(OpenVisitItem.at(visit.id), {}))


def _ask_how_it_was(call: Call, visit: Visit, public_url: str) -> None:
    """Ask everybody who came, once."""
    came = {held.no for held in passes_of(call, visit.id) if held.entries}
    site = sites.site(call.store, visit.site, call.now)
    guests = [cast(Guest, item.to(Guest)) for item in part(call, visit.id, "visitor#") if item.no in came]
    intents = [intention(call, "survey", visit, site, guest, public_url) for guest in guests if guest.phone]
    for batch in batched(intents, TRANSACTION_LIMIT - 1, strict=False):
        if new := not_intended(call, batch):
            call.commit({}, *(intend(intent) for intent in new))


def _everything(call: Call, visit: Visit) -> dict[str, Any]:
    """All parts of the archive; no link and no nonce, which open gates."""
    (listed,) = call.store.get(GuestsItem.at(visit.id))
    guests = [asdict(item.to(Guest)) for item in part(call, visit.id, "visitor#")]
    parts = {
        "visitors": [asdict(visitor) for visitor in listed.visitors] if listed else [],
        "invitations": [{name: guest[name] for name in guest if name not in UNARCHIVED} for guest in guests],
        "passes": [asdict(held) for held in passes_of(call, visit.id)],
        "passages": [asdict(item.to(Passage)) for item in part(call, visit.id, "passage#")],
        "checklist": [asdict(item.to(Task)) for item in part(call, visit.id, "task#")],
        "approvals": _approvals(call, visit),
    }
    return {"visit": asdict(visit), "holds": counted(parts), **parts}


def _approvals(call: Call, visit: Visit) -> list[dict[str, Any]]:
    """The approval with its trail, and what people and steps in it were called."""
    found = approvals.history(call, visit.approval) if visit.approval else None
    if found is None:
        return []
    running, entries = found
    definition = approvals.definition_of(call, running.definition_key, running.definition_version)
    return [
        {
            "id": running.id,
            "status": running.status,
            "definition": f"{running.definition_key} {running.definition_version}",
            "steps": {step.key: dict(step.title) for step in definition.steps},
            "names": approvals.names_of(call, running, entries),
            "trail": [asdict(entry) for entry in entries],
        }
    ]


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
