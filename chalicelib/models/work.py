"""What keeps a visit's workflow going, in table `reception`: open work and the token of a waiting task.

The workflow itself holds no business state; with these two a visit's execution can be started or resumed again at any
time (keys: models/reception.py).
"""

from datetime import datetime
from zlib import crc32

from pynamodb.attributes import UnicodeAttribute

from chalicelib.domain.visits import Visit
from chalicelib.models.attributes import InstantAttribute, IntegerAttribute
from chalicelib.models.item import Key
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Operation, Put

SHARDS = 16


def open_partition(shard: int) -> str:
    """The partition that lists the open visits of one of SHARDS shards."""
    return f"open#{shard:02}"


class OpenVisitItem(ReceptionTable, discriminator="open_visit"):
    """A visit that still needs its workflow.

    `attempt` counts the executions that were started anew for the same `round`; `since` is when the last one was due.
    `days_over` is how many occurrences of a series were settled at their end (services/closing.py).
    """

    visit = UnicodeAttribute()
    round = IntegerAttribute()
    attempt = IntegerAttribute(default=0)
    days_over = IntegerAttribute(default=0)
    since = InstantAttribute()

    @classmethod
    def at(cls, visit_id: str) -> Key:
        """Where the open work of a visit stands."""
        return cls, open_partition(crc32(visit_id.encode()) % SHARDS), visit_id

    @classmethod
    def from_visit(cls, visit: Visit, since: datetime, attempt: int = 0) -> "OpenVisitItem":
        """The item for the present round of `visit`, on its `attempt` since then."""
        _, pk, sk = cls.at(visit.id)
        return cls(pk, sk, visit=visit.id, round=visit.round, attempt=attempt, since=since)


class TokenItem(ReceptionTable, discriminator="token"):
    """The task token with which the execution that waits for the decision of a round is resumed."""

    token = UnicodeAttribute()

    @classmethod
    def at(cls, visit_id: str, round_: int) -> Key:
        """Where the token of a round stands."""
        return cls, f"visit#{visit_id}", f"token#{round_:04}"


def opening(visit: Visit, now: datetime) -> Operation:
    """The operation that, in the submission's own transaction, says that the visit needs its workflow."""
    return Put(OpenVisitItem.from_visit(visit, now), {})
