"""The levels of visitors and the standards for them, and which one counts: the most specific that is valid that day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from chalicelib.domain.reception_items import Type

type Consequence = Literal["blocked", "reasoned"]
"""What an excess leads to: the application is refused, or it needs a reason that approvers see."""

LEVELS_LIMIT = 12
STANDARDS_LIMIT = 2000


@dataclass(frozen=True)
class Level:
    """A level of visitors (来宾级别), such as A; `key` stands in visits and never changes."""

    key: str
    title: Mapping[str, str]


@dataclass(frozen=True)
class Standard:
    """What may be spent on one type of item.

    `level` and `site` are "" where it holds for all of them. It is valid from `valid_from` to `valid_until`, both
    days included, None for good. `amount` is what a head (lodging: a room's night, transport: a leg) may cost in minor
    units of `currency`, None where nothing limits it. Of hosts, `hosts_least` may always take part, and `ratio_hosts`
    for every `ratio_guests` guests; both 0 means any number. `note` names the rule that it comes from.
    """

    id: str
    type: Type
    level: str
    site: str
    currency: str
    valid_from: date
    valid_until: date | None = None
    allowed: bool = True
    amount: int | None = None
    hosts_least: int = 0
    ratio_hosts: int = 0
    ratio_guests: int = 0
    excess: Consequence = "reasoned"
    note: str = ""
    version: int = 1

    @property
    def subject(self) -> tuple[str, str, str, str]:
        """What it is about: two standards of one subject are never valid on the same day."""
        return self.type, self.level, self.site, self.currency

    def valid_on(self, day: date) -> bool:
        """Whether it counts on that day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def overlaps(self, other: "Standard") -> bool:
        """Whether there is a day on which both are valid."""
        first = self.valid_until is None or other.valid_from <= self.valid_until
        return first and (other.valid_until is None or self.valid_from <= other.valid_until)

    def hosts_for(self, guests: int) -> int | None:
        """How many hosts may take part, None for any number.

        The usual rule (党政机关国内公务接待管理规定, article 10) is three for up to ten guests, else a third of them.
        """
        if not self.hosts_least and not self.ratio_guests:
            return None
        by_ratio = guests * self.ratio_hosts // self.ratio_guests if self.ratio_guests else 0
        return max(self.hosts_least, by_ratio)


@dataclass(frozen=True)
class Book:
    """All levels and standards as of a `version`, which counts every change of any of them."""

    levels: tuple[Level, ...] = ()
    standards: tuple[Standard, ...] = ()
    version: int = 0

    def level(self, key: str) -> Level | None:
        """The level of that key."""
        return next((level for level in self.levels if level.key == key), None)

    def standard(self, id: str) -> Standard | None:
        """The standard of that id."""
        return next((each for each in self.standards if each.id == id), None)

    def standard_for(self, type: Type, level: str, site: str, currency: str, day: date) -> Standard | None:
        """The one that counts: for the site before for all sites, there for the level before for all levels.

        Standards in another currency than the site's say nothing about it.
        """
        found = (
            each
            for each in self.standards
            if each.type == type
            and each.currency == currency
            and each.site in (site, "")
            and each.level in (level, "")
            and each.valid_on(day)
        )
        return max(found, key=lambda each: (bool(each.site), bool(each.level)), default=None)
