"""A received invoice as the policies see it, and the rights to its file."""

from __future__ import annotations

from collections.abc import Iterable

from chalicelib.domain.errors import NotFound
from chalicelib.domain.received import Received, Use
from chalicelib.services.call import Call
from chalicelib.services.permissions import Resource
from chalicelib.services.received.naming import Named, named
from chalicelib.services.received.using import known, uses_of
from chalicelib.services.uploads import HOLDERS

KIND = "received"
VIEW = "received:view"


def documents_of(uses: Iterable[Use]) -> list[tuple[str, str, int, bool]]:
    """The documents that use an invoice or were settled with it: kind, id, sum, and whether they use it now."""
    found: dict[tuple[str, str], tuple[int, bool]] = {}
    for use in uses:
        for each in use.settled:
            found[each.kind, each.document] = (each.amount, False)
        if use.live:
            found[use.live.kind, use.live.document] = (use.live.amount, True)
    return [(kind, document, *facts) for (kind, document), facts in found.items()]


def seen_by(call: Call, uses: Iterable[Use]) -> dict[tuple[str, str], Named | None]:
    """How each of those documents is named to the call's person."""
    return {(kind, id): named(call, kind, id) for kind, id, _, _ in documents_of(uses)}


def resource_of(call: Call, received: Received, seen: Iterable[Named | None] = ()) -> Resource:
    """What the policies ask about an invoice: its owner, and whether the person sees a document that uses it."""
    people = [call.me.id] if any(seen) else []
    return Resource("Received", received.id, {"owner": received.owner, "people": people})


def _permit_files(call: Call, id: str) -> None:
    """Its owner, finance and auditors, and whoever sees a document that uses it."""
    received = known(call.store, [id]).get(id)
    if received is None:
        raise NotFound
    plain = resource_of(call, received)
    if not call.may(VIEW, plain):
        plain = resource_of(call, received, seen_by(call, uses_of(call.store, [id]).values()).values())
    call.permit(VIEW, plain, unseen=True)


HOLDERS[KIND] = _permit_files
