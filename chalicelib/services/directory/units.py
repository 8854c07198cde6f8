"""Changing the tree of departments."""

from __future__ import annotations

from dataclasses import replace

from chalicelib.domain.directory import Department, Unit
from chalicelib.domain.errors import FieldError, Invalid, NotFound, Stale
from chalicelib.models import store as write
from chalicelib.models.directory import DepartmentItem, DirectoryTable, PersonItem
from chalicelib.models.store import Check, Operation, Query, Store
from chalicelib.services.call import Answer, Call
from chalicelib.services.directory import reading
from chalicelib.services.permissions import COMPANY

MANAGE = "directory:manage"
DEPTH_LIMIT = 20


def create(call: Call, unit: Unit) -> Answer:
    """A new department. Raises Invalid for an unknown parent or head."""
    call.permit(MANAGE, COMPANY)
    id = call.new_id()
    above = _above(call, unit.parent, id)
    path = (*(each.id for each in above), id)
    return _commit(call, Department(id, unit.name, unit.parent, unit.head, unit.cost_centre, path), above)


def change(call: Call, department_id: str, unit: Unit) -> Answer:
    """State a department's facts anew; what lies below follows by the stream (spread).

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
    return _commit(call, after, above)


def spread(store: Store, department_id: str) -> None:
    """Give what lies directly below a department its path; the stream carries that on to what lies below that.

    Safe to repeat: what is right already is not written.
    """
    (item,) = store.get(DepartmentItem.at(department_id))
    if item is None:
        return
    department: Department = item.to(Department)
    for child in reading.every(store, Query(DirectoryTable, f"departments#{department.id}", index=1, limit=1000)):
        _set_path(store, DepartmentItem.at(child.id), "path", (*department.path, child.id))
    for member in reading.every(store, Query(DirectoryTable, f"department#{department.id}", index=1, limit=1000)):
        _set_path(store, PersonItem.at(member.id), "department_path", department.path)


def _set_path(store: Store, key: tuple[type, str, str], attribute: str, path: tuple[str, ...]) -> None:
    (item,) = store.get(key)
    if item is None or getattr(item, attribute) == path:
        return
    setattr(item, attribute, path)
    item.version += 1
    store.write(write.replace(item))


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


def _commit(call: Call, department: Department, above: list[Department]) -> Answer:
    answer = {"id": department.id, "version": department.version, "location": f"/departments/{department.id}"}
    operations: list[Operation] = [write.save(DepartmentItem.from_department(department))]
    operations += [Check(DepartmentItem.at(each.id), {"version": each.version}) for each in above]
    if department.head:
        unknown = Invalid(FieldError("head", "unknown_person"))
        operations.append(Check(PersonItem.at(department.head), {"active": True}, unknown))
    done = call.commit(answer, *operations)
    reading.forget()
    return done
