"""Reference lists (参照表): kept by administrators, asked by forms (services/forms)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from chalicelib.domain.errors import FieldError, Invalid, NotFound, Stale
from chalicelib.domain.references import Reference, check_reference, cleaned
from chalicelib.models.approvals import ApprovalsTable
from chalicelib.models.references import ReferenceItem, ReferencePartItem
from chalicelib.models.store import Operation, Put, Query, save
from chalicelib.services.call import Answer, Call
from chalicelib.services.directory.reading import every
from chalicelib.services.permissions import COMPANY

MANAGE = "process:manage"


def create(call: Call, key: str, title: Mapping[str, str], values: Sequence[str]) -> Answer:
    """A new list. Raises Invalid, also for a key that is taken."""
    call.permit(MANAGE, COMPANY)
    kept = cleaned(values)
    check_reference(key, title, kept)
    return _commit(call, Reference(key, title, len(kept)), kept)


def change(call: Call, key: str, title: Mapping[str, str], values: Sequence[str]) -> Answer:
    """State a list anew: whoever asks meanwhile finds all of the old values or all of the new ones.

    Raises Invalid, NotFound, Stale.
    """
    call.permit(MANAGE, COMPANY)
    (before,) = call.store.get(ReferenceItem.at(key))
    if before is None:
        raise NotFound
    if call.expected_version not in (None, before.version):
        raise Stale
    kept = cleaned(values)
    check_reference(key, title, kept)
    return _commit(call, Reference(key, title, len(kept), before.version + 1), kept)


def listed(call: Call) -> list[Reference]:
    """All lists, by key."""
    call.permit(MANAGE, COMPANY)
    return [item.to(Reference) for item in every(call.store, Query(ApprovalsTable, "references", index=1, limit=200))]


def detail(call: Call, key: str) -> tuple[Reference, list[str]]:
    """A list and its values in order; raises NotFound."""
    call.permit(MANAGE, COMPANY)
    items = every(call.store, Query(ApprovalsTable, f"reference#{key}", limit=100))
    head = next((item for item in items if isinstance(item, ReferenceItem)), None)
    if head is None:
        raise NotFound
    values = [value for item in items if isinstance(item, ReferencePartItem) for value in item.held]
    return head.to(Reference), sorted(values)


def _commit(call: Call, reference: Reference, values: Sequence[str]) -> Answer:
    answer = {"key": reference.id, "version": reference.version, "location": f"/references/{reference.id}"}
    taken = Invalid(FieldError("key", "duplicate")) if reference.version == 1 else None
    parts: list[Operation] = [Put(part, {}) for part in ReferencePartItem.all_of(reference.id, values)]
    return call.commit(answer, save(ReferenceItem.from_reference(reference), taken), *parts)
