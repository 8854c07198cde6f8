"""The company's rules of spending (报销标准): limits, what is looked for, how grave it is, what approves itself."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from itertools import chain
from typing import Literal

from chalicelib.domain.compliance.shapes import Rule, Severity

type Basis = Literal["head", "night", "day", "trip"]
"""What a limit is for: each person, each person's night, a category's whole day, a category's whole trip."""

BASES: tuple[Basis, ...] = ("head", "night", "day", "trip")


@dataclass(frozen=True)
class Limit:
    """What may be spent on a category (费用标准), in minor units of `currency`; no `amount`: as much as it costs.

    `grade` and `tier` are "" where it holds for all of them. It is valid from `valid_from` to `valid_until`, both days
    included, None for good. `note` names the rule that it comes from.
    """

    id: str
    category: str
    basis: Basis
    grade: str
    tier: str
    currency: str
    valid_from: date
    valid_until: date | None = None
    amount: int | None = None
    note: str = ""
    version: int = 1

    @property
    def subject(self) -> tuple[str, str, str, str, str]:
        """What it is about: two limits of one subject are never valid on the same day."""
        return self.category, self.basis, self.grade, self.tier, self.currency

    def valid_on(self, day: date) -> bool:
        """Whether it counts on that day."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    def overlaps(self, other: "Limit") -> bool:
        """Whether there is a day on which both are valid."""
        first = self.valid_until is None or other.valid_from <= self.valid_until
        return first and (other.valid_until is None or self.valid_from <= other.valid_until)


@dataclass(frozen=True)
class Tier:
    """A tier of places (城市级别) by the names under which people write them; `key` stands in limits."""

    key: str
    title: Mapping[str, str]
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class Terms:
    """What holds for a category: whether it needs an invoice, whether it is looked at on days off, and above what sum
    (in minor units of `currency`, None for never) it has to be applied for beforehand."""

    category: str
    invoice: bool = True
    rest_days: bool = False
    application_above: int | None = None
    currency: str = "CNY"


@dataclass(frozen=True)
class Sums:
    """Thresholds in minor units of one currency; a currency without any needs an invoice for everything.

    Above `no_invoice` an invoice is needed; pieces that are together above `split` should not have been split, up to
    `auto` a clean claim approves itself: None for never.
    """

    currency: str
    no_invoice: int = 0
    split: int | None = None
    auto: int | None = None


@dataclass(frozen=True)
class Days:
    """How many days: until an invoice is too old, an invoice of last year may still be claimed (None: as any other),
    an invoice may be dated away from the visit, until spending is claimed, and within which pieces are one."""

    invoice: int = 180
    last_year: int | None = 90
    visit: int = 7
    spending: int = 180
    split: int = 7


@dataclass(frozen=True)
class TaxTitle:
    """A name and tax number (发票抬头、税号) of the company that invoices have to carry."""

    name: str
    tax_id: str


@dataclass(frozen=True)
class Rules:
    """All rules as of a `version`, which counts every change of any of them; 0: as they are shipped.

    `audit_share` is how many per cent of the claims that could approve themselves are looked at all the same.
    """

    limits: tuple[Limit, ...] = ()
    tiers: tuple[Tier, ...] = ()
    terms: tuple[Terms, ...] = ()
    sums: tuple[Sums, ...] = ()
    days: Days = Days()
    titles: tuple[TaxTitle, ...] = ()
    severities: Mapping[Rule, Severity] = field(default_factory=dict)
    audit_share: int = 0
    version: int = 0

    def severity(self, rule: Rule) -> Severity:
        """How grave a finding of that rule is."""
        return self.severities.get(rule, "note")

    def limit(self, id: str) -> Limit | None:
        """The limit of that id."""
        return next((each for each in self.limits if each.id == id), None)

    def limit_for(self, category: str, basis: Basis, grade: str, tier: str, currency: str, day: date) -> Limit | None:
        """The one that counts: for the tier before for all places, there for the grade before for all grades."""
        found = (
            each
            for each in self._by_subject.get((category, basis, currency), ())
            if each.tier in (tier, "") and each.grade in (grade, "") and each.valid_on(day)
        )
        return max(found, key=lambda each: (bool(each.tier), bool(each.grade)), default=None)

    def tier_of(self, place: str) -> str:
        """The key of the tier of a place as somebody wrote it: the listed name that it names first, "" for none."""
        pattern, keys = self._places
        found = pattern.search(plain(place))
        return keys[found[0]] if found else ""

    def terms_of(self, category: str) -> Terms:
        """What holds for a category."""
        return self._terms.get(category) or Terms(category)

    def sums_of(self, currency: str) -> Sums:
        """The thresholds in a currency."""
        return self._sums.get(currency) or Sums(currency)

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """The categories that any rule is about, those with terms first."""
        keys = [each.category for each in self.terms], [each.category for each in self.limits]
        return tuple(dict.fromkeys(chain(*keys)))

    @cached_property
    def _by_subject(self) -> Mapping[tuple[str, str, str], tuple[Limit, ...]]:
        found: dict[tuple[str, str, str], tuple[Limit, ...]] = {}
        for each in self.limits:
            subject = each.category, each.basis, each.currency
            found[subject] = (*found.get(subject, ()), each)
        return found

    @cached_property
    def _places(self) -> tuple[re.Pattern[str], Mapping[str, str]]:
        """What finds the first listed name in a text, of several there the longest; and the key of each name's tier."""
        keys = {name: tier.key for tier in self.tiers for place in tier.places if (name := plain(place))}
        names = sorted(keys, key=lambda name: (-len(name), name))
        return re.compile("|".join(map(_whole, names)) or "(?!)"), keys

    @cached_property
    def _terms(self) -> Mapping[str, Terms]:
        return {each.category: each for each in self.terms}

    @cached_property
    def _sums(self) -> Mapping[str, Sums]:
        return {each.currency: each for each in self.sums}


@lru_cache(4096)
def plain(text: str) -> str:
    """A name without what people write in different ways: widths, capitals, spaces around it and in a row."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _whole(name: str) -> str:
    """The pattern of a name: Latin letters as a whole word, Chinese anywhere."""
    before = r"(?<![a-z0-9])" if _is_latin(name[0]) else ""
    behind = r"(?![a-z0-9])" if _is_latin(name[-1]) else ""
    return before + re.escape(name) + behind


def _is_latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()
