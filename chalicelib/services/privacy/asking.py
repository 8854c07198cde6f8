"""What visitors ask about their data, answered by reception or an administrator, each time on record.

Who they are is for the colleague to make sure of; they are known by a phone number or an e-mail address, which a key
answers (models/privacy.py). Erasing goes on visit by visit, each step's note bringing the next one by the stream.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Literal

from chalicelib.domain.errors import Conflict, NotFound
from chalicelib.domain.privacy import KINDS, Request, went_on
from chalicelib.domain.visits import Visit
from chalicelib.models.privacy import PrivacyRequestItem, SubjectItem, subject_partition
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Delete, Page, Query, create
from chalicelib.models.store import replace as replace_item
from chalicelib.models.visits import VisitItem
from chalicelib.services.call import Answer, Call
from chalicelib.services.permissions import COMPANY
from chalicelib.services.privacy.following import contacts_of
from chalicelib.services.privacy.forgetting import forget

STEP = 5
"""Visits in which one step forgets somebody."""
FETCHED_FOR = timedelta(days=7)
OVER = ("rejected", "cancelled", "closed", "archived")


def ask(call: Call, wish: Literal["export", "erase"], contact: str) -> Answer:
    """Take up a request: what is known can be fetched at once, forgetting begins by the stream."""
    call.permit("privacy:manage", COMPANY)
    request = Request(
        id=call.new_id(),
        wish=wish,
        contact=contact,
        by=call.me.id,
        created_at=call.now,
        status="running" if wish == "erase" else "done",
    )
    item = PrivacyRequestItem.from_request(request)
    if wish == "export":
        item.expires = int((call.now + FETCHED_FOR).timestamp())
    return call.commit({"id": request.id, "status": request.status, "location": f"/privacy/{request.id}"}, create(item))


def listed(call: Call, month: str, cursor: str | None, limit: int) -> Page:
    """The requests of a month, newest first."""
    call.permit("privacy:manage", COMPANY)
    query = Query(ReceptionTable, f"privacy#{month}", index=1, limit=limit, newest_first=True, cursor=cursor)
    return call.store.query(query)


def view(call: Call, request_id: str) -> Request:
    """One request; raises NotFound."""
    call.permit("privacy:manage", COMPANY)
    (item,) = call.store.get(PrivacyRequestItem.at(request_id))
    if item is None:
        raise NotFound
    request: Request = item.to(Request)
    return request


def to_export(call: Call, request_id: str) -> Request:
    """A request whose data can be fetched now; raises NotFound, Conflict for any other."""
    request = view(call, request_id)
    if request.wish != "export" or call.now >= request.created_at + FETCHED_FOR:
        raise Conflict("privacy_data_gone", state=request.status)
    return request


def visits_of(call: Call, contact: str) -> list[str]:
    """Ids of the visits that list somebody of that contact."""
    page = call.store.query(Query(ReceptionTable, subject_partition(contact), limit=1000))
    return [item.sk for item in page.items]


def go_on(call: Call, request_id: str, version: int) -> None:
    """Forget the visitor in some more visits; nothing if the request went on meanwhile.

    Raises Contention when something of a visit changes at the same moment; then the same call is safe again.
    """
    (item,) = call.store.get(PrivacyRequestItem.at(request_id))
    if item is None or item.version != version or item.status != "running":
        return
    request: Request = item.to(Request)
    page = call.store.query(
        Query(ReceptionTable, subject_partition(request.contact), limit=STEP, cursor=request.cursor)
    )
    over, kept = _sorted(call, [each.sk for each in page.items])
    wanted = request.contact.strip().lower()
    for visit_id in over:
        forget(call, visit_id, KINDS, lambda visitor: wanted in contacts_of([visitor]), known_by=wanted)
    further = went_on(request, len(over), kept, page.cursor, call.now)
    gone = [Delete(SubjectItem.at(wanted, visit_id), {}) for visit_id in over]
    call.commit({}, replace_item(PrivacyRequestItem.from_request(further)), *gone)


def _sorted(call: Call, ids: Sequence[str]) -> tuple[list[str], int]:
    """The visits that are over, and how many are not; a visitor who is still to come must be known at the gate."""
    items: list[Any] = call.store.get(*(VisitItem.at(id) for id in ids)) if ids else []
    visits: list[Visit] = [item.to(Visit) for item in items if item is not None]
    over = [each.id for each in visits if each.status in OVER or each.ends < call.now]
    return over, len(visits) - len(over)
