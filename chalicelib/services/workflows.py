"""The workflow `visit`: what its tasks find in the tables, and how it is started, resumed and left.

Everything looks at the visit as it is now, not at the change that brought it here, so any of it may happen twice,
late or in another order.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol, cast

from chalicelib.domain.errors import Contention
from chalicelib.domain.visits import Visit
from chalicelib.models.store import Delete, Put
from chalicelib.models.visits import VisitItem
from chalicelib.models.work import OpenVisitItem, TokenItem
from chalicelib.services import closing
from chalicelib.services.call import Call

GOES_ON = frozenset({"approved", "closed"})
"""Statuses in which the workflow has something to do after the decision."""


class Executions(Protocol):
    """Executions of the state machine `visit` (gateways/executions.py)."""

    def start(self, name: str, given: Mapping[str, Any]) -> None:
        """Start an execution unless there is or was one of that name."""

    def succeed(self, token: str, output: Mapping[str, Any]) -> None:
        """Resume the task that waits with `token`, if one still does."""

    def status(self, name: str) -> str | None:
        """Step Functions' word for how the execution stands, None where there is none."""

    def stop(self, name: str, cause: str) -> None:
        """Stop the execution if it runs."""


def execution_name(visit_id: str, round_: int, attempt: int = 0) -> str:
    """The name of the execution for a round; `attempt` counts those that were lost before it."""
    return f"{visit_id}-{round_}-{attempt}" if attempt else f"{visit_id}-{round_}"


def visit_of(call: Call, visit_id: str) -> Visit | None:
    """The visit as it is, None where there is none."""
    (item,) = call.store.get(VisitItem.at(visit_id))
    return cast(Visit, item.to(Visit)) if item else None


def current(call: Call, visit_id: str, round_: int) -> Visit | None:
    """The visit if the execution for `round_` still has something to do for it after the decision, else None."""
    visit = visit_of(call, visit_id)
    return visit if visit and visit.round == round_ and visit.status in GOES_ON else None


def advance(call: Call, executions: Executions, visit_id: str, public_url: str) -> None:
    """Bring the workflow to where the visit is: start it, resume it, or take back what it gave."""
    visit = visit_of(call, visit_id)
    if visit is None or visit.round == 0:
        return
    waiting, held = call.store.get(TokenItem.at(visit.id, visit.round), OpenVisitItem.at(visit.id))
    if visit.status == "pending" or (visit.status in GOES_ON and waiting is None):
        start(executions, visit, held.attempt if held and held.round == visit.round else 0)
    if visit.status != "pending":
        resume(call, executions, visit, waiting)
    if visit.status == "cancelled":
        closing.withdraw(call, visit, public_url)
    if held is not None and _over(call, visit):
        call.commit({}, Delete(held.key, {"round": visit.round, "attempt": held.attempt}))


def _over(call: Call, visit: Visit) -> bool:
    """Whether the visit needs nobody's care any more; a cancelled one does while somebody is inside."""
    if visit.status == "pending" or visit.status in GOES_ON:
        return False
    return visit.status != "cancelled" or closing.clear(call, visit)


def start(executions: Executions, visit: Visit, attempt: int) -> None:
    """Start the execution of that attempt at the visit's round, unless there is or was one."""
    given = {"visit": visit.id, "round": visit.round}
    executions.start(execution_name(visit.id, visit.round, attempt), given)


def await_decision(call: Call, executions: Executions, visit_id: str, round_: int, token: str) -> None:
    """Keep the token until the visit is decided; if it is decided already, resume at once.

    The token is stored before the visit is read: whoever decides in between finds it or is found.
    """
    _, pk, sk = TokenItem.at(visit_id, round_)
    call.commit({}, Put(TokenItem(pk, sk, token=token), {}))
    visit = visit_of(call, visit_id)
    if visit is None or visit.round != round_:
        executions.succeed(token, {"proceed": False})
    elif visit.status != "pending":
        (waiting,) = call.store.get(TokenItem.at(visit.id, visit.round))
        resume(call, executions, visit, waiting)


def resume(call: Call, executions: Executions, visit: Visit, waiting: TokenItem | None) -> None:
    """Tell the execution that waits for the visit's decision, if one waits. Telling it twice does no harm."""
    if waiting is None:
        return
    executions.succeed(waiting.token, {"proceed": visit.status in GOES_ON})
    try:
        call.commit({}, Delete(waiting.key, {"token": waiting.token}))
    except Contention:
        return  # a later execution waits with a token of its own and looks for itself
