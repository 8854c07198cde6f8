"""What every function that no person calls is given: the tables, the clock, and a Call in the system's own name."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from typing import Any

from chalicelib.gateways import aws
from chalicelib.gateways.files import Files
from chalicelib.models.store import DynamoStore
from chalicelib.services.call import Call
from chalicelib.services.ids import new_id
from chalicelib.settings import settings


@cache
def store() -> DynamoStore:
    """The process's one connection to the tables."""
    return DynamoStore()


def clock() -> datetime:
    """Now, in UTC: the only clock of the workflows."""
    return datetime.now(UTC)


@cache
def bucket() -> Files:
    """The bucket under object lock that holds the copy of the audit's chains."""
    return Files(aws.client("s3"), settings().audit_bucket)


def call_of(actor: str, context: Any) -> Call:
    """The Call of a system function, known by `actor` in the audit chain and by its invocation's id."""
    request_id = str(getattr(context, "aws_request_id", ""))
    call = Call(store(), clock(), new_id, None, f"system:{actor}", request_id=request_id)
    call.permit_public("the system acts by its own rules")
    return call
