"""Who calls, when, and with which key: what every use case is given, and its one way to write."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from chalicelib.domain.directory import Person
from chalicelib.domain.errors import Contention, FieldError, Forbidden, Invalid, NotFound
from chalicelib.models.directory import PersonItem, RequestItem
from chalicelib.models.item import Key
from chalicelib.models.store import Check, Operation, Put, Store, Update, create
from chalicelib.services.permissions import Resource, allowed

type Answer = dict[str, Any]
"""What a command answers: small and JSON-able, stored with the Idempotency-Key."""


class AlreadyAnswered(Contention):
    """The Idempotency-Key was used before; the stored answer is to be given again."""


class ActorChanged(Contention):
    """The person's rights changed since they were read; read them again and decide again."""


@dataclass(frozen=True)
class RequestKey:
    """An Idempotency-Key and the fingerprint of the request that carried it."""

    value: str
    fingerprint: str


@dataclass(frozen=True)
class Call:
    """One call of a use case. `person` is None for visitors and for the system itself (`actor` then says who)."""

    store: Store
    now: datetime
    new_id: Callable[[], str]
    person: Person | None
    actor: str
    request_id: str = ""
    source: str = ""
    locale: str = "zh-CN"
    key: RequestKey | None = None
    expected_version: int | None = None
    heads: frozenset[str] = frozenset()
    permitted: list[str] = field(default_factory=list)

    @property
    def me(self) -> Person:
        """The person who is signed in; raises Forbidden when there is none."""
        if self.person is None:
            raise Forbidden
        return self.person

    def may(self, action: str, resource: Resource) -> bool:
        """Whether the policies allow `action` on `resource` to the person."""
        return self.person is not None and allowed(self.person, self.heads, action, resource)

    def permit(self, action: str, resource: Resource, unseen: bool = False) -> None:
        """Raise Forbidden unless the policies allow it, NotFound if the person may not know the record (`unseen`)."""
        if not self.may(action, resource):
            raise NotFound if unseen else Forbidden
        self.permitted.append(action)

    def permit_public(self, reason: str) -> None:
        """Mark a call that needs no person, with the reason (a secret link, a health check)."""
        self.permitted.append(reason)

    def commit(self, answer: Answer, *operations: Operation) -> Answer:
        """Write the operations, the actor's unchanged rights and the Idempotency-Key in one transaction.

        Returns `answer`. Raises the failing operation's error, AlreadyAnswered for a repeat.
        """
        if not self.permitted:
            raise Forbidden
        signed = [self._signed(operation) for operation in operations if not self._about_actor(operation, Check)]
        self.store.write(*signed, *self._actor_unchanged(operations), *self._answer_once(answer))
        return answer

    def _signed(self, operation: Operation) -> Operation:
        """The operation with who, when, from where and by which request, for the audit chain to read."""
        signature = {
            "changed_by": self.actor,
            "changed_at": self.now,
            "changed_from": self.source or None,
            "request_id": self.request_id or None,
        }
        if isinstance(operation, Update):
            return replace(operation, values={**operation.values, **signature})
        if isinstance(operation, Put):
            operation.item.attribute_values |= signature
        return operation

    def _actor_unchanged(self, operations: Sequence[Operation]) -> list[Operation]:
        """The check; none where the actor's own profile is written, because that write expects the same version."""
        if self.person is None or any(self._about_actor(operation, Put) for operation in operations):
            return []
        return [Check(PersonItem.at(self.person.id), {"version": self.person.version}, ActorChanged())]

    def _about_actor(self, operation: Operation, kind: type[Put] | type[Check]) -> bool:
        """Whether it concerns the actor's profile: a transaction takes one operation on an item, and the check of the
        version says more than any other check."""
        if self.person is None or not isinstance(operation, kind):
            return False
        key = operation.item.key if isinstance(operation, Put) else operation.key
        return key[1:] == PersonItem.at(self.person.id)[1:]

    def _answer_once(self, answer: Answer) -> list[Operation]:
        if self.key is None:
            return []
        _, pk, sk = RequestItem.at(self.actor, self.key.value)
        item = RequestItem(pk, sk, fingerprint=self.key.fingerprint, answer=dict(answer), at_time=self.now)
        return [create(item, AlreadyAnswered())]

    def nothing_to_write(self, answer: Answer) -> Answer:
        """What a command answers that finds nothing (left) to do: its first answer, if it is asked for once more."""
        return self.first_answer() or answer

    def first_answer(self) -> Answer | None:
        """The stored answer to this call's key, None if the key is new.

        Raises Invalid when the key was used for another request.
        """
        return self.first_answer_with()[0] if self.key else None

    def first_answer_with(self, *keys: Key) -> tuple[Answer | None, list[Any]]:
        """The same, and the items under `keys` (None where there is none), read in one batch."""
        if self.key is None:
            return None, self.store.get(*keys)
        first, *items = self.store.get(RequestItem.at(self.actor, self.key.value), *keys)
        if first is None:
            return None, items
        if first.fingerprint != self.key.fingerprint:
            raise Invalid(FieldError("Idempotency-Key", "idempotency_key_reused"))
        answer: Mapping[str, Any] = first.answer
        return dict(answer), items
