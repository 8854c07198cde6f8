"""Expense categories in table `spending`.

| question | key |
|---|---|
| all categories that were stated | pk `expenses#company` |
| whether those that a process remembers are still those | pk `expenses#company`, sk `head`: its version |
| a category | pk `expenses#company`, sk `category#KEY` |

The head's version counts every change: whoever has read all of them of that version need not read them again.
"""

from collections.abc import Mapping

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.domain.expenses import Ask, Category
from chalicelib.models.attributes import DataAttribute
from chalicelib.models.budgets import SpendingTable
from chalicelib.models.item import Key

PARTITION = "expenses#company"


class CategoriesItem(SpendingTable, discriminator="expense_categories"):
    """How often a category was stated."""

    @classmethod
    def at(cls) -> Key:
        """Where the head lives."""
        return cls, PARTITION, "head"

    @classmethod
    def of_version(cls, version: int) -> "CategoriesItem":
        """The head at its `version`."""
        return cls(PARTITION, "head", version=version)


class CategoryItem(SpendingTable, discriminator="expense_category"):
    """One category, as it was stated."""

    key_word = UnicodeAttribute()
    title = DataAttribute[Mapping[str, str]](dict[str, str])
    budget = UnicodeAttribute()
    asks = DataAttribute[frozenset[Ask]](frozenset[str])
    alcohol = BooleanAttribute()
    active = BooleanAttribute()

    @classmethod
    def from_category(cls, category: Category) -> "CategoryItem":
        """The item of a category. Its key is kept as `key_word`: `key` is the place of every item."""
        names = ("title", "budget", "asks", "alcohol", "active", "version")
        values = {name: getattr(category, name) for name in names}
        return cls(PARTITION, f"category#{category.key}", key_word=category.key, **values)

    def category(self) -> Category:
        """What was stated."""
        names = ("title", "budget", "asks", "alcohol", "active", "version")
        return Category(self.key_word, **{name: getattr(self, name) for name in names})
