"""Changing the tree of departments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import batched
from typing import Any

from chalicelib.domain.directory import Department, Unit
from chalicelib.domain.errors import FieldError, Invalid, NotFound, Stale
from chalicelib.models import store as write
from chalicelib.models.directory import DepartmentItem, DirectoryTable, PersonItem, SpreadItem
from chalicelib.models.store import BATCH_GET_LIMIT, Check, Operation, Put, Query
from chalicelib.services.call import Answer, Call
from chalicelib.services.directory import reading
from chalicelib.services.permissions import COMPANY

MANAGE = "directory:manage"
SYSTEM = "system:departments"
DEPTH_LIMIT = 20


def create(call: Call, unit: Unit) -> Answer:
    """A new department. Raises Invalid for an unknown parent or head."""
    call.permit(MANAGE, COMPANY)
    id = call.new_id()
    above = _above(call, unit.parent, id)
    path = (*(each.id for each in above), id)
    return _commit(call, Department(id, unit.name, unit.parent, unit.head, unit.cost_centre, path), above)


def change(call: Call, department_id: str, unit: Unit) -> Answer:
    """State a department's facts anew; what lies below follows by the stream (spread), or else by the reconciler.

    Raises NotFound, Stale, Invalid for an unknown parent or head and for a parent that lies below.
    """
    call.permit(MANAGE, COMPANY)
    before = reading.department(call.store, department_id, call.now, fresh=True)
    if call.expected_version not in (None, before.version):
        raise Stale
    above = _above(call, unit.parent, department_id)
    after = replace(
        before,
        name=unit.name,
        parent=unit.parent,
        head=unit.head,
        cost_centre=unit.cost_centre,
        path=(*(each.id for each in above), department_id),
        version=before.version + 1,
    )
    return _commit(call, after, above, *([_spreading(call, after.id)] if after.path != before.path else []))


def spread(call: Call, department_id: str) -> int:
    """Give what lies directly below a department its path; the stream carries that on to what lies below that.

    Returns how many had another one; safe to repeat. Raises Contention when something was changed meanwhile.
    """
    (item,) = call.store.get(DepartmentItem.at(department_id))
    if item is None:
        return 0
    path, written = item.to(Department).path, 0
    unmoved = Check(item.key, {"version": item.version})
    for child in _below(call, DepartmentItem, f"departments#{department_id}"):
        if child.parent == department_id and child.path != (*path, child.id):
            child.path = (*path, child.id)
            written += _write(call, child, unmoved, _spreading(call, child.id))
    for member in _below(call, PersonItem, f"department#{department_id}"):
        if member.department == department_id and member.department_path != path:
            member.department_path = path
            written += _write(call, member, unmoved)
    return written


def _below(call: Call, model: type[DepartmentItem] | type[PersonItem], partition: str) -> Iterator[Any]:
    """What the partition of the index lists, as it is by now: the index may be a moment behind."""
    listed = reading.every(call.store, Query(DirectoryTable, partition, index=1, limit=1000))
    for some in batched(listed, BATCH_GET_LIMIT, strict=False):
        yield from (item for item in call.store.get(*(model.at(each.id) for each in some)) if item)


def _write(call: Call, item: Any, *operations: Operation) -> int:
    item.version += 1
    replace(call, actor=SYSTEM).commit({}, write.replace(item), *operations)
    return 1


def _spreading(call: Call, department_id: str) -> Operation:
    return Put(SpreadItem.of_department(department_id, call.now), {})


def _above(call: Call, parent: str | None, department_id: str) -> list[Department]:
    """The departments above, the root first, read along their parents; raises Invalid for a circle."""
    above: list[Department] = []
    while parent is not None:
        if parent == department_id or len(above) == DEPTH_LIMIT:
            raise Invalid(FieldError("parent", "department_circle"))
        above.insert(0, _parent(call, parent))
        parent = above[0].parent
    return above


def _parent(call: Call, id: str) -> Department:
    try:
        return reading.department(call.store, id, call.now, fresh=True)
    except NotFound as error:
        raise Invalid(FieldError("parent", "unknown_department")) from error


def _commit(call: Call, department: Department, above: list[Department], *noted: Operation) -> Answer:
    answer = {"id": department.id, "version": department.version, "location": f"/departments/{department.id}"}
    operations: list[Operation] = [write.save(DepartmentItem.from_department(department)), *noted]
    operations += [Check(DepartmentItem.at(each.id), {"version": each.version}) for each in above]
    if department.head:
        unknown = Invalid(FieldError("head", "unknown_person"))
        operations.append(Check(PersonItem.at(department.head), {"active": True}, unknown))
    done = call.commit(answer, *operations)
    reading.forget()
    return done
