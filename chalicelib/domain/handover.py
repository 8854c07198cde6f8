"""Handing over (交接): who takes the place of somebody who leaves, as a head, a manager, a substitute, and with what
they applied for or receive."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from chalicelib.domain.directory import Person

type Status = Literal["running", "done", "stopped"]


@dataclass(frozen=True)
class Handover:
    """What `person` has goes to `successor` (called `successor_name`), as `by` wished, in bounded steps.

    `handed` counts what went over so far; `following` are visits whose invitations and passes still name the former
    host. `stopped`: the successor left before it was done.
    """

    person: str
    successor: str
    successor_name: str
    by: str
    begun_at: datetime
    status: Status = "running"
    handed: int = 0
    following: tuple[str, ...] = ()
    version: int = 1


def wished(before: Handover | None, person: str, to: Person, by: str, now: datetime) -> Handover:
    """A new handover. One that is under way is taken over: what it has not reached yet goes to the new successor."""
    version = before.version + 1 if before else 1
    following = before.following if before and before.status == "running" else ()
    return Handover(person, to.id, to.name, by, now, following=following, version=version)


def moved(handover: Handover, count: int, following: tuple[str, ...]) -> Handover:
    """The handover after a step that handed `count` over."""
    return replace(
        handover,
        handed=handover.handed + count,
        following=following,
        version=handover.version + 1,
    )


def over(handover: Handover, status: Status) -> Handover:
    """The handover at its end."""
    return replace(handover, status=status, version=handover.version + 1)


def manager_after(report: str, to: str, line_of_to: Collection[str], above: str | None) -> str | None:
    """The new manager of somebody who reported to the one who leaves.

    That is `to`, unless `to` is that report or stands below them (`line_of_to`: the managers above `to`), which would
    make a circle; then it is `above`, the manager of the one who leaves.
    """
    if report != to and report not in line_of_to:
        return to
    return None if above == report else above


def substitute_after(absent: str, to: str, above: str | None) -> str | None:
    """The new substitute of somebody on leave: `to`, unless they are the one who is away; then `above` as before."""
    if absent != to:
        return to
    return None if above == absent else above
