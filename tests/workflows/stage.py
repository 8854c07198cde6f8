"""A visit on its way through the workflow, on the store in memory, with gateways that remember what they were told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from chalicelib.domain.visits import Visit, Visitor
from chalicelib.gateways.provider import NotSent, Receipt
from chalicelib.models.store import Store, create
from chalicelib.models.visits import GuestsItem, VisitItem
from chalicelib.services.call import Call
from chalicelib.services.inviting import Means
from tests.fakes import MemoryStore
from tests.reception import SIGNER, STARTS, a_site, a_visit

PUBLIC_URL = "https://atrium.example"


class FakeExecutions:
    """Step Functions as far as the services see it."""

    def __init__(self) -> None:
        self.started: dict[str, Mapping[str, Any]] = {}
        self.ended: dict[str, str] = {}
        self.resumed: list[tuple[str, Mapping[str, Any]]] = []
        self.failed: list[str] = []

    def start(self, name: str, given: Mapping[str, Any]) -> None:
        self.started.setdefault(name, given)

    def succeed(self, token: str, output: Mapping[str, Any]) -> None:
        self.resumed.append((token, output))

    def fail(self, token: str, error: str, cause: str) -> None:
        self.failed.append(token)

    def status(self, name: str) -> str | None:
        return self.ended.get(name, "RUNNING") if name in self.started else None

    def stop(self, name: str, cause: str) -> None:
        self.ended[name] = "ABORTED"


class FakeFiles:
    """A bucket in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def put(self, key: str, content: bytes, content_type: str) -> None:
        self.kept[key] = content

    def get(self, key: str) -> bytes | None:
        return self.kept.get(key)

    def keys(self, prefix: str) -> list[str]:
        return sorted(key for key in self.kept if key.startswith(prefix))


@dataclass
class FakeSms:
    """A provider that takes every message, or refuses as it is told."""

    sent: list[tuple[str, str]] = field(default_factory=list)
    refusal: NotSent | None = None

    def send(self, phone: str, text: str) -> Receipt:
        if self.refusal:
            raise self.refusal
        self.sent.append((phone, text))
        return Receipt(f"M{len(self.sent)}")


class Stage:
    """One visit with its visitors, and everything around it."""

    def __init__(self, store: Store | None = None) -> None:
        self.store: Any = store or MemoryStore()
        self.now = STARTS - timedelta(days=3)
        self.executions, self.files, self.sms = FakeExecutions(), FakeFiles(), FakeSms()
        self._ids = count(1)
        self.store.write(a_site())

    def visit(self, visitors: int = 1, **facts: Any) -> Visit:
        """Keep a visit in its first round with so many visitors."""
        defaults: dict[str, Any] = {"round": 1, "visitors": visitors, "approved_at": self.now}
        visit = a_visit(**defaults | facts)
        _, pk, sk = GuestsItem.at(visit.id)
        listed = tuple(Visitor(f"访客{no}", f"+86139{no:08}", "远航") for no in range(1, visitors + 1))
        self.store.write(create(VisitItem.from_visit(visit)), create(GuestsItem(pk, sk, visitors=listed)))
        return visit

    def become(self, visit: Visit, status: Any, **facts: Any) -> Visit:
        """The visit in another status, as a command would leave it."""
        current = self.read(visit)
        moved = replace(current, status=status, version=current.version + 1, **facts)
        self.store.write(_put(VisitItem.from_visit(moved)))
        return moved

    def read(self, visit: Visit) -> Visit:
        """The visit as it is."""
        (item,) = self.store.get(VisitItem.at(visit.id))
        read: Visit = item.to(Visit)
        return read

    def call(self, now: datetime | None = None, store: Store | None = None) -> Call:
        """A call in the system's name."""
        call = Call(store or self.store, now or self.now, lambda: f"id-{next(self._ids)}", None, "system:test")
        call.permit_public("a test")
        return call

    @property
    def means(self) -> Means:
        return Means(SIGNER.sign, self.files, PUBLIC_URL)


def _put(item: Any) -> Any:
    from chalicelib.models.store import Put

    return Put(item, {})
