"""The example company's processes can be made, started and decided as the README says."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.domain.errors import Invalid
from chalicelib.handlers.processes.forms import NewProcessForm
from chalicelib.models.store import Store
from chalicelib.services import processes, references, requests
from chalicelib.services.call import Call
from infra import example_processes as examples
from tests.company import NOW, add_department, add_person, person
from tests.fakes import MemoryStore
from tests.services.conftest import new_id

PEOPLE = {login: person(login).id for login in ("wang.fang", "chen.jie")}


def call(store: Store, login: str, **facts: Any) -> Call:
    someone = person(login, **facts)
    return Call(store, NOW, new_id, someone, someone.id)


@pytest.fixture
def store() -> MemoryStore:
    """A company with the three processes."""
    store = MemoryStore()
    add_department(store)
    roles = frozenset({"employee", "administrator"})
    add_person(store, person("admin", roles=roles))
    for login in ("wang.fang", "chen.jie"):
        add_person(store, person(login))
    add_person(store, person("lin.mei", manager=PEOPLE["chen.jie"]))
    admin = call(store, "admin", roles=roles)
    contracts = examples.CONTRACTS
    references.create(admin, contracts["key"], contracts["title"], contracts["values"])
    for process in examples.PROCESSES:
        form = NewProcessForm.model_validate(examples.with_ids(process, PEOPLE))
        processes.create(admin, form.key, form.sent())
        processes.publish(admin, form.key)
    return store


def path(store: Store, process: str, values: dict[str, Any]) -> list[tuple[str, str]]:
    admin = call(store, "admin", roles=frozenset({"employee", "administrator"}))
    run = processes.dry_run(admin, process, person("lin.mei").id, values)
    return [(step.step, str(step.outcome)) for step in run.steps]


LEAVE = {"kind": "annual", "first": "2026-03-09", "last": "2026-03-11", "days": 3, "reason": "春游"}
SKIPPED = "skipped"
ITEM = {"what": "显示器", "quantity": 2, "amount": "2,500.00"}
RACKING = {
    "contract": "HT-2026-0042",
    "customer": "远航物流",
    "day": "2026-03-09",
    "room": "a",
    "units": 2,
    "engineer": PEOPLE["chen.jie"],
}


def test_three_days_of_leave_need_the_manager_and_more_the_head(store: MemoryStore) -> None:
    assert path(store, "leave", LEAVE) == [("manager", "asked"), ("head", SKIPPED)]
    assert path(store, "leave", LEAVE | {"days": "3.5"})[1] == ("head", "escalated")  # this company has no heads


def test_a_purchase_goes_as_far_as_its_total_takes_it(store: MemoryStore) -> None:
    asked = [
        [
            step
            for step, outcome in path(store, "purchase", {"purpose": "x", "items": [ITEM] * count})
            if outcome != SKIPPED
        ]
        for count in (2, 3, 41)
    ]
    assert asked == [["manager"], ["manager", "finance"], ["manager", "finance", "general_manager"]]


def test_a_server_is_racked_under_a_contract_of_the_book_only(store: MemoryStore) -> None:
    mei = call(store, "lin.mei", manager=PEOPLE["chen.jie"])
    assert requests.start(mei, "racking", RACKING, submit_now=True)["status"] == "pending"
    with pytest.raises(Invalid) as refused:
        requests.start(mei, "racking", RACKING | {"contract": "HT-2026-0043"}, submit_now=True)
    assert [(fault.path, fault.code) for fault in refused.value.fields] == [("values.contract", "not_listed")]
