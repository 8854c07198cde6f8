"""Setting up webhooks and group robots."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import cast

from chalicelib.domain.errors import FieldError, Invalid, NotFound, Stale
from chalicelib.domain.notifications import TEST, Hook, HookKind, Target, host_of
from chalicelib.domain.notifications.hooks import Facts, renew, switched
from chalicelib.gateways.provider import NotSent
from chalicelib.models.hooks import HookItem
from chalicelib.models.store import save
from chalicelib.services import directory
from chalicelib.services.call import Answer, Call
from chalicelib.services.notifications import texts
from chalicelib.services.notifications.hook_messages import LIMIT, Seals, known, to_hook
from chalicelib.services.notifications.sending import intend
from chalicelib.services.permissions import COMPANY


@dataclass(frozen=True)
class Setup:
    """What setting up needs: `look` gives the public addresses of a host or raises NotSent,
    `seals` is asked for only once that is allowed."""

    look: Callable[[str], list[str]]
    seals: Callable[[], Seals]


@dataclass(frozen=True)
class Shown:
    """A webhook's secret, shown this once."""

    answer: Answer
    secret: str


def listed(call: Call) -> list[Hook]:
    """For administrators: all hooks as they are now."""
    call.permit("webhook:manage", COMPANY)
    directory.forget()
    return known(call)


def one(call: Call, hook_id: str) -> Hook:
    """For administrators: a hook; raises NotFound, Stale."""
    call.permit("webhook:manage", COMPANY)
    return _current(call, hook_id)


def create(call: Call, setup: Setup, kind: HookKind, facts: Facts, target: Target) -> Shown:
    """A new hook; raises Invalid for an address that does not lead into the open internet."""
    call.permit("webhook:manage", COMPANY)
    facts.check()
    host = _checked_host(setup, target.url)
    if len(known(call)) >= LIMIT:
        raise Invalid(FieldError("name", "too_many", {"max": str(LIMIT)}))
    id = call.new_id()
    hook = Hook(id, kind, facts.name, facts.events, facts.language, host, setup.seals().seal(id, target), call.now)
    return _shown(setup, hook, _commit(call, hook))


def change(call: Call, setup: Setup, hook_id: str, facts: Facts, target: Target | None) -> Answer:
    """State a hook's facts anew; `target` only where it changes. Raises Invalid, NotFound, Stale."""
    call.permit("webhook:manage", COMPANY)
    facts.check()
    before = _current(call, hook_id)
    hook = replace(before, name=facts.name, events=facts.events, language=facts.language, version=before.version + 1)
    if target:
        hook = replace(hook, host=_checked_host(setup, target.url), sealed=setup.seals().seal(hook.id, target))
    return _commit(call, hook)


def renew_secret(call: Call, setup: Setup, hook_id: str) -> Shown:
    """Give a webhook another secret; the old one signs too for a day. Raises IllegalMove for a robot."""
    call.permit("webhook:manage", COMPANY)
    hook = renew(_current(call, hook_id), call.now)
    return _shown(setup, hook, _commit(call, hook))


def switch(call: Call, hook_id: str, active: bool) -> Answer:
    """Switch a hook on or off; raises IllegalMove where it is so."""
    call.permit("webhook:manage", COMPANY)
    return _commit(call, switched(_current(call, hook_id), active))


def test(call: Call, hook_id: str) -> Answer:
    """Send a message that says that it is a test; the log shows what became of it."""
    call.permit("webhook:manage", COMPANY)
    hook = _current(call, hook_id)
    text = texts.test_text(hook.language)
    if hook.channel == "webhook":
        text = texts.webhook_body(TEST, call.now, {"text": text})
    message = to_hook(call, f"test#{call.new_id()}", TEST, hook, text)
    return call.commit(_answer(hook), intend(message))


def _checked_host(setup: Setup, url: str) -> str:
    host = host_of(url)
    try:
        setup.look(host)
    except NotSent as refusal:
        raise Invalid(FieldError("url", refusal.reason)) from refusal
    return host


def _current(call: Call, hook_id: str) -> Hook:
    (item,) = call.store.get(HookItem.at(hook_id))
    if item is None:
        raise NotFound
    if call.expected_version not in (None, item.version):
        raise Stale
    return cast(Hook, item.to(Hook))


def _commit(call: Call, hook: Hook) -> Answer:
    done = call.commit(_answer(hook), save(HookItem.from_hook(hook)))
    directory.forget()
    return done


def _answer(hook: Hook) -> Answer:
    return {"id": hook.id, "version": hook.version, "location": f"/webhooks/{hook.id}"}


def _shown(setup: Setup, hook: Hook, answer: Answer) -> Shown:
    ours = hook.channel == "webhook"
    return Shown(answer, setup.seals().webhook_secret(hook.id, hook.generation) if ours else "")
