"""Claims, in table `spending`.

| question | key |
|---|---|
| a claim in whole | pk `claim#ID`, sk `head` |
| my claims, newest first | index1 `claimant#PERSON`, `CREATED#ID` |
| the company's claims of a month, newest first | index2 `claims#SHARD#YYYY-MM` (8 shards), `SUBMITTED#ID` |
| a department's claims of a month, newest first | index3 `claiming#DEPARTMENT#YYYY-MM`, `SUBMITTED#ID` |
| whose number is this | models/spending_numbers.py |
| what a person claimed of late, to compare a claim with | pk `claimed#PERSON`, `SUBMITTED#ID`: its lines in short |

A claim is in the lists of others from its first submission on, under the month (UTC) of that. What it holds of budgets
stands with their lines (models/budgets.py: `freeze#claim#ID`), of advances and invoices with these. Its lines in short
are there from its submission on, unless it comes to nothing.
"""

from datetime import datetime
from zlib import crc32

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.domain.claims import Claim, Line, Link, Offset, Taken, Trace, traces
from chalicelib.domain.compliance import Finding
from chalicelib.models.attributes import DataAttribute, InstantAttribute, IntegerAttribute
from chalicelib.models.budgets import SHARDS, SpendingTable
from chalicelib.models.item import Key
from chalicelib.models.visits import instant


def of_claimant(person: str) -> str:
    """The index partition of a person's own claims."""
    return f"claimant#{person}"


def of_company(month: str) -> list[str]:
    """The index partitions in which all claims of a month stand."""
    return [f"claims#{shard}#{month}" for shard in range(SHARDS)]


def of_department(department: str, month: str) -> str:
    """The index partition of a department's claims of a month."""
    return f"claiming#{department}#{month}"


def of_late(person: str) -> str:
    """The partition of what a person claimed."""
    return f"claimed#{person}"


class ClaimItem(SpendingTable, discriminator="claim"):
    """A claim with its lines (thirty of them, each over eight departments, take about 40 KB)."""

    id = UnicodeAttribute()
    number = UnicodeAttribute()
    applicant = UnicodeAttribute()
    applicant_name = UnicodeAttribute()
    department = UnicodeAttribute()
    department_path = DataAttribute[tuple[str, ...]](tuple[str, ...])
    currency = UnicodeAttribute()
    purpose = UnicodeAttribute()
    lines = DataAttribute[tuple[Line, ...]](tuple[Line, ...])
    created_at = InstantAttribute()
    links = DataAttribute[tuple[Link, ...]](tuple[Link, ...])
    offsets = DataAttribute[tuple[Offset, ...]](tuple[Offset, ...])
    taken = DataAttribute[tuple[Taken, ...]](tuple[Taken, ...])
    findings = DataAttribute[tuple[Finding, ...]](tuple[Finding, ...])
    status = UnicodeAttribute()
    round = IntegerAttribute()
    approval = UnicodeAttribute(null=True)
    submitted_at = InstantAttribute(null=True)
    approved_at = InstantAttribute(null=True)
    paid_at = InstantAttribute(null=True)
    ended_at = InstantAttribute(null=True)
    payable = IntegerAttribute()
    budget_reason = UnicodeAttribute()
    audited = BooleanAttribute()
    auto = BooleanAttribute()
    reversal = UnicodeAttribute()

    @classmethod
    def at(cls, claim_id: str) -> Key:
        """Where a claim lives."""
        return cls, f"claim#{claim_id}", "head"

    @classmethod
    def from_claim(cls, claim: Claim) -> "ClaimItem":
        """The item of a claim, in its lists."""
        keys = {"index1_pk": of_claimant(claim.applicant), "index1_sk": order(claim.created_at, claim.id)}
        if claim.submitted_at:
            submitted, month = order(claim.submitted_at, claim.id), f"{claim.submitted_at:%Y-%m}"
            shard = crc32(claim.id.encode()) % SHARDS
            keys |= {"index2_pk": of_company(month)[shard], "index2_sk": submitted}
            keys |= {"index3_pk": of_department(claim.department, month), "index3_sk": submitted}
        return cls.of(claim, pk=f"claim#{claim.id}", sk="head", **keys)


def order(moment: datetime, claim_id: str) -> str:
    """Where a claim stands in a list."""
    return f"{instant(moment)}#{claim_id}"


class ClaimTraceItem(SpendingTable, discriminator="claim_trace"):
    """The lines of a submitted claim in short."""

    number = UnicodeAttribute()
    traces = DataAttribute[tuple[Trace, ...]](tuple[Trace, ...])

    @classmethod
    def at(cls, claim: Claim) -> Key:
        """Where what a submitted claim is compared with lives."""
        return cls, of_late(claim.applicant), order(claim.submitted_at or claim.created_at, claim.id)

    @classmethod
    def of_claim(cls, claim: Claim) -> "ClaimTraceItem":
        """The lines of the claim in short."""
        _, pk, sk = cls.at(claim)
        return cls(pk, sk, number=claim.number, traces=traces(claim))
