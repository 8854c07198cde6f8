"""Guests without appointment: registered at the gate, decided by the host alone, then let in like anybody else."""

from __future__ import annotations

import pytest

from chalicelib.domain.directory import Person
from chalicelib.domain.errors import Forbidden, Invalid
from chalicelib.domain.visits import Visitor
from chalicelib.models.approvals import TaskItem
from chalicelib.services import approvals, gate, watchlist
from chalicelib.services.approvals import Asked
from tests.services.conftest import Company

GATE = "hq/north"
GUEST = Visitor("李雷", "+8613912345678", "顺丰")


def registered(company: Company, guard: Person, visitor: Visitor = GUEST) -> str:
    return str(gate.register(company.call(guard), GATE, gate.WalkIn(visitor, company.host.id, "Delivery"))["id"])


def test_the_host_alone_decides_on_a_guest_who_stands_at_the_gate(company: Company) -> None:
    id = registered(company, company.guard)
    assert approvals.inbox(company.call(company.manager)).items == []
    (task,) = approvals.inbox(company.call(company.host)).items
    assert isinstance(task, TaskItem)
    waiting = gate.walk_in(company.call(company.guard), id)
    assert (waiting["status"], waiting["ready"], waiting["name"]) == ("pending", False, "李雷 · 顺丰")
    approvals.act(company.call(company.host), task.id, Asked("approve"))
    assert gate.walk_in(company.call(company.guard), id)["status"] == "approved"


def test_nobody_on_the_block_list_is_put_to_a_host(company: Company) -> None:
    facts = watchlist.Facts("block", "李雷", (), "", "", "Stole", None)
    watchlist.add(company.call(company.reception), facts, lambda text: text)
    with pytest.raises(Invalid) as caught:
        registered(company, company.guard)
    assert [(wrong.path, wrong.code) for wrong in caught.value.fields] == [("name", "walk_in_blocked")]


def test_only_those_at_a_gate_register_guests(company: Company) -> None:
    with pytest.raises(Forbidden):
        registered(company, company.applicant)
