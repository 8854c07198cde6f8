"""Budget applications, in table `spending`.

| question | key |
|---|---|
| an application in whole | pk `application#ID`, sk `head` |
| my applications, newest first | index1 `applicant#PERSON`, `CREATED#ID` |
| the company's applications of a month, newest first | index2 `applications#SHARD#YYYY-MM` (8 shards), `SUBMITTED#ID` |
| a department's applications of a month, newest first | index3 `applying#DEPARTMENT#YYYY-MM`, `SUBMITTED#ID` |
| whose number is this | models/spending_numbers.py |

An application is in the lists of others from its first submission on, under the month (UTC) of that. What it holds of
budgets stands with their lines (models/budgets.py: `freeze#application#ID`).
"""

from datetime import datetime
from zlib import crc32

from pynamodb.attributes import UnicodeAttribute

from chalicelib.domain.applications import Application, Row
from chalicelib.domain.budgets import Share
from chalicelib.models.attributes import DataAttribute, InstantAttribute, IntegerAttribute
from chalicelib.models.budgets import SHARDS, SpendingTable
from chalicelib.models.item import Key
from chalicelib.models.visits import instant


def of_applicant(person: str) -> str:
    """The index partition of a person's own applications."""
    return f"applicant#{person}"


def of_company(month: str) -> list[str]:
    """The index partitions in which all applications of a month stand."""
    return [f"applications#{shard}#{month}" for shard in range(SHARDS)]


def of_department(department: str, month: str) -> str:
    """The index partition of a department's applications of a month."""
    return f"applying#{department}#{month}"


class ApplicationItem(SpendingTable, discriminator="application"):
    """An application with its rows (thirty of them take about 15 KB)."""

    id = UnicodeAttribute()
    number = UnicodeAttribute()
    applicant = UnicodeAttribute()
    applicant_name = UnicodeAttribute()
    department = UnicodeAttribute()
    department_path = DataAttribute[tuple[str, ...]](tuple[str, ...])
    site = UnicodeAttribute()
    currency = UnicodeAttribute()
    purpose = UnicodeAttribute()
    rows = DataAttribute[tuple[Row, ...]](tuple[Row, ...])
    created_at = InstantAttribute()
    visit = UnicodeAttribute()
    visit_number = UnicodeAttribute()
    shares = DataAttribute[tuple[Share, ...]](tuple[Share, ...])
    budget_reason = UnicodeAttribute()
    status = UnicodeAttribute()
    round = IntegerAttribute()
    approval = UnicodeAttribute(null=True)
    submitted_at = InstantAttribute(null=True)
    approved_at = InstantAttribute(null=True)
    ended_at = InstantAttribute(null=True)

    @classmethod
    def at(cls, application_id: str) -> Key:
        """Where an application lives."""
        return cls, f"application#{application_id}", "head"

    @classmethod
    def from_application(cls, application: Application) -> "ApplicationItem":
        """The item of an application, in its lists."""
        created = order(application.created_at, application.id)
        keys = {"index1_pk": of_applicant(application.applicant), "index1_sk": created}
        if application.submitted_at:
            submitted = order(application.submitted_at, application.id)
            month = f"{application.submitted_at:%Y-%m}"
            shard = crc32(application.id.encode()) % SHARDS
            keys |= {"index2_pk": of_company(month)[shard], "index2_sk": submitted}
            keys |= {"index3_pk": of_department(application.department, month), "index3_sk": submitted}
        return cls.of(application, pk=f"application#{application.id}", sk="head", **keys)


def order(moment: datetime, application_id: str) -> str:
    """Where an application stands in a list."""
    return f"{instant(moment)}#{application_id}"
