"""Requests, the documents of custom processes, in table `approvals`.

| question | key |
|---|---|
| a request in whole | pk `request#ID`, sk `head` |
| my requests, newest first | index1 `owner#PERSON`, `CREATED#ID` |
| a process's requests of a month, newest first | index2 `process#KEY#YYYY-MM`, `SUBMITTED#ID` |
| a department's requests of a month, newest first | index3 `department#ID#YYYY-MM`, `SUBMITTED#ID` |
| whose number is this | pk `number#NUMBER`, sk `number` -> request id |

A request is in the lists of others from its first submission on, under the month (UTC) of that.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from pynamodb.attributes import Attribute, UnicodeAttribute
from pynamodb.constants import STRING

from chalicelib.domain.approvals.conditions import Fact, Facts
from chalicelib.domain.forms import Values
from chalicelib.domain.requests import Request
from chalicelib.models.approvals import ApprovalsTable
from chalicelib.models.attributes import DataAttribute, InstantAttribute, IntegerAttribute
from chalicelib.models.item import Key
from chalicelib.models.visits import instant


class FactsAttribute(Attribute[Facts]):
    """Facts as one JSON text; a number with decimals is kept as `{"decimal": "12.5"}`, a department as its path."""

    attr_type = STRING

    def serialize(self, value: Facts) -> str:
        """The JSON text."""
        return json.dumps(dict(value), default=lambda number: {"decimal": str(number)}, ensure_ascii=False)

    def deserialize(self, value: str) -> Facts:
        """The facts with their types."""
        return {name: _fact(kept) for name, kept in json.loads(value).items()}


def _fact(kept: Any) -> Fact:
    match kept:
        case {"decimal": str(text)}:
            return Decimal(text)
        case list():
            return tuple(str(each) for each in kept)
        case _:
            fact: str | int = kept
            return fact


class RequestItem(ApprovalsTable, discriminator="custom_request"):
    """A request with what was filled in."""

    id = UnicodeAttribute()
    number = UnicodeAttribute()
    process = UnicodeAttribute()
    process_version = IntegerAttribute()
    title = DataAttribute[Mapping[str, str]](dict[str, str])
    applicant = UnicodeAttribute()
    applicant_name = UnicodeAttribute()
    department = UnicodeAttribute()
    department_path = DataAttribute[tuple[str, ...]](tuple[str, ...])
    subject = UnicodeAttribute()
    values = DataAttribute[Values](dict[str, Any])
    facts = FactsAttribute()
    created_at = InstantAttribute()
    status = UnicodeAttribute()
    round = IntegerAttribute()
    approval = UnicodeAttribute(null=True)
    submitted_at = InstantAttribute(null=True)
    ended_at = InstantAttribute(null=True)

    @classmethod
    def at(cls, request_id: str) -> Key:
        """Where a request lives."""
        return cls, f"request#{request_id}", "head"

    @classmethod
    def from_request(cls, request: Request) -> "RequestItem":
        """The item of a request, in its lists."""
        keys = {"index1_pk": f"owner#{request.applicant}", "index1_sk": f"{instant(request.created_at)}#{request.id}"}
        if request.submitted_at:
            order = list_order(request.submitted_at, request.id)
            month = request.submitted_at.strftime("%Y-%m")
            keys |= {"index2_pk": f"process#{request.process}#{month}", "index2_sk": order}
            keys |= {"index3_pk": f"department#{request.department}#{month}", "index3_sk": order}
        return cls.of(request, pk=f"request#{request.id}", sk="head", **keys)


def list_order(submitted_at: datetime, request_id: str) -> str:
    """Where a request stands in the lists of others."""
    return f"{instant(submitted_at)}#{request_id}"


class RequestNumberItem(ApprovalsTable, discriminator="request_number"):
    """Which request has a number."""

    request = UnicodeAttribute()

    @classmethod
    def at(cls, number: str) -> Key:
        """Where the owner of a number stands."""
        return cls, f"number#{number}", "number"
