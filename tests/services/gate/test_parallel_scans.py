"""The same code at many gates at once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock
from typing import Any

import pytest

from chalicelib.models.gate import PassageItem, PassItem
from chalicelib.models.item import Key
from chalicelib.models.store import Operation, Put
from tests.fakes import MemoryStore
from tests.services.gate.conftest import fill, scan


class Crowd(MemoryStore):
    """Lets everybody read before anybody writes; then one transaction after the other."""

    def __init__(self, people: int) -> None:
        super().__init__()
        self._barrier = Barrier(people)
        self._lock = Lock()
        self._waited = 0
        self._people = people

    def get(self, *keys: Key) -> list[Any]:
        found = super().get(*keys)
        if any(model is PassItem for model, _, _ in keys) and self._first_round():
            self._barrier.wait(timeout=10)
        return found

    def _first_round(self) -> bool:
        with self._lock:
            self._waited += 1
            return self._waited <= self._people

    def write(self, *operations: Operation) -> None:
        with self._lock:
            super().write(*operations)


class Careless(Crowd):
    """The control: a store without write conditions."""

    def write(self, *operations: Operation) -> None:
        super().write(*(Put(each.item, {}) for each in operations if isinstance(each, Put)))


def results(store: MemoryStore, people: int, **asked: Any) -> Counter[str]:
    fill(store)
    with ThreadPoolExecutor(people) as pool:
        answers = list(pool.map(lambda _: scan(store, **asked), range(people)))
    return Counter(answer["result"] for answer in answers)


@pytest.mark.parametrize("people", [2, 3, 8, 16])
def test_one_code_scanned_everywhere_at_once_checks_in_once(people: int) -> None:
    store = Crowd(people)
    assert results(store, people) == {"checked_in": 1, "already_in": people - 1}
    assert len(store.all(PassageItem)) == 1


@pytest.mark.parametrize("people", [2, 16])
def test_one_scan_sent_many_times_at_once_gets_one_answer(people: int) -> None:
    store = Crowd(people)
    assert results(store, people, nonce="n-1") == {"checked_in": people}
    assert len(store.all(PassageItem)) == 1


def test_without_write_conditions_the_same_race_goes_wrong() -> None:
    assert results(Careless(4), 4)["checked_in"] > 1
