"""Requests under way go to somebody who goes on with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from chalicelib.domain.directory import Person
from chalicelib.domain.handover import Handover
from chalicelib.domain.requests import Request
from chalicelib.models.approvals import ApprovalsTable
from chalicelib.models.requests import RequestItem
from chalicelib.models.store import Operation, Query
from chalicelib.models.store import replace as replace_item
from chalicelib.services.call import Call
from chalicelib.services.handover.documents import Found, decides, documents, following_approval, packed
from chalicelib.services.handover.owned import OPEN
from chalicelib.services.handover.part import Part
from chalicelib.services.requests import summary_of


def part(call: Call, handover: Handover, successor: Person) -> Part | None:
    """Requests under way; what the successor is asked to decide stays where it is."""
    return packed(handover, _parcels(call, handover, successor))


def _parcels(call: Call, handover: Handover, successor: Person) -> Iterator[tuple[list[Operation], tuple[str, ...]]]:
    mine = Query(ApprovalsTable, f"owner#{handover.person}", index=1)
    for found in documents(call, [mine], "request", RequestItem.at):
        request: Request = found.item.to(Request)
        if request.applicant == handover.person and request.status in OPEN and not decides(found, successor.id):
            yield _handed(found, request, successor), ()


def _handed(found: Found, request: Request, successor: Person) -> list[Operation]:
    """The department stays: whose month and budget it is does not change."""
    handed = replace(request, applicant=successor.id, applicant_name=successor.name, version=request.version + 1)
    approval = following_approval(found, successor.id, summary_of(handed))
    return [replace_item(RequestItem.from_request(handed)), *approval]
