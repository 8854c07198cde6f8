"""A request of the benches, and which reach holds for its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from chalicelib.domain.directory import Person
from tests.bench.world import World
from tests.client import PAGE, Answer

type Kind = Literal["command", "list", "detail", "scan", "sign-in", "form"]
type Records = Mapping[str, str]

REACH: Mapping[Kind, int] = {"command": 2, "list": 2, "detail": 2, "scan": 2}
"""Sequential DynamoDB calls at most; what is left out here has no reach of its own."""


@dataclass(frozen=True)
class Case:
    """A request. `path` and `body` are filled from the world's records."""

    kind: Kind
    method: str
    route: str
    who: Person | None = None
    body: Callable[[Records], Any] | None = None
    params: Mapping[str, str] | None = None
    query: str = ""
    note: str = ""

    @property
    def name(self) -> str:
        return f"{self.method} {self.route}{self.query}" + (f" ({self.note})" if self.note else "")

    def send(self, world: World, page: bool = False) -> Answer:
        """Send it; as a browser would if `page`. Raises AssertionError unless it goes well."""
        client = world.client(self.who)
        path = self.route.format_map({name: world.records[key] for name, key in (self.params or {}).items()})
        if self.body:
            answer = client.post(path + self.query, self.body(world.records), key="bench-key-1")
        else:
            answer = client.send(self.method, path + self.query, headers={"Accept": PAGE} if page else None)
        if answer.status >= 400:
            raise AssertionError(f"{self.name}: {answer.status} {answer.text}")
        return answer


def said(**body: Any) -> Callable[[Records], Any]:
    """A body that needs no record of the world."""
    return lambda _: body
