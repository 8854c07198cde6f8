"""The verification says what is wrong by its exit; an entry that is on its way is nothing wrong."""

from __future__ import annotations

import time

import pytest

from chalicelib.domain.audit import change_of
from chalicelib.models.store import Put
from chalicelib.models.store.plain import plain
from chalicelib.models.visits import VisitItem
from infra.verify_audit import main
from tests import reception
from tests.services.audit.chains import CHAIN, NOW, RECORD, Chains


@pytest.fixture
def chains() -> Chains:
    """A visit, and the entry of how it was made."""
    made = Chains()
    item = VisitItem.from_visit(reception.a_visit(id="V1"))
    made.store.write(Put(item))
    made.record(change_of("first", "reception", {}, plain(item.serialize()), NOW.isoformat()))
    return made


def change(chains: Chains) -> None:
    """The visit is changed; what tells of it is not there yet."""
    chains.store.items["reception", RECORD, "head"]["purpose"] = {"S": "Other talks"}


def test_what_agrees_is_whole_without_waiting(chains: Chains, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(5, chains.store, chains.files) == 0
    told = capsys.readouterr().out.splitlines()
    assert f"{CHAIN}: 1 entries hold, 1 copied" in told
    assert told[-1] == "audit whole"


def test_an_entry_that_is_on_its_way_is_waited_for(chains: Chains, monkeypatch: pytest.MonkeyPatch) -> None:
    before = plain(chains.store.items["reception", RECORD, "head"])
    change(chains)

    def arrive(_: float) -> None:
        after = plain(chains.store.items["reception", RECORD, "head"])
        chains.record(change_of("second", "reception", before, after, NOW.isoformat()))

    monkeypatch.setattr(time, "sleep", arrive)
    assert main(5, chains.store, chains.files) == 0


def test_what_still_differs_after_that_is_named(chains: Chains, capsys: pytest.CaptureFixture[str]) -> None:
    change(chains)
    assert main(5, chains.store, chains.files, patience=0.01) == 1
    assert capsys.readouterr().out.splitlines()[-2:] == [f"{CHAIN}: DIFFERS {RECORD} head: purpose", "audit BROKEN"]


def test_a_broken_chain_is_named(chains: Chains, capsys: pytest.CaptureFixture[str]) -> None:
    chains.overwrite(1, by="P-bob")
    assert main(5, chains.store, chains.files, patience=0.01) == 1
    assert f"{CHAIN}: BROKEN at entry 1: content" in capsys.readouterr().out
