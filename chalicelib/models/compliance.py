"""The rules of spending (报销标准) in table `spending` (other keys: models/budgets.py).

| question | key |
|---|---|
| thresholds, severities, tiers of places, tax titles | pk `spending_rules#company`, sk `head` |
| all limits (hundreds) | pk `spending_rules#company`, prefix `limit#` |

The head's version counts every change of any limit: whoever has read all of them of that version need not read them
again, and two people who change rules at once meet on it. There is no item before finance changed the shipped rules.
"""

from collections.abc import Mapping
from datetime import date

from pynamodb.attributes import UnicodeAttribute

from chalicelib.domain.compliance import Days, Limit, Rule, Rules, Severity, Sums, TaxTitle, Terms, Tier
from chalicelib.models.attributes import DataAttribute, IntegerAttribute
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.item import Key

PARTITION = "spending_rules#company"


class SpendingRulesItem(SpendingTable, discriminator="spending_rules"):
    """All rules but the limits."""

    tiers = DataAttribute[tuple[Tier, ...]](tuple[Tier, ...])
    terms = DataAttribute[tuple[Terms, ...]](tuple[Terms, ...])
    sums = DataAttribute[tuple[Sums, ...]](tuple[Sums, ...])
    days = DataAttribute[Days](Days)
    titles = DataAttribute[tuple[TaxTitle, ...]](tuple[TaxTitle, ...])
    severities = DataAttribute[Mapping[Rule, Severity]](dict[Rule, Severity])
    audit_share = IntegerAttribute()

    @classmethod
    def at(cls) -> Key:
        """Where the head lives."""
        return cls, PARTITION, "head"

    @classmethod
    def from_rules(cls, rules: Rules) -> "SpendingRulesItem":
        """The head of the rules at their version."""
        _, pk, sk = cls.at()
        names = ("tiers", "terms", "sums", "days", "titles", "severities", "audit_share", "version")
        return cls(pk, sk, **{name: getattr(rules, name) for name in names})

    def rules(self, limits: tuple[Limit, ...]) -> Rules:
        """The rules with their limits."""
        return Rules(
            limits=limits,
            tiers=self.tiers,
            terms=self.terms,
            sums=self.sums,
            days=self.days,
            titles=self.titles,
            severities=self.severities,
            audit_share=self.audit_share,
            version=self.version,
        )


class SpendingLimitItem(SpendingTable, discriminator="spending_limit"):
    """One limit. Grade and tier are "" where it holds for all of them."""

    id = UnicodeAttribute()
    category = UnicodeAttribute()
    basis = UnicodeAttribute()
    grade = UnicodeAttribute()
    tier = UnicodeAttribute()
    currency = UnicodeAttribute()
    valid_from = DataAttribute[date](date)
    valid_until = DataAttribute[date](date, null=True)
    amount = IntegerAttribute(null=True)
    note = UnicodeAttribute()

    @classmethod
    def at(cls, limit: str) -> Key:
        """Where the limit lives."""
        return cls, PARTITION, f"limit#{limit}"

    @classmethod
    def from_limit(cls, limit: Limit) -> "SpendingLimitItem":
        """The item of a limit."""
        _, pk, sk = cls.at(limit.id)
        return cls.of(limit, pk=pk, sk=sk)
