"""What Atrium is compared with: a Chalice application of one pydantic model and one PynamoDB model, nothing else.

It stores and lists visits as such an application would, without accounts, permissions or rules.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from chalice.app import Chalice
from pydantic import BaseModel
from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.connection import Connection
from pynamodb.indexes import AllProjection, GlobalSecondaryIndex
from pynamodb.models import Model
from pynamodb.transactions import TransactWrite

TABLE = "atrium-test-reception"


class ByOwner(GlobalSecondaryIndex[Any]):
    """Visits of a person by time."""

    class Meta:
        index_name = "index1"
        projection = AllProjection()

    index1_pk = UnicodeAttribute(hash_key=True)
    index1_sk = UnicodeAttribute(range_key=True)


class VisitRow(Model):
    """A visit with the attributes that Atrium's has."""

    class Meta:
        table_name = TABLE
        region = "us-east-1"

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    kind = UnicodeAttribute(default="visit")
    version = NumberAttribute(default=1)
    expires = NumberAttribute(null=True)
    changed_by = UnicodeAttribute(null=True)
    changed_at = UTCDateTimeAttribute(null=True)
    changed_from = UnicodeAttribute(null=True)
    request_id = UnicodeAttribute(null=True)
    index1_pk = UnicodeAttribute(null=True)
    index1_sk = UnicodeAttribute(null=True)
    index2_pk = UnicodeAttribute(null=True)
    index2_sk = UnicodeAttribute(null=True)
    index3_pk = UnicodeAttribute(null=True)
    index3_sk = UnicodeAttribute(null=True)
    by_owner = ByOwner()
    id = UnicodeAttribute()
    number = UnicodeAttribute()
    applicant = UnicodeAttribute()
    applicant_name = UnicodeAttribute()
    department = UnicodeAttribute()
    department_path = JSONAttribute()
    site = UnicodeAttribute()
    starts = UTCDateTimeAttribute()
    ends = UTCDateTimeAttribute()
    host = UnicodeAttribute()
    host_name = UnicodeAttribute()
    host_phone = UnicodeAttribute()
    purpose = UnicodeAttribute()
    requirements = UnicodeAttribute()
    team = JSONAttribute()
    bookings = JSONAttribute()
    party = UnicodeAttribute()
    visitors = NumberAttribute()
    created_at = UTCDateTimeAttribute()
    status = UnicodeAttribute()
    round = NumberAttribute()
    approval = UnicodeAttribute(null=True)
    approved_at = UTCDateTimeAttribute(null=True)
    invited_at = UTCDateTimeAttribute(null=True)
    ended_at = UTCDateTimeAttribute(null=True)


SHOWN = (
    *("id", "number", "applicant", "applicant_name", "site", "starts", "ends", "host", "host_name", "purpose"),
    *("party", "visitors", "status"),
)


class Asked(BaseModel):
    """A visit to be stored."""

    site: str
    purpose: str
    starts: datetime
    ends: datetime


app = Chalice(app_name="bare")
connection = Connection(region="us-east-1")


def _row(asked: Asked) -> VisitRow:
    return VisitRow(
        "visit#1",
        "head",
        index1_pk="owner#A",
        index1_sk=f"{asked.starts.isoformat()}#1",
        id="1",
        number="20260001",
        applicant="A",
        applicant_name="Ann",
        department="D",
        department_path=["D"],
        site=asked.site,
        starts=asked.starts,
        ends=asked.ends,
        host="A",
        host_name="Ann",
        host_phone="+8613800138000",
        purpose=asked.purpose,
        requirements="",
        team=[],
        bookings=[],
        party="B",
        visitors=1,
        created_at=asked.starts,
        status="draft",
        round=0,
    )


@app.route("/rows", methods=["POST"])
def store_rows() -> dict[str, Any]:
    """Three items in one transaction: one is checked, one stored, one changed."""
    asked = Asked.model_validate(app.current_request.json_body)
    with TransactWrite(connection=connection) as transaction:
        transaction.condition_check(VisitRow, "person#1", "profile", condition=VisitRow.version == 1)
        transaction.save(_row(asked), condition=VisitRow.pk.does_not_exist())
        transaction.update(VisitRow("number#1", "number"), actions=[VisitRow.status.set("draft")])
    return {"id": "1"}


@app.route("/rows", methods=["GET"])
def list_rows() -> dict[str, Any]:
    """Fifty items of one query."""
    page = VisitRow.by_owner.query("owner#A", limit=50)
    return {"items": [{name: _plain(getattr(row, name)) for name in SHOWN} for row in page]}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
