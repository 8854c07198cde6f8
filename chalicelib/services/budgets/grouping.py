"""Groups of budget categories: kept by finance, remembered, and looked at again with every line that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from chalicelib.domain.budgets import Group, Groups, check_groups
from chalicelib.domain.errors import Stale
from chalicelib.models.budget_groups import GroupsItem
from chalicelib.models.store import Store, save
from chalicelib.services.call import Answer, Call
from chalicelib.services.permissions import COMPANY

MANAGE = "budget:manage"
CACHED_FOR = timedelta(seconds=30)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_known: list[tuple[datetime, Groups]] = []
"""The last reading, if any."""


def remembered() -> Groups:
    """The groups that this process read last: a guess, for what a batch asks beside the item that says whether it is
    right."""
    return _known[0][1] if _known else Groups()


def as_of(item: GroupsItem | None) -> Groups:
    """The groups of the item that was just read (None before there are any)."""
    found = Groups(item.groups, item.version) if item else Groups()
    if found.version != remembered().version:
        _known[:] = [(_LONG_AGO, found)]
    return found


def groups(store: Store, now: datetime) -> Groups:
    """The groups, at most CACHED_FOR old."""
    if not _known or now - _known[0][0] >= CACHED_FOR:
        (item,) = store.get(GroupsItem.at())
        _known[:] = [(now, as_of(item))]
    return _known[0][1]


def forget_groups() -> None:
    """Read them anew at the next question (between tests)."""
    _known.clear()


def kept_groups(call: Call) -> Groups:
    """The groups as they are now, for those who keep them."""
    call.permit(MANAGE, COMPANY)
    (item,) = call.store.get(GroupsItem.at())
    return as_of(item)


def set_groups(call: Call, stated: Sequence[Group]) -> Answer:
    """State all groups anew; raises Invalid, Stale. What documents hold of a line stays with that line."""
    before = kept_groups(call)
    if call.expected_version not in (None, before.version):
        raise Stale
    check_groups(Groups(tuple(stated)), before)
    item = GroupsItem.of_groups(tuple(stated), before.version + 1)
    return call.commit({"version": item.version, "location": "/budgets/groups"}, save(item))
