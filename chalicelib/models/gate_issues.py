"""What waits for reception in table `reception` (keys: models/reception.py)."""

from collections.abc import Mapping

from pynamodb.attributes import UnicodeAttribute

from chalicelib.domain.gate_issues import Issue, IssueStatus
from chalicelib.models.attributes import DataAttribute, InstantAttribute
from chalicelib.models.item import Key
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.visits import instant


def listed(site: str, status: IssueStatus) -> str:
    """The partition of index 1 with a site's issues of that status, by time."""
    return f"issues#{site}#{status}"


class IssueItem(ReceptionTable, discriminator="issue"):
    """Something that happened at a gate and waits for reception, or did."""

    id = UnicodeAttribute()
    site = UnicodeAttribute()
    issue = UnicodeAttribute()
    at_time = InstantAttribute()
    recorded_at = InstantAttribute()
    gate = UnicodeAttribute()
    by = UnicodeAttribute()
    visit = UnicodeAttribute()
    facts = DataAttribute[Mapping[str, str]](Mapping[str, str])
    status = UnicodeAttribute()
    settled_at = InstantAttribute(null=True)
    settled_by = UnicodeAttribute()
    note = UnicodeAttribute()

    @classmethod
    def at(cls, id: str) -> Key:
        """Where an issue lives."""
        return cls, f"issue#{id}", "issue"

    @classmethod
    def from_issue(cls, issue: Issue) -> "IssueItem":
        """The item of an issue, on its site's list of those open or of those settled."""
        _, pk, sk = cls.at(issue.id)
        order = f"{instant(issue.at_time)}#{issue.id}"
        return cls.of(issue, pk=pk, sk=sk, index1_pk=listed(issue.site, issue.status), index1_sk=order)
