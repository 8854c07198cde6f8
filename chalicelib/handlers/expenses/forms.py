"""What the routes of expense categories take and answer."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from chalicelib.domain.budgets import Category as BudgetCategory
from chalicelib.domain.expenses import ASKS, Ask, Category
from chalicelib.handlers.choices import listed
from chalicelib.handlers.fields import Answered, Bilingual, Strict

Key = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)]


class CategoryForm(Strict):
    """A category. `budget` is the category of the budget from which it is taken; `asks` is what its lines have to say
    besides day and amount. One that is not `active` can be chosen no more."""

    key: Key = ""
    title: Bilingual = Field(default_factory=Bilingual)
    budget: BudgetCategory = "reception"
    asks: Annotated[list[Ask], BeforeValidator(listed)] = Field(default_factory=list, max_length=len(ASKS))
    alcohol: bool = False
    active: bool = True

    def category(self) -> Category:
        """As the domain knows it."""
        title = self.title.model_dump()
        return Category(self.key, title, self.budget, frozenset(self.asks), self.alcohol, self.active)


class CategoryChanged(Answered):
    """What was made or changed."""

    id: str
    version: int
    location: str
