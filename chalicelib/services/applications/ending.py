"""Finishing an application: by its applicant, or by a claim that says so. What it still holds is given back."""

from __future__ import annotations

from chalicelib.domain.applications import Application, move
from chalicelib.domain.budgets import Document
from chalicelib.models.applications import ApplicationItem
from chalicelib.models.store import Operation
from chalicelib.models.store import replace as replace_item
from chalicelib.services.applications import taking
from chalicelib.services.applications.record import kept
from chalicelib.services.call import Call


def finishing(call: Call, id: str) -> list[Operation]:
    """Operations that finish an approved application and give back all that it still holds.

    Raises NotFound, IllegalMove. For a transaction that moves nothing else on the application's lines; a claim that
    takes over from them uses `ended` and posts what is `left` with its own. One read, two where it was not read ahead.
    """
    application = kept(call.store, id)
    return [*_ended(call, application), *taking.releasing(call, application)]


def ended(call: Call, id: str) -> list[Operation]:
    """Operations that finish an approved application, without what it holds; raises NotFound, IllegalMove."""
    return _ended(call, kept(call.store, id))


def left(call: Call, id: str) -> tuple[Document, dict[str, int]]:
    """The application as budgets know it, and what it still holds of each line, in minor units.

    For `budgets.posting`: `Hold(document, line, frozen=-amount)` gives it back. Raises NotFound.
    """
    application = kept(call.store, id)
    return taking.document_of(application), taking.still_held(call.store, application)


def _ended(call: Call, application: Application) -> list[Operation]:
    moved = move(application, "finish", call.now)
    return [replace_item(ApplicationItem.from_application(moved))]
