"""Tasks of the state machine `visit` (infra/workflows/visit.asl.json): event {task, visit, round, ...} -> its output.

Every task looks at the visit as it is now and answers {"proceed": false} when the execution has nothing left to do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from chalicelib.domain.reminders import following
from chalicelib.domain.visits import Visit
from chalicelib.gateways.executions import visit_executions
from chalicelib.gateways.files import files
from chalicelib.gateways.signer import signer
from chalicelib.services import archives, closing, inviting, reminding, workflows
from chalicelib.services.call import Call
from chalicelib.settings import settings
from chalicelib.workflows.context import call_of

type Output = dict[str, Any]

OVER: Output = {"proceed": False}


def run(event: Mapping[str, Any], context: Any) -> Output:
    """Run one task; what it raises is retried by the state machine."""
    task, call = event["task"], call_of(event["task"], context)
    if task == "await_approval":
        return _await_approval(call, event)
    visit = workflows.current(call, event["visit"], event["round"])
    return TASKS[task](call, visit, event) if visit else OVER


def _await_approval(call: Call, event: Mapping[str, Any]) -> Output:
    with _failing(event["token"]):
        workflows.await_decision(call, visit_executions(), event["visit"], event["round"], event["token"])
    return {}


@contextmanager
def _failing(token: str) -> Iterator[None]:
    """Tell the waiting execution of an error: one whose task dies silently would wait for the token for ever."""
    done = False
    try:
        yield
        done = True
    finally:
        if not done:
            visit_executions().fail(token, "Contention", "the token could not be kept")


def _invite(call: Call, visit: Visit, event: Mapping[str, Any]) -> Output:
    times = {"remind_at": _stamp(following(visit, call.now) or call.now), "close_at": _stamp(visit.ends)}
    if visit.status == "closed":
        return {"proceed": True, "next": 0, "done": True} | times
    means = inviting.Means(signer().sign, files(), settings().public_url, settings().mail_from)
    batch = inviting.invite(call, means, visit, int(event["next"]))
    if batch.done:
        reminding.tell_settled(call, visit)
    return {"proceed": True, "next": batch.next, "done": batch.done} | times


def _remind(call: Call, visit: Visit, event: Mapping[str, Any]) -> Output:
    reminding.remind(call, visit, settings().public_url)
    again_at = following(visit, call.now)
    return {"proceed": True, "done": again_at is None} | ({"again_at": _stamp(again_at)} if again_at else {})


def _close(call: Call, visit: Visit, event: Mapping[str, Any]) -> Output:
    again_at = closing.close(call, visit) if visit.status == "approved" else None
    return {"proceed": True, "done": again_at is None} | ({"again_at": _stamp(again_at)} if again_at else {})


def _archive(call: Call, visit: Visit, event: Mapping[str, Any]) -> Output:
    archives.archive(call, visit, settings().public_url)
    return {"proceed": True}


TASKS: Mapping[str, Callable[[Call, Visit, Mapping[str, Any]], Output]] = {
    "invite": _invite,
    "remind": _remind,
    "close": _close,
    "archive": _archive,
}


def _stamp(moment: datetime) -> str:
    """A time for a Wait state: whole seconds, never too early."""
    return (moment + timedelta(microseconds=999_999)).strftime("%Y-%m-%dT%H:%M:%SZ")
