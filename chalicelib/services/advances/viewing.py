"""Looking at advances: one with its account, mine with what I owe, and what is proposed for a visit."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from chalicelib.domain.advances import Advance, Move, Movement, moves_from
from chalicelib.domain.errors import NotFound
from chalicelib.domain.visits import Visit
from chalicelib.models.advances import AdvanceItem, AdvanceMovementItem, ExposureItem, of_person, partition
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Query
from chalicelib.models.visits import VisitItem
from chalicelib.services import approvals, directory
from chalicelib.services.advances.applying import VISITS
from chalicelib.services.advances.keeping import terms_of
from chalicelib.services.advances.offsetting import keys
from chalicelib.services.advances.paying import KIND
from chalicelib.services.advances.record import resource_of
from chalicelib.services.advances.returning import MANAGE
from chalicelib.services.advances.standing import query_of
from chalicelib.services.call import Call
from chalicelib.services.permissions import COMPANY, Resource

PAGE = 500
"""An advance and what moved on it, the first of it; more than that moved on none."""
MINE: tuple[Move, ...] = ("change", "submit", "withdraw", "cancel")
CHOICES = 30
"""Visits that the form offers, the latest ones."""


@dataclass(frozen=True)
class AdvanceView:
    """All that an advance's page shows. `moves` is what I can do with it; `manages`: I keep its account."""

    advance: Advance
    movements: tuple[Movement, ...]
    approval: approvals.Approval | None
    moves: tuple[Move, ...]
    manages: bool


@dataclass(frozen=True)
class Mine:
    """Somebody's advances, the latest first, and what they owe by currency: how much, and by when the first of it."""

    advances: tuple[Advance, ...]
    owed: Mapping[str, tuple[int, date]]
    next: str | None


@dataclass(frozen=True)
class Proposal:
    """What is proposed for an approved visit: its estimate (minor units), and the day to account for it by."""

    visit: str
    number: str
    party: str
    amount: int
    currency: str
    due: date


def view(call: Call, id: str) -> AdvanceView:
    """Everything about one advance; raises NotFound for those who may not see it."""
    approval = approvals.view(call, approvals.approval_id(KIND, id))
    found = call.store.query(Query(SpendingTable, partition(id), limit=PAGE)).items
    head = next((each for each in found if isinstance(each, AdvanceItem)), None)
    if head is None:
        raise NotFound
    advance = head.to(Advance)
    resource = resource_of(advance, approval.running if approval else None)
    call.permit("advance:view", resource, unseen=True)
    movements = tuple(each.to(Movement) for each in found if isinstance(each, AdvanceMovementItem))
    changes = call.may("advance:change", resource)
    mine = tuple(name for name in moves_from(advance.status) if name in MINE and changes)
    return AdvanceView(advance, movements, approval, mine, call.may(MANAGE, resource))


def listed(call: Call, person: str = "", cursor: str | None = None, limit: int = 50) -> Mine:
    """Somebody's advances, one's own unless another person is named; raises Forbidden."""
    owner = person or call.me.id
    call.permit("advance:list", _of(call, owner))
    query = Query(SpendingTable, of_person(owner), index=1, newest_first=True, cursor=cursor, limit=limit)
    page, standing = call.store.pages(query, query_of(owner))
    ids = [each.advance for each in standing.items if isinstance(each, ExposureItem)]
    owing = [item.to(Advance) for item in (call.store.get(*keys(ids)) if ids else []) if item]
    return Mine(tuple(each.to(Advance) for each in page.items), _owed(owing), page.cursor)


def _of(call: Call, owner: str) -> Resource:
    if owner == call.me.id:
        return Resource("Advance", "mine", {"owner": owner})
    found = directory.person(call.store, owner, call.now)
    return Resource("Advance", "of", {"owner": owner, "departments": list(found.department_path)})


def _owed(advances: Sequence[Advance]) -> dict[str, tuple[int, date]]:
    owing = [each for each in advances if each.outstanding > 0]
    sums: Counter[str] = Counter()
    for each in owing:
        sums[each.currency] += each.outstanding
    return {
        currency: (amount, min(each.due for each in owing if each.currency == currency))
        for currency, amount in sorted(sums.items())
    }


def due_days(call: Call) -> int:
    """In how many days an advance is proposed to be accounted for."""
    return terms_of(call.store).days


def proposals(call: Call, visit: str = "") -> list[Proposal]:
    """What is proposed for the person's own approved visits, the latest first, and for the one that is named."""
    call.permit("advance:create", COMPANY)
    query = Query(ReceptionTable, f"owner#{call.me.id}", index=1, newest_first=True, limit=CHOICES)
    found: list[Visit] = [item.to(Visit) for item in call.store.query(query).items if isinstance(item, VisitItem)]
    if visit and all(each.id != visit for each in found):
        (named,) = call.store.get(VisitItem.at(visit))
        found += [named.to(Visit)] if named else []
    days = terms_of(call.store).days
    return [_proposal(each, days) for each in found if each.applicant == call.me.id and each.status in VISITS]


def _proposal(visit: Visit, days: int) -> Proposal:
    last = visit.ends.astimezone(ZoneInfo(visit.time_zone)).date()
    estimate = visit.estimate
    return Proposal(visit.id, visit.number, visit.party, estimate.total, estimate.currency, last + timedelta(days))
