"""Groups of budget categories in table `spending`: one item with all of them.

| question | key |
|---|---|
| the groups, with whatever else a document reads of budgets | pk `budget_groups#company`, sk `head` |
"""

from chalicelib.domain.budgets import Group
from chalicelib.models.attributes import DataAttribute
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.item import Key


class GroupsItem(SpendingTable, discriminator="budget_groups"):
    """All groups."""

    groups = DataAttribute[tuple[Group, ...]](tuple[Group, ...])

    @classmethod
    def at(cls) -> Key:
        """Where they live."""
        return cls, "budget_groups#company", "head"

    @classmethod
    def of_groups(cls, groups: tuple[Group, ...], version: int) -> "GroupsItem":
        """The item of these groups."""
        _, pk, sk = cls.at()
        return cls(pk, sk, groups=groups, version=version)
