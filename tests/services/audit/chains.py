"""Chains to tamper with: some changes of some records, recorded and copied."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.domain.audit import Change, change_of
from chalicelib.models.audit import EntryItem, HeadItem, chain_of
from chalicelib.models.store import Delete, Put
from chalicelib.services import audit
from chalicelib.services.call import Call
from tests.fakes import MemoryStore
from tests.workflows.stage import FakeFiles

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
RECORD = "visit#V1"
CHAIN = chain_of("reception", RECORD)


def a_change(number: int, record: str = RECORD, by: str = "P-ann", at: datetime | None = None, **facts: Any) -> Change:
    """Change `number` of a record: its version becomes that number."""
    keys = {"pk": record, "sk": "head", "kind": "visit"}
    signed = {"changed_by": by, "changed_at": (at or NOW + timedelta(minutes=number)).isoformat()}
    old = keys | {"version": number - 1} if number > 1 else {}
    return change_of(
        f"{record}-{number}", facts.pop("area", "reception"), old, keys | signed | {"version": number} | facts, ""
    )


@dataclass
class Chains:
    """The store, the bucket, and ways to do harm."""

    store: MemoryStore = field(default_factory=MemoryStore)
    files: FakeFiles = field(default_factory=FakeFiles)

    def record(self, *changes: Change) -> None:
        """Record the changes in one batch."""
        audit.record(self.call(), self.files, changes)

    def call(self) -> Call:
        """A call in the system's name."""
        call = Call(self.store, NOW, str, None, "system:test")
        call.permit_public("a test")
        return call

    def verified(self, name: str = CHAIN) -> audit.Verified:
        """What the verification says of a chain."""
        return audit.verify_chain(self.store, name, self.files)

    def entry(self, seq: int) -> EntryItem:
        """Entry `seq` of CHAIN."""
        (item,) = self.store.get((EntryItem, CHAIN, f"entry#{seq:012}"))
        assert isinstance(item, EntryItem)
        return item

    def overwrite(self, seq: int, **values: Any) -> None:
        """Give an entry other values."""
        item = self.entry(seq)
        for name, value in values.items():
            setattr(item, name, value)
        self.store.write(Put(item, {}))

    def remove(self, seq: int) -> None:
        """Take an entry away."""
        self.store.write(Delete((EntryItem, CHAIN, f"entry#{seq:012}"), {}))

    def end_at(self, seq: int) -> None:
        """Let the chain's head say that it ends there."""
        _, pk, sk = HeadItem.at(CHAIN)
        self.store.write(Put(HeadItem(pk, sk, seq=seq, hash=self.entry(seq).hash, copied=seq), {}))

    def raw(self, seq: int) -> dict[str, Any]:
        """An entry as the table holds it, to be changed in place."""
        return self.store.items["audit", CHAIN, f"entry#{seq:012}"]
