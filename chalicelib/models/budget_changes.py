"""Changes of budgets that are asked for, in table `spending`.

| question | key |
|---|---|
| a change in whole | pk `budget_change#ID`, sk `head` |
| my changes, newest first | index1 `budget_changes#PERSON`, `CREATED#ID` |
| the company's changes of a month, newest first | index2 `budget_changes#YYYY-MM`, `SUBMITTED#ID` |
| the changes of a department's lines, of a month | index3 `budget_changes#DEPARTMENT#YYYY-MM`, `SUBMITTED#ID` |

A change is in the lists of others from its first submission on, under the month (UTC) of that. A company makes some
tens of them a month, so that one partition bears a month of all.
"""

from pynamodb.attributes import UnicodeAttribute

from chalicelib.domain.budget_changes import BudgetChange
from chalicelib.models.attributes import DataAttribute, InstantAttribute, IntegerAttribute
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.item import Key
from chalicelib.models.visits import instant

LIST = "budget_changes#"


class BudgetChangeItem(SpendingTable, discriminator="budget_change"):
    """A change that was asked for."""

    id = UnicodeAttribute()
    number = UnicodeAttribute()
    applicant = UnicodeAttribute()
    applicant_name = UnicodeAttribute()
    what = UnicodeAttribute()
    line = UnicodeAttribute()
    source = UnicodeAttribute()
    department = UnicodeAttribute()
    department_path = DataAttribute[tuple[str, ...]](tuple[str, ...])
    category = UnicodeAttribute()
    period = UnicodeAttribute()
    currency = UnicodeAttribute()
    amount = IntegerAttribute()
    reason = UnicodeAttribute()
    created_at = InstantAttribute()
    status = UnicodeAttribute()
    round = IntegerAttribute()
    approval = UnicodeAttribute(null=True)
    submitted_at = InstantAttribute(null=True)
    ended_at = InstantAttribute(null=True)

    @classmethod
    def at(cls, change: str) -> Key:
        """Where a change lives."""
        return cls, f"budget_change#{change}", "head"

    @classmethod
    def from_change(cls, change: BudgetChange) -> "BudgetChangeItem":
        """The item of a change, in its lists."""
        _, pk, sk = cls.at(change.id)
        keys = {"index1_pk": f"{LIST}{change.applicant}", "index1_sk": f"{instant(change.created_at)}#{change.id}"}
        if change.submitted_at:
            order = f"{instant(change.submitted_at)}#{change.id}"
            month = f"{change.submitted_at:%Y-%m}"
            keys |= {"index2_pk": f"{LIST}{month}", "index2_sk": order}
            keys |= {"index3_pk": f"{LIST}{change.department}#{month}", "index3_sk": order}
        return cls.of(change, pk=pk, sk=sk, **keys)
