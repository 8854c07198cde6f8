"""What happened at a gate and waits for reception (门岗待处理事项): a scan made without network that cannot stand,
somebody on the watch list or the block list, a badge that did not come back."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from chalicelib.domain.errors import IllegalMove

type IssueKind = Literal["offline", "watched", "blocked", "badge_lost"]
type IssueStatus = Literal["open", "settled"]


@dataclass(frozen=True)
class Issue:
    """One of them. `at_time` is when it happened, `recorded_at` when we learnt of it (UTC), `by` the guard.

    `facts` say what a reader needs: name, reservation, host, number, direction, and `why`, the gate's answer or the
    reason on the list. `visit` is the visit's id, "" where nobody knows it.
    """

    id: str
    site: str
    issue: IssueKind
    at_time: datetime
    recorded_at: datetime
    gate: str
    by: str
    visit: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    status: IssueStatus = "open"
    settled_at: datetime | None = None
    settled_by: str = ""
    note: str = ""
    version: int = 1


def settle(issue: Issue, by: str, note: str, now: datetime) -> Issue:
    """The issue, looked at and dealt with as the note says; raises IllegalMove when somebody has done so already."""
    if issue.status == "settled":
        raise IllegalMove("already_settled", state=issue.status)
    return replace(issue, status="settled", settled_at=now, settled_by=by, note=note, version=issue.version + 1)
