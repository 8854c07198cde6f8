"""Hooks: addresses of other systems that are told of events, as signed webhooks or as messages of a group's robot."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Literal
from urllib.parse import urlsplit

from chalicelib.domain.errors import FieldError, IllegalMove, Invalid
from chalicelib.domain.notifications.kinds import KINDS, Channel

type HookKind = Literal["webhook", "wecom", "dingtalk", "feishu"]
SIGNED_BY_US: HookKind = "webhook"
BOTH_SECRETS_FOR = timedelta(hours=24)
"""How long messages carry the old secret's signature too, so that the receiver can change over."""


@dataclass(frozen=True)
class Facts:
    """What an administrator states about a hook: what it is called, which events it gets, in which language."""

    name: str
    events: frozenset[str]
    language: str = "zh-CN"

    def check(self) -> None:
        """Raise Invalid for no event at all, or one that does not exist."""
        if not self.events:
            raise Invalid(FieldError("events", "required"))
        if not self.events <= set(KINDS):
            raise Invalid(FieldError("events", "unknown_value"))


@dataclass(frozen=True)
class Hook:
    """A webhook, or the robot of a group in WeCom (企业微信), DingTalk (钉钉) or Feishu (飞书).

    `host` is all of its address that is shown; the address and a robot's secret are in `sealed`, which only the sender
    opens. A webhook's secret is kept nowhere: it follows from our own secret, the id and `generation`.
    """

    id: str
    hook_kind: HookKind
    name: str
    events: frozenset[str]
    language: str
    host: str
    sealed: str
    created_at: datetime
    generation: int = 1
    renewed_at: datetime | None = None
    active: bool = True
    version: int = 1

    @property
    def channel(self) -> Channel:
        """How it is told."""
        return "webhook" if self.hook_kind == SIGNED_BY_US else "robot"

    def takes(self, event: str) -> bool:
        """Whether it is told of such events now."""
        return self.active and event in self.events


@dataclass(frozen=True)
class Target:
    """Where a hook really is: the whole address and, for a robot that checks one, its secret."""

    url: str
    secret: str = ""


def renew(hook: Hook, now: datetime) -> Hook:
    """The hook with another secret; raises IllegalMove for a robot, whose secret is made where the robot was."""
    if hook.hook_kind != SIGNED_BY_US:
        raise IllegalMove(state=hook.hook_kind)
    return replace(hook, generation=hook.generation + 1, renewed_at=now, version=hook.version + 1)


def generations(hook: Hook, now: datetime) -> tuple[int, ...]:
    """The secrets that sign at this moment, the newest first."""
    changing = hook.renewed_at is not None and now - hook.renewed_at < BOTH_SECRETS_FOR
    return (hook.generation, hook.generation - 1) if changing else (hook.generation,)


def switched(hook: Hook, active: bool) -> Hook:
    """The hook on or off; raises IllegalMove when it is so already."""
    if hook.active == active:
        raise IllegalMove(state="on" if active else "off")
    return replace(hook, active=active, version=hook.version + 1)


def host_of(url: str) -> str:
    """The host that an address leads to; raises Invalid unless it is a plain https address."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Invalid(FieldError("url", "bad_web_address")) from error
    if parts.scheme != "https" or not host or port == 0 or parts.username is not None or not url.isascii():
        raise Invalid(FieldError("url", "bad_web_address"))
    return host


def is_public(address: str) -> bool:
    """Whether the IP address is one of the open internet: a hook must not be a way into a network of ours.

    An IPv6 address that carries an IPv4 address counts as that one where it is mapped, and is never open otherwise.
    """
    ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    wrapped = isinstance(ip, IPv6Address) and (ip.sixtofour or ip.teredo)
    return ip.is_global and not ip.is_multicast and not ip.is_reserved and not wrapped
