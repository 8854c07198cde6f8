"""Looking at one application: with its approval, the budgets that it takes from as they stand, and what I can do."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.domain.applications import HOLDING, Application, Move, moves_from
from chalicelib.domain.budgets import Freeze, Line, Share
from chalicelib.models.applications import ApplicationItem
from chalicelib.models.budgets import FreezeItem, LineItem
from chalicelib.models.store import Store
from chalicelib.services import approvals
from chalicelib.services.ahead import read_ahead
from chalicelib.services.applications.record import KIND, kept, resource_of
from chalicelib.services.call import Call
from chalicelib.services.permissions import Resource

MINE: tuple[Move, ...] = ("change", "submit", "withdraw", "cancel", "finish")


@dataclass(frozen=True)
class Taken:
    """A budget line, what the application took of it, and what it holds of that still."""

    line: Line
    share: Share
    held: int


@dataclass(frozen=True)
class ApplicationView:
    """All that an application's page shows. `moves` is what I can do with it; its approval has moves of its own.

    `taken` is empty while the application holds nothing.
    """

    application: Application
    approval: approvals.Approval | None
    moves: tuple[Move, ...]
    taken: tuple[Taken, ...] = ()


def view(call: Call, id: str) -> ApplicationView:
    """Everything about one application; raises NotFound for those who may not see it."""
    call = read_ahead(call, [ApplicationItem.at(id)], approvals.trail_of(approvals.approval_id(KIND, id)))
    application = kept(call.store, id)
    approval = approvals.view(call, application.approval) if application.approval else None
    resource = resource_of(application, approval.running if approval else None)
    call.permit("application:view", resource, unseen=True)
    taken = _taken(call.store, application) if application.status in HOLDING else ()
    return ApplicationView(application, approval, _my_moves(call, application, resource), taken)


def _taken(store: Store, application: Application) -> tuple[Taken, ...]:
    shares = application.shares
    freezes = [FreezeItem.at(share.line, "application", application.id) for share in shares]
    found = store.get(*(LineItem.at(share.line) for share in shares), *freezes) if shares else []
    read = zip(shares, found, found[len(shares) :], strict=False)
    return tuple(
        Taken(line.to(Line), share, freeze.to(Freeze).held if freeze else 0) for share, line, freeze in read if line
    )


def _my_moves(call: Call, application: Application, resource: Resource) -> tuple[Move, ...]:
    if not call.may("application:change", resource):
        return ()
    return tuple(name for name in moves_from(application.status) if name in MINE)
