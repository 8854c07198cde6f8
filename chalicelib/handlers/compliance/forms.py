"""What the routes of the rules of spending take and answer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from chalicelib.domain.compliance import (
    SHIPPED,
    Basis,
    Days,
    Limit,
    Rules,
    Severity,
    Sums,
    TaxTitle,
    Terms,
    Tier,
)
from chalicelib.handlers.currencies import Currency
from chalicelib.handlers.fields import Answered, Bilingual, Id, Line, PageQuery, Strict

Key = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
Amount = int | Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)] | None
"""A text is in the currency's own unit, a whole number in minor units; nothing is no limit."""
Grade = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20, pattern=r"^[^\x00-\x1f]*$")]
TaxId = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40, to_upper=True)]

_SEPARATORS = re.compile(r"[,，、;；\r\n\t]+")


def _names(value: Any) -> Any:
    """A text of names, as it is pasted, is a list."""
    return [name for part in _SEPARATORS.split(value) if (name := part.strip())] if isinstance(value, str) else value


class LimitForm(Strict):
    """A limit. `grade` and `tier` left out: for all of them; `valid_until` left out: for good.

    `amount` is for a person (head), a person's night, a whole day or a whole trip: a text is in the currency's own
    unit, a whole number in minor units; left out: as much as it costs.
    """

    category: Key
    basis: Basis
    grade: Grade = ""
    tier: Key = ""
    currency: Currency = "CNY"
    valid_from: date
    valid_until: date | None = None
    amount: Amount = None
    note: Line = ""

    def limit(self) -> Limit:
        """The limit without its id and its amount, which depends on the currency."""
        return Limit(id="", **self.model_dump(exclude={"amount"}))


class TierForm(Strict):
    """A tier of places; `places` is a list, or a text with commas or lines."""

    key: Key = ""
    title: Bilingual = Field(default_factory=Bilingual)
    places: Annotated[list[Line], BeforeValidator(_names)] = Field(default_factory=list, max_length=2000)

    def tier(self) -> Tier:
        """The tier with each place once."""
        return Tier(self.key, self.title.model_dump(), tuple(dict.fromkeys(self.places)))


class TermsForm(Strict):
    """What holds for a category; nothing in `application_above` means never."""

    category: Key = ""
    invoice: bool = True
    rest_days: bool = False
    application_above: Amount = None
    currency: Currency = "CNY"

    def terms(self) -> Terms:
        """The terms without their sum."""
        return Terms(self.category, self.invoice, self.rest_days, None, self.currency)


class SumsForm(Strict):
    """Thresholds in one currency; nothing in `split` or `auto` means never, in `no_invoice` always."""

    currency: Currency = "CNY"
    no_invoice: Amount = None
    split: Amount = None
    auto: Amount = None


class DaysForm(Strict):
    """How many days; nothing in `last_year`: an invoice of last year is as any other."""

    invoice: int = SHIPPED.days.invoice
    last_year: int | None = None
    visit: int = SHIPPED.days.visit
    spending: int = SHIPPED.days.spending
    split: int = SHIPPED.days.split


class TitleForm(Strict):
    """A name and tax number of the company."""

    name: Line = ""
    tax_id: TaxId = ""


class RulesForm(Strict):
    """Everything but the limits; rules that `severities` does not name are as grave as they are shipped."""

    severities: dict[str, Severity] = Field(default={}, max_length=40)
    days: DaysForm = Field(default_factory=DaysForm)
    sums: list[SumsForm] = Field(default_factory=list, max_length=20)
    terms: list[TermsForm] = Field(default_factory=list, max_length=60)
    tiers: list[TierForm] = Field(default_factory=list, max_length=20)
    titles: list[TitleForm] = Field(default_factory=list, max_length=40)
    audit_share: int = 0

    def stated(self) -> Rules:
        """The rules without limits and without sums, which depend on their currencies."""
        severities: Any = {**SHIPPED.severities, **self.severities}
        return Rules(
            tiers=tuple(each.tier() for each in self.tiers),
            terms=tuple(each.terms() for each in self.terms),
            sums=tuple(Sums(each.currency) for each in self.sums),
            days=Days(**self.days.model_dump()),
            titles=tuple(TaxTitle(each.name, each.tax_id) for each in self.titles),
            severities=severities,
            audit_share=self.audit_share,
        )

    def amounts(self) -> Mapping[str, Amount]:
        """The sums as they were written, by their paths."""
        found = {f"terms.{row}.application_above": each.application_above for row, each in enumerate(self.terms)}
        for row, each in enumerate(self.sums):
            found |= {f"sums.{row}.{name}": getattr(each, name) for name in ("no_invoice", "split", "auto")}
        return found


class LimitsQuery(PageQuery):
    """Which limits: of a category, a tier, a grade; those that count or will count, or all that there ever were."""

    category: Id | None = None
    tier: Id | None = None
    grade: Grade | None = None
    when: Literal["all"] | None = None


class MineQuery(Strict):
    """Where somebody wants to spend."""

    place: Line = ""
    lang: str | None = Field(default=None, max_length=10)


class LimitChanged(Answered):
    """What was made or changed."""

    id: str
    version: int
    location: str


class RulesChanged(Answered):
    """The rules were stated anew."""

    version: int
    location: str
