"""Lists of people: of a department, and by the beginning of a name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from chalicelib.domain.directory import Department, Person
from chalicelib.models.directory import DirectoryTable, PersonItem
from chalicelib.models.store import BATCH_GET_LIMIT, Page, Query
from chalicelib.services.call import Call
from chalicelib.services.directory import reading
from chalicelib.services.permissions import COMPANY

FOUND_AT_MOST = 20


def members(
    call: Call, department: str | None, name: str, cursor: str | None, limit: int
) -> tuple[list[Person], str | None]:
    """For administrators: whose name begins so, or the people of a department (their own unless given)."""
    call.permit("directory:manage", COMPANY)
    if name:
        page = _by_name(call, name, cursor, limit)
    else:
        pk = f"department#{department or call.me.department}"
        page = call.store.query(Query(DirectoryTable, pk, index=1, prefix="person#", limit=limit, cursor=cursor))
    return [item.to(Person) for item in page.items if isinstance(item, PersonItem)], page.cursor


def search(call: Call, name: str) -> list[dict[str, str]]:
    """For choosers: id, name and department of active people whose name begins so."""
    call.permit("directory:search", COMPANY)
    if not name:
        return []
    names = {each.id: each.name for each in reading.departments(call.store, call.now)}
    found = _by_name(call, name, None, FOUND_AT_MOST).items
    return [
        {"id": item.id, "name": item.name, "department": names.get(item.department, "")}
        for item in found
        if isinstance(item, PersonItem)
    ]


def units(call: Call) -> list[Department]:
    """All departments in the order of the tree: each after the one above it, sisters by name."""
    call.permit("company:view", COMPANY)
    everything = reading.departments(call.store, call.now)
    below: dict[str | None, list[Department]] = {}
    for each in everything:
        below.setdefault(each.parent, []).append(each)
    ordered: list[Department] = []
    waiting = list(reversed(below.get(None, [])))
    while waiting:
        ordered.append(waiting.pop())
        waiting += reversed(below.get(ordered[-1].id, []))
    return ordered


def unit(call: Call, department_id: str) -> Department:
    """One department; raises NotFound."""
    call.permit("company:view", COMPANY)
    return reading.department(call.store, department_id, call.now, fresh=True)


def names(call: Call, ids: Iterable[str]) -> dict[str, str]:
    """Names by id, for those who may see the company."""
    call.permit("company:view", COMPANY)
    wanted = sorted(set(ids))[:BATCH_GET_LIMIT]
    items = call.store.get(*(PersonItem.at(id) for id in wanted)) if wanted else []
    return {item.id: item.name for item in items if item}


def approvers(call: Call) -> list[dict[str, str]]:
    """Id and name of those who may be somebody's manager or a department's head, by name."""
    found = names(call, reading.holders(call.store, "approver", call.now))
    return [{"id": id, "name": name} for id, name in sorted(found.items(), key=lambda each: each[1])]


def _by_name(call: Call, name: str, cursor: str | None, limit: int) -> Page:
    text = name.strip().lower()
    query: dict[str, Any] = {"index": 3, "prefix": text, "limit": limit, "cursor": cursor}
    return call.store.query(Query(DirectoryTable, f"name#{text[:1]}", **query))
