"""Looking at received invoices: one's own, what of them can still be claimed, and who uses one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from chalicelib.domain.errors import NotFound
from chalicelib.domain.received import Received, Use, use_keys
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.received import UseItem, of_owner
from chalicelib.models.store import BATCH_GET_LIMIT, Query, Store
from chalicelib.services.ahead import read_ahead
from chalicelib.services.call import Call
from chalicelib.services.permissions import Resource
from chalicelib.services.received.naming import Named
from chalicelib.services.received.record import VIEW, documents_of, resource_of, seen_by
from chalicelib.services.received.using import keys, known, uses_of

type State = Literal["unused", "used"]
"""Whether something of the invoice can still be claimed."""


@dataclass(frozen=True)
class Open:
    """An invoice, what is claimed of it altogether and what of it could still be, in minor units of its currency."""

    received: Received
    claimed: int
    left: int

    @property
    def state(self) -> State:
        """Whether something of it can still be claimed."""
        return "unused" if self.left else "used"


@dataclass(frozen=True)
class Listed:
    """One's invoices, newest first, and the cursor of what follows."""

    items: list[Open]
    next: str | None


@dataclass(frozen=True)
class Backed:
    """A document that an invoice backs with a sum, `live` until it is settled; `named` to those who may see it."""

    amount: int
    live: bool
    named: Named | None


@dataclass(frozen=True)
class View:
    """An invoice with the documents that it backs; `used`: just this registration of it backs one."""

    open: Open
    backs: list[Backed]
    used: bool


def listed(call: Call, state: State | None = None, cursor: str | None = None, limit: int = 50) -> Listed:
    """One page of the person's invoices, newest first, or of those in that state.

    It is sifted by who uses them, which stands beside them, so it may have fewer and still a next. Raises Malformed
    for a foreign cursor.
    """
    call.permit("received:list", Resource("Received", "mine", {"owner": call.me.id}))
    return _listed(call.store, call.me.id, state, cursor, min(limit, BATCH_GET_LIMIT))


def open_of(store: Store, person: str) -> list[Open]:
    """Of somebody's newest hundred invoices those that can still be claimed."""
    return _listed(store, person, "unused", None, BATCH_GET_LIMIT).items


def _listed(store: Store, person: str, state: State | None, cursor: str | None, limit: int) -> Listed:
    query = Query(SpendingTable, of_owner(person), index=1, limit=limit, newest_first=True, cursor=cursor)
    page = store.query(query)
    found = [item.to(Received) for item in page.items]
    items = _beside(found, _first_uses(store, found))
    return Listed([each for each in items if state in (None, each.state)], page.cursor)


def _first_uses(store: Store, found: Sequence[Received]) -> Mapping[str, Use]:
    """The uses by identity: those by file say the same, unless somebody gave one file two numbers."""
    wanted = list(dict.fromkeys(use_keys(each.id)[0] for each in found))
    items = store.get(*(UseItem.at(key) for key in wanted)) if wanted else []
    return {key: item.to(Use) for key, item in zip(wanted, items, strict=True) if item is not None}


def _beside(found: Iterable[Received], uses: Mapping[str, Use]) -> list[Open]:
    return [_open(each, [uses[key] for key in use_keys(each.id) if key in uses]) for each in found]


def _open(received: Received, uses: Sequence[Use]) -> Open:
    claimed = max((use.claimed for use in uses), default=0)
    return Open(received, claimed, min((use.left(received.total) for use in uses), default=received.total))


def standing(store: Store, ids: Iterable[str]) -> dict[str, Open]:
    """The invoices that are there, with what is claimed of them, by id."""
    found = known(store, ids)
    uses = uses_of(store, found)
    return {id: _open(each, [uses[key] for key in use_keys(id)]) for id, each in found.items()}


def view(call: Call, id: str) -> View:
    """An invoice with what it backs; raises NotFound, also for those who may not see it."""
    call = read_ahead(call, keys([id]))
    received = known(call.store, [id]).get(id)
    if received is None:
        raise NotFound
    uses = list(uses_of(call.store, [id]).values())
    seen = seen_by(call, uses)
    call.permit(VIEW, resource_of(call, received, seen.values()), unseen=True)
    backs = [Backed(amount, live, seen[kind, document]) for kind, document, amount, live in documents_of(uses)]
    return View(_open(received, uses), backs, any(use.backs_with(id) for use in uses))
