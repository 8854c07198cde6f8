"""Telling people of events, for several tests: as the stream does it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from chalicelib.domain.directory import Person
from chalicelib.domain.notifications import Hook, Preferences
from chalicelib.models.hooks import HookItem, PreferencesItem
from chalicelib.models.notifications import IntentItem
from chalicelib.models.store import Put, create
from chalicelib.services import directory, notifications
from chalicelib.services.call import Call
from chalicelib.services.notifications.planning import Reach
from tests.services.conftest import Company

REACH = Reach("https://atrium.example", mail=True)
MORNING = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
"""9:30 in Shanghai, a Monday."""


def system(company: Company, now: datetime | None = None) -> Call:
    call = company.call(None, now=now or company.now)
    call.permit_public("a test")
    return call


def tell(company: Company, *people: Person, kind: str = "task_opened", cause: str = "c", at: Any = None) -> None:
    """Notify and plan, as the stream does."""
    facts = {"person": "林梅", "subject": "采购"}
    call = system(company, at)
    notifications.notify(call, cause, [person.id for person in people], kind, facts, "/approvals/1")
    notifications.plan(call, REACH, cause)


def prefer(company: Company, person: Person, **facts: Any) -> None:
    item = PreferencesItem.from_preferences(Preferences(person.id, **facts, version=1))
    company.store.write(Put(item, {}))


def add_hook(company: Company, kind: Any = "webhook", events: tuple[str, ...] = ("task_opened",), **facts: Any) -> Hook:
    hook = Hook(f"hook-{kind}", kind, "ERP", frozenset(events), "en", "erp.example", "sealed", company.now, **facts)
    company.store.write(create(HookItem.from_hook(hook)))
    directory.forget()
    return hook


def intents(company: Company) -> list[IntentItem]:
    return sorted(company.store.all(IntentItem), key=lambda item: str(item.id))
