"""Expense categories (费用类别): what a line of an application or claim can be for, and which budget it takes from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from chalicelib.domain.budgets import CATEGORIES
from chalicelib.domain.budgets import Category as BudgetCategory
from chalicelib.domain.errors import FieldError, Invalid

type Ask = Literal["heads", "nights", "place", "route"]
"""What a line of a category has to say besides its day and amount."""

ASKS: tuple[Ask, ...] = get_args(Ask.__value__)
LANGUAGES = ("zh", "en")
KEY = re.compile(r"[a-z][a-z0-9_]{1,19}")
TITLE_LIMIT = 40
CATEGORIES_LIMIT = 60


@dataclass(frozen=True)
class Category:
    """A category by its `key`, which never changes. `budget` is the category of the budget that it takes from.

    `alcohol`: it is for alcohol, which rules may refuse. One that is not `active` is in old documents only.
    """

    key: str
    title: Mapping[str, str]
    budget: BudgetCategory = "reception"
    asks: frozenset[Ask] = frozenset()
    alcohol: bool = False
    active: bool = True
    version: int = 0


@dataclass(frozen=True)
class Categories:
    """All categories, those that came along and those that finance made; `version` counts every change of any."""

    items: tuple[Category, ...]
    version: int = 0

    def get(self, key: str) -> Category | None:
        """The category, active or not; None where there is none."""
        return self._by_key.get(key)

    @cached_property
    def _by_key(self) -> Mapping[str, Category]:
        return {each.key: each for each in self.items}

    @property
    def active(self) -> tuple[Category, ...]:
        """Those that a new line can be for."""
        return tuple(each for each in self.items if each.active)


def _shipped(key: str, zh: str, en: str, budget: BudgetCategory, *asks: Ask, alcohol: bool = False) -> Category:
    return Category(key, {"zh": zh, "en": en}, budget, frozenset(asks), alcohol)


DEFAULTS: tuple[Category, ...] = (
    _shipped("meal", "餐饮", "Meals", "reception", "heads", "place"),
    _shipped("alcohol", "酒水", "Alcohol", "reception", "heads", alcohol=True),
    _shipped("lodging", "住宿", "Lodging", "reception", "nights", "heads", "place"),
    _shipped("local_transport", "市内交通", "Local transport", "reception", "route"),
    _shipped("long_transport", "长途交通", "Long-distance transport", "travel", "route"),
    _shipped("own_lodging", "出差住宿", "Lodging on business trips", "travel", "nights", "place"),
    _shipped("gift", "礼品", "Gifts", "reception", "heads"),
    _shipped("venue", "场地", "Venue", "reception", "place", "heads"),
    _shipped("material", "宣传物料", "Promotional material", "marketing"),
    _shipped("training", "培训", "Training", "training", "heads"),
    _shipped("office", "办公用品", "Office supplies", "office"),
    _shipped("other", "其他", "Other", "reception"),
)
"""What a company begins with; whatever finance states of one takes its place."""


def known(stated: Mapping[str, Category], version: int = 0) -> Categories:
    """All categories: those that came along, as they were stated since, and then the company's own."""
    shipped = {each.key for each in DEFAULTS}
    own = tuple(each for key, each in stated.items() if key not in shipped)
    return Categories((*(stated.get(each.key, each) for each in DEFAULTS), *own), version)


def check_category(category: Category, among: Categories) -> None:
    """Raise Invalid naming everything that is wrong with a category; `among` are the others and what it was before."""
    faults = []
    if not KEY.fullmatch(category.key):
        faults.append(FieldError("key", "bad_key"))
    if category.budget not in CATEGORIES:
        faults.append(FieldError("budget", "bad_choice"))
    for language in LANGUAGES:
        text = category.title.get(language, "").strip()
        if not text:
            faults.append(FieldError(f"title.{language}", "required"))
        elif len(text) > TITLE_LIMIT:
            faults.append(FieldError(f"title.{language}", "too_long", {"max_length": str(TITLE_LIMIT)}))
    if among.get(category.key) is None and len(among.items) >= CATEGORIES_LIMIT:
        faults.append(FieldError("key", "too_many_rows", {"max_length": str(CATEGORIES_LIMIT)}))
    if faults:
        raise Invalid(*faults)
