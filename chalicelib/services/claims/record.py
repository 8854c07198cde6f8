"""A claim as the approvals engine, the inboxes and the policies see it, and what an outcome of its approval changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from chalicelib.domain.approvals import Running
from chalicelib.domain.approvals.conditions import Facts
from chalicelib.domain.claims import Claim, Move, move, payable_of
from chalicelib.domain.compliance import Standing, is_clean
from chalicelib.domain.errors import NotFound
from chalicelib.models.approvals import RunningItem
from chalicelib.models.claims import ClaimItem
from chalicelib.models.item import Key
from chalicelib.models.store import Operation, Store
from chalicelib.models.store import replace as replace_item
from chalicelib.services import approvals, payments
from chalicelib.services.ahead import read_ahead
from chalicelib.services.call import Call
from chalicelib.services.claims import effects
from chalicelib.services.documents import KINDS, DocumentKind, Summary
from chalicelib.services.permissions import Resource
from chalicelib.web.money import money

KIND = "claim"
OUTCOMES: dict[str, Move] = {"approved": "approve", "rejected": "reject", "returned": "return"}


@dataclass(frozen=True)
class Held:
    """A claim and its approval, as read; `item` is what `running` was read from."""

    claim: Claim
    running: Running | None = None
    item: RunningItem | None = None


def keys(ids: Iterable[str]) -> list[Key]:
    """What `held` and `kept` ask about claims, for one batch with other reads."""
    return [key for id in ids for key in (ClaimItem.at(id), RunningItem.at(approvals.approval_id(KIND, id)))]


def held(store: Store, id: str) -> Held:
    """The claim and its approval in one read; raises NotFound. The caller asks the policies."""
    head, item = store.get(*keys([id]))
    if head is None:
        raise NotFound
    return Held(head.to(Claim), item.to(Running) if item else None, item)


def kept(store: Store, id: str) -> Claim:
    """The claim as it is; raises NotFound. The caller asks the policies (`resource_of`)."""
    (head,) = store.get(ClaimItem.at(id))
    if head is None:
        raise NotFound
    claim: Claim = head.to(Claim)
    return claim


def resource_of(claim: Claim, running: Running | None = None) -> Resource:
    """What the policies ask about a claim: the applicant, who takes part, the departments, also those that share it."""
    people = sorted(approvals.taking_part(running)) if running else []
    sharing = {part.department for line in claim.lines for part in line.allocations}
    departments = [*claim.department_path, *sorted(sharing.difference(claim.department_path))]
    return Resource("Claim", claim.id, {"owner": claim.applicant, "people": people, "departments": departments})


def facts_of(claim: Claim) -> Facts:
    """What conditions of the claims' process may ask: the facts of compliance, as of the submission."""
    clean, count = is_clean(claim.findings), len(claim.findings)
    return Standing(claim.total, claim.currency, count, clean, claim.audited, claim.auto).facts()


def summary_of(claim: Claim) -> Summary:
    """What inboxes show of a claim, and what its process's conditions read."""
    facts = {"number": claim.number, "summary": money(claim.total, claim.currency)}
    return Summary(claim.purpose, claim.applicant_name, facts, facts_of(claim))


def approved(call: Call, claim: Claim) -> tuple[Claim, effects.Effects]:
    """The claim after its approval: owed to its applicant, or paid at once where advances cover all that was granted.

    `claim` has made the move already; its version stays.
    """
    owing = replace(claim, payable=payable_of(claim))
    if owing.payable:
        return owing, effects.Effects()
    settled = replace(move(owing, "settle", call.now), version=owing.version)
    return settled, effects.settling(call, owing)


def owing(call: Call, claim: Claim) -> list[Operation]:
    """What an approved claim writes of payments; nothing for one that is paid already."""
    if claim.status != "approved":
        return []
    payee = (claim.applicant, claim.applicant_name)
    facts = (KIND, claim.id, claim.number, *payee, claim.payable, claim.currency)
    return payments.owing(call, *facts, department=claim.department)


def _outcome(call: Call, document: ClaimItem, status: str) -> Sequence[Operation]:
    """The claim as its approval's outcome leaves it; one that is not approved gives everything back."""
    claim: Claim = document.to(Claim)
    moved = move(claim, OUTCOMES[status], call.now)
    if status != "approved" or not payable_of(claim):  # one that is owed moves nothing until it is paid
        call = read_ahead(call, effects.keys(claim))
    if status == "approved":
        moved, follows = approved(call, moved)
    else:
        follows = effects.giving_back(call, claim)
    return [replace_item(ClaimItem.from_claim(moved)), *effects.written(call, moved, follows), *owing(call, moved)]


KINDS[KIND] = DocumentKind(
    name=KIND,
    path="/claims/{}".format,
    at=ClaimItem.at,
    version=lambda document: int(document.version),
    summary=lambda document: summary_of(document.to(Claim)),
    outcome=_outcome,
)
