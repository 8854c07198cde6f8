"""Files of a visit: claimed in the visit's own transaction, had by whoever may see the visit."""

from __future__ import annotations

from dataclasses import replace

from chalicelib.domain.approvals import Running
from chalicelib.domain.errors import NotFound
from chalicelib.domain.visits import Application, Visit, attachments_of
from chalicelib.models.approvals import RunningItem
from chalicelib.models.item import Key
from chalicelib.models.store import Operation
from chalicelib.models.uploads import UploadItem
from chalicelib.models.visits import VisitItem
from chalicelib.services import approvals
from chalicelib.services.ahead import read_ahead
from chalicelib.services.call import Call
from chalicelib.services.uploads import HOLDERS, Attachments
from chalicelib.services.visits.record import resource_of

KIND = "visit"


def foreseen(call: Call, asked: Application, *keys: Key) -> Call:
    """The call that knows the records of the application's files and what lies under `keys`, read in one batch."""
    wanted = [*keys, *(UploadItem.at(id) for id in asked.attachments)]
    return read_ahead(call, wanted) if asked.attachments else call


def with_files(call: Call, visit: Visit, asked: Application) -> tuple[Visit, list[Operation]]:
    """The visit with the files that its application names, and what makes the new ones its own.

    Raises Invalid naming each that was not brought, is not what it says or is somebody else's.
    """
    if not asked.attachments:
        return replace(visit, attachments=()), []
    attached = Attachments(call, KIND, visit.id)
    found = attachments_of(asked.attachments, attached.files(asked.attachments))
    return replace(visit, attachments=found), attached.claims(visit.id)


def _permit_files(call: Call, visit_id: str) -> None:
    """Whoever sees the visit may have its files."""
    head, item = call.store.get(VisitItem.at(visit_id), RunningItem.at(approvals.approval_id(KIND, visit_id)))
    if head is None:
        raise NotFound
    call.permit("visit:view", resource_of(head.to(Visit), item.to(Running) if item else None), unseen=True)


HOLDERS[KIND] = _permit_files
