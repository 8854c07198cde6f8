"""What the routes of standards take and answer."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from chalicelib.domain.reception_items import HEADS_LIMIT, Type
from chalicelib.domain.standards import LEVELS_LIMIT, Consequence, Level, Standard
from chalicelib.handlers.currencies import Currency
from chalicelib.handlers.fields import Answered, Bilingual, Id, LevelKey, Line, PageQuery, Strict

Heads = Annotated[int, Field(ge=0, le=HEADS_LIMIT)]
Amount = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]


class StandardForm(Strict):
    """A standard. `level` and `site` left out: for all of them; `valid_until` left out: for good.

    `amount` is for one head (lodging: a room's night, transport: a trip): a text is in the currency's own unit, a whole
    number in minor units. `currency` counts for all sites together; one site has its own. Of hosts, `hosts_least` may
    always take part, and `ratio_hosts` for every `ratio_guests` guests.
    """

    type: Type
    level: LevelKey = ""
    site: Id | None = None
    currency: Currency = "CNY"
    valid_from: date
    valid_until: date | None = None
    allowed: bool = True
    amount: int | Amount | None = None
    hosts_least: Heads = 0
    ratio_hosts: Heads = 0
    ratio_guests: Heads = 0
    excess: Consequence = "reasoned"
    note: Line = ""

    def standard(self) -> Standard:
        """The standard without its id and its amount, which depends on the currency."""
        return Standard(**self.model_dump(exclude={"amount", "site"}), id="", site=self.site or "")


class LevelForm(Strict):
    """A level of visitors; its key stands in visits and never changes."""

    key: LevelKey = ""
    title: Bilingual = Field(default_factory=Bilingual)


class LevelsForm(Strict):
    """All levels, the highest first."""

    levels: list[LevelForm] = Field(default_factory=list, max_length=LEVELS_LIMIT)

    def stated(self) -> list[Level]:
        """The levels as the domain knows them."""
        return [Level(each.key, each.title.model_dump()) for each in self.levels]


class StandardsQuery(PageQuery):
    """Which standards: of a type, a level, a site; those that count or will count, or all that there ever were."""

    type: Type | None = None
    level: LevelKey | None = None
    site: Id | None = None
    when: Literal["all"] | None = None


class StandardChanged(Answered):
    """What was made or changed."""

    id: str
    version: int
    location: str


class LevelsChanged(Answered):
    """The levels were stated anew."""

    version: int
    location: str
