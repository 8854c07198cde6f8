"""The copy of a chain: nothing of it stays behind, whoever copies at the same time and whatever breaks."""

from __future__ import annotations

from typing import Any

import pytest

from chalicelib.domain.errors import Contention
from chalicelib.models.audit import HeadItem, chains
from chalicelib.models.store import Update
from chalicelib.services import audit
from tests.services.audit.chains import CHAIN, Chains, a_change


@pytest.fixture
def chains_() -> Chains:
    return Chains()


def copied(made: Chains) -> tuple[int, int]:
    """How far the copy is said to be, and how far the chain is."""
    (head,) = made.store.get(HeadItem.at(CHAIN))
    return head.copied, head.seq


class Overtaking:
    """A bucket into which another function copies just before, as far as it has read the chain."""

    def __init__(self, made: Chains, times: int, to: int) -> None:
        self._made, self._left, self._to = made, times, to

    def put(self, key: str, content: bytes, content_type: str) -> None:
        self._made.files.put(key, content, content_type)
        if self._left:
            self._left -= 1
            done, _ = copied(self._made)
            self._made.store.write(Update(HeadItem.at(CHAIN), {"copied": min(done + 1, self._to)}, {"copied": done}))


def test_whoever_is_overtaken_copies_what_is_left(chains_: Chains) -> None:
    audit.record(chains_.call(), Overtaking(chains_, 1, 1), [a_change(1), a_change(2), a_change(3)])
    assert copied(chains_) == (3, 3)
    verified = chains_.verified()
    assert (verified.copied, verified.broken) == (3, None)


def test_whoever_is_overtaken_time_and_again_is_told_the_changes_again(chains_: Chains) -> None:
    changes = [a_change(number) for number in range(1, 21)]
    with pytest.raises(Contention):
        audit.record(chains_.call(), Overtaking(chains_, 100, 19), changes)
    chains_.record(*changes)
    assert copied(chains_) == (20, 20)


def test_the_schedule_copies_what_a_crash_left_behind(chains_: Chains) -> None:
    def broken(*given: Any) -> None:
        raise OSError

    bucket: Any = type("Broken", (), {"put": broken})()
    with pytest.raises(OSError):
        audit.record(chains_.call(), bucket, [a_change(1), a_change(2)])
    assert copied(chains_) == (0, 2)
    assert audit.copy_behind(chains_.call(), chains_.files) == 1
    assert (copied(chains_), chains_.verified().broken) == ((2, 2), None)
    assert audit.copy_behind(chains_.call(), chains_.files) == 0


def test_the_schedule_looks_at_every_chain() -> None:
    assert CHAIN in chains() and len(chains()) == len(set(chains())) == 20
