"""Groups of budget categories (类别组): one line may be for several categories together."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from chalicelib.domain.budgets.line import CATEGORIES, GROUP, Category, line_id
from chalicelib.domain.errors import FieldError, Invalid

GROUPS_LIMIT = 12
TITLE_LIMIT = 40
KEY = re.compile(r"[a-z][a-z0-9_]{1,15}")
LANGUAGES = ("zh", "en")


@dataclass(frozen=True)
class Group:
    """A group by its `key`, which never changes; a line for it has the category `group:KEY`."""

    key: str
    title: Mapping[str, str]
    categories: tuple[Category, ...] = ()

    @property
    def category(self) -> str:
        """What lines for the group have as their category."""
        return f"{GROUP}{self.key}"


@dataclass(frozen=True)
class Groups:
    """All groups; no category is in two of them. `version` counts their changes."""

    items: tuple[Group, ...] = ()
    version: int = 0

    def get(self, category: str) -> Group | None:
        """The group that lines of this category (`group:KEY`) are for; None where there is none."""
        return next((each for each in self.items if each.category == category), None)

    def of(self, category: str) -> Group | None:
        """The group that the category is in."""
        return next((each for each in self.items if category in each.categories), None)


def candidates(groups: Groups, department: str, category: str, currency: str, month: str) -> list[str]:
    """The ids of the lines that can count for a category in a month (YYYY-MM), the first that is there counting.

    The category's own before its group's, of each the month's before the year's.
    """
    group = groups.of(category)
    names = (category, group.category) if group else (category,)
    return [line_id(department, name, currency, period) for name in names for period in (month, month[:4])]


def check_groups(groups: Groups, before: Groups) -> None:
    """Raise Invalid naming everything that is wrong with the groups; one that there was stays, perhaps empty."""
    faults = [] if len(groups.items) <= GROUPS_LIMIT else [_too_many("groups", GROUPS_LIMIT)]
    taken: set[str] = set()
    keys: set[str] = set()
    for number, group in enumerate(groups.items):
        faults += _faults(f"groups.{number}", group)
        if group.key in keys:
            faults.append(FieldError(f"groups.{number}.key", "duplicate"))
        faults += [
            FieldError(f"groups.{number}.categories", "category_in_two_groups")
            for each in group.categories
            if each in taken
        ][:1]
        keys.add(group.key)
        taken |= {*group.categories}
    missing = [each.key for each in before.items if each.key not in keys]
    if missing:
        faults.append(FieldError("groups", "group_stays", {"group": missing[0]}))
    if faults:
        raise Invalid(*faults)


def _faults(path: str, group: Group) -> list[FieldError]:
    faults = [] if KEY.fullmatch(group.key) else [FieldError(f"{path}.key", "bad_key")]
    for language in LANGUAGES:
        text = group.title.get(language, "").strip()
        if not text:
            faults.append(FieldError(f"{path}.title.{language}", "required"))
        elif len(text) > TITLE_LIMIT:
            faults.append(_too_long(f"{path}.title.{language}"))
    unknown = [each for each in group.categories if each not in CATEGORIES]
    return [*faults, FieldError(f"{path}.categories", "bad_choice")] if unknown else faults


def _too_many(path: str, limit: int) -> FieldError:
    return FieldError(path, "too_many_rows", {"max_length": str(limit)})


def _too_long(path: str) -> FieldError:
    return FieldError(path, "too_long", {"max_length": str(TITLE_LIMIT)})
