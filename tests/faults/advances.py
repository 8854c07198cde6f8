"""Advances for the harness: one in every stage, and the commands of applicants and of finance."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from pynamodb.exceptions import PynamoDBException

from chalicelib.domain.errors import DomainError
from chalicelib.models.store import DynamoStore, Store
from chalicelib.services import advances
from chalicelib.services.call import Call
from chalicelib.services.ids import new_id
from tests.advances import payment
from tests.faults import processes
from tests.faults.asking import RETRIES, done, open_task, seen
from tests.faults.world import World

ADVANCE = {"purpose": "Reception", "amount": "300", "due": "2026-03-20"}
TERMS = {"limits": [{"grade": "", "currency": "CNY", "amount": "1000"}], "overdue": "soft"}
MOVES: tuple[Mapping[str, Any], ...] = (
    {"action": "return", "amount": "120", "method": "cash"},
    {"action": "return", "amount": "300", "method": "bank", "reference": "B-1"},
    {"action": "schedule", "amount": "100", "month": "2026-04"},
)


def drafted(world: World) -> None:
    """Somebody drafts an advance."""
    world.names["advance"] = done(world, "applicant", "POST /advances", ADVANCE)["id"]


def drafted_for_soon(world: World) -> None:
    """Somebody drafts an advance that is to be accounted for in two days."""
    body = ADVANCE | {"due": "2026-03-04"}
    world.names["advance"] = done(world, "applicant", "POST /advances", body)["id"]


def asked(world: World) -> None:
    """It waits for the manager."""
    done(world, "applicant", f"POST /advances/{world.names['advance']}/actions", {"action": "submit"})
    world.names["task"] = open_task(world, "manager")


def seconded(world: World) -> None:
    """The manager approved it, and finance is to decide: an administrator, where nobody is finance."""
    _approve(world, "manager")
    world.names["task"] = open_task(world, "admin")


def granted(world: World) -> None:
    """It is to be paid."""
    _approve(world, "admin")


def lent(world: World) -> None:
    """It was paid."""
    _paid(world, 1)


def came_back(world: World) -> None:
    """Some of it came back, and the rest is kept back of a salary."""
    done(world, "admin", _account(world), MOVES[0])
    done(world, "admin", _account(world), {"action": "schedule", "amount": "180", "month": "2026-04"})
    answer = seen(world, "admin", f"GET /advances/{world.names['advance']}")
    world.names["deduction"] = answer["advance"]["deductions"][0]["id"]
    done(world, "admin", _account(world), deduction("deduct", world))


def planned(world: World) -> None:
    """Some of it is to be kept back of a salary."""
    done(world, "admin", _account(world), MOVES[2])
    processes.start()
    (deduction,) = advances.held(_reader(world), world.names["advance"]).advance.deductions
    world.names["deduction"] = deduction.id


def parted(world: World) -> None:
    """It is to be paid in two parts, and the first one was paid."""
    done(world, "admin", _account(world), {"action": "divide", "part": "100"})
    _paid(world, 2)


def deduction(action: str, world: World) -> Mapping[str, Any]:
    """What became of the planned deduction."""
    return {"action": action, "deduction": world.names["deduction"]}


def check_advances(store: Store, departments: list[str]) -> None:
    """Every advance and every sum can be proved; raises AssertionError."""
    lost = [each for id in advances.every_advance(store) for each in advances.violations_of(store, id)]
    assert not lost, f"advances: {lost}"
    wrong = [*advances.wrong_sums(store, departments)]
    assert not wrong, f"advances: {wrong}"


def _paid(world: World, part: int) -> None:
    """The payment of that part is made, however often it must be tried."""
    for _ in range(RETRIES):
        processes.start()
        call = Call(DynamoStore(), world.position.now, new_id, None, "system:payments")
        with suppress(DomainError, PynamoDBException, ClientError, BotoCoreError):
            payment(call, world.names["advance"], part)
            return
    raise AssertionError("it was never paid")


def _approve(world: World, who: str) -> None:
    done(world, who, f"POST /approvals/{world.names['task']}/actions", {"action": "approve"})


def _account(world: World) -> str:
    return f"POST /advances/{world.names['advance']}/account"


def _reader(world: World) -> Call:
    return Call(DynamoStore(), world.position.now, new_id, None, "system:tests")
