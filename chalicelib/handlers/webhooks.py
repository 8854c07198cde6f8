"""Webhooks and group robots: setting them up, trying them, and what became of their messages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from chalicelib.domain.notifications import KINDS, Hook, Target
from chalicelib.domain.notifications.hooks import Facts
from chalicelib.gateways.outbound import open_addresses
from chalicelib.gateways.sealing import seals
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.fields import Answered, Id, Language, Name, PageQuery, Strict
from chalicelib.handlers.notices import shown
from chalicelib.services.call import Answer, Call
from chalicelib.services.notifications import hooks, lists
from chalicelib.services.notifications.words import AREAS, HOOKS, LABELS

area = Area(__name__)

Url = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000)]
Secret = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[!-~]*$")]


class HookForm(Strict):
    """What a hook is called, which kinds of events it gets, and in which language a robot speaks.

    `url` and a robot's `secret` may be left out of a change: then they stay.
    """

    name: Name
    events: list[Id] = Field(default_factory=list, max_length=100)
    language: Language = "zh-CN"
    url: Url | None = None
    secret: Secret = ""

    def facts(self) -> Facts:
        """What the domain knows of it."""
        return Facts(self.name, frozenset(self.events), self.language)

    def target(self) -> Target | None:
        """Where it is, if that was stated."""
        return Target(self.url, self.secret) if self.url else None


class NewHook(HookForm):
    """A webhook, or a robot of a group in WeCom, DingTalk or Feishu, with its whole address."""

    kind: Literal["webhook", "wecom", "dingtalk", "feishu"]
    url: Url


class HookAction(Strict):
    """Send a test, make another secret, switch on or off."""

    action: Literal["test", "renew_secret", "switch_on", "switch_off"]


class HookChanged(Answered):
    """What was made or changed; `secret` is a webhook's, which is shown this once."""

    id: str
    version: int
    location: str
    secret: str = ""


def _setup() -> hooks.Setup:
    return hooks.Setup(open_addresses, seals)


def _data(hook: Hook) -> dict[str, Any]:
    """A hook as administrators see it: of its address only the host."""
    return {
        "id": hook.id,
        "kind": hook.hook_kind,
        "kind_label": HOOKS[hook.hook_kind],
        "name": hook.name,
        "events": sorted(hook.events),
        "language": hook.language,
        "host": hook.host,
        "active": hook.active,
        "renewed_at": hook.renewed_at,
        "created_at": hook.created_at,
        "version": hook.version,
    }


def _choices() -> dict[str, Any]:
    events = {
        area: {"label": label, "kinds": {kind: LABELS[kind] for kind, each in KINDS.items() if each.area == area}}
        for area, label in AREAS.items()
    }
    return {"groups": events}


@area.endpoint("GET", "/webhooks", action="webhook:manage", page="webhooks.html")
def hook_list(call: Call) -> dict[str, Any]:
    """All webhooks and group robots."""
    return {"items": [_data(hook) for hook in hooks.listed(call)]} | _choices()


@area.endpoint(
    "POST",
    "/webhooks",
    action="webhook:manage",
    body=NewHook,
    answer=HookChanged,
    status=201,
    page="webhooks.html",
    refill=hook_list,
)
def create_hook(call: Call, form: NewHook) -> Reply:
    """Add a webhook or a group's robot; the answer holds a webhook's secret."""
    target = Target(form.url, form.secret)
    return _made(call, hooks.create(call, _setup(), form.kind, form.facts(), target), 201)


def _made(call: Call, made: hooks.Shown, status: int) -> Reply:
    """A secret has a page of its own, which is the only place that shows it; anything else leads to the hook."""
    data = made.answer | ({"secret": made.secret} if made.secret else {})
    if not made.secret:
        return Reply(data, status, location=made.answer["location"], version=made.answer["version"])
    return Reply(data, status, version=made.answer["version"], page="webhook_secret.html")


@area.endpoint("GET", "/webhooks/{id}", action="webhook:manage", query=PageQuery, page="webhook.html")
def hook_page(call: Call, id: str, query: PageQuery) -> Reply:
    """A webhook or robot and the log of its messages."""
    hook = hooks.one(call, id)
    return Reply(_page(call, hook, query), version=hook.version)


def _page(call: Call, hook: Hook, query: PageQuery) -> dict[str, Any]:
    log = lists.log(call, hook.id, query.cursor, query.limit)
    return {"hook": _data(hook), "items": [shown(each) for each in log.items], "next": log.next} | _choices()


def _again(call: Call, id: str) -> dict[str, Any]:
    return _page(call, hooks.one(call, id), PageQuery())


@area.endpoint(
    "POST",
    "/webhooks/{id}",
    action="webhook:manage",
    body=HookForm,
    answer=HookChanged,
    page="webhook.html",
    refill=_again,
)
def change_hook(call: Call, id: str, form: HookForm) -> Answer:
    """State a webhook's or robot's facts anew."""
    return hooks.change(call, _setup(), id, form.facts(), form.target())


@area.endpoint("POST", "/webhooks/{id}/actions", action="webhook:manage", body=HookAction, answer=HookChanged)
def act_on_hook(call: Call, id: str, form: HookAction) -> Any:
    """Try it, give it another secret, switch it on or off."""
    if form.action == "renew_secret":
        return _made(call, hooks.renew_secret(call, _setup(), id), 200)
    return MOVES[form.action](call, id)


MOVES: Mapping[str, Callable[[Call, str], Answer]] = {
    "test": hooks.test,
    "switch_on": lambda call, id: hooks.switch(call, id, active=True),
    "switch_off": lambda call, id: hooks.switch(call, id, active=False),
}
