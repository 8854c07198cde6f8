"""What the routes of payments take and answer."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from chalicelib.domain.payments import LIMIT, Settings
from chalicelib.handlers.currencies import Currency
from chalicelib.handlers.fields import Answered, Id, Line, Month, Name, PageQuery, Strict
from chalicelib.handlers.sheets import ListQuery

Year = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}$")]


class PayablesQuery(ListQuery):
    """Which payables: to be paid, in a batch, or done in a month; of a currency, a department, older than so many
    days."""

    state: Literal["open", "batched", "paid"] = "open"
    month: Month | None = None
    currency: Currency | None = None
    department: Id | None = None
    older: int = Field(default=0, ge=0, le=3650)
    q: Line = ""


class PayableAction(Strict):
    """That it was paid without a batch, and how: the reference of a transfer, the number of a receipt."""

    action: Literal["paid"]
    reference: Name


class BatchesQuery(PageQuery):
    """The batches of a year, this one unless another is named."""

    year: Year | None = None


class BatchForm(Strict):
    """Payables (by id) of one currency that are to be paid together."""

    payables: list[Id] = Field(min_length=1, max_length=LIMIT)


class BatchAction(Strict):
    """What finance does with a batch.

    `release` has the file made (`acknowledged`: also for accounts that were changed within the last 24 hours);
    `remove` takes a `payable` out of a draft; `paid` and `failed` say by hand what became of one, with the reference or
    the reason as `note`; `cancel` gives the batch up, `close` puts it away once every payment is answered.
    """

    action: Literal["release", "remove", "paid", "failed", "cancel", "close"]
    payable: Id | None = None
    note: Line = ""
    acknowledged: bool = False


class AnswersQuery(Strict):
    """Whether the bank's answer is only tried, and what its file is called."""

    dry_run: bool = True
    name: Line = ""


class SettingsForm(Strict):
    """How finance pays: whether a second person releases, and the company's account."""

    four_eyes: bool = False
    name: Line = ""
    iban: Line = ""
    bic: Line = ""
    account: Line = ""

    def settings(self) -> Settings:
        """What the domain knows of it."""
        return Settings(**self.model_dump())


class PayableChanged(Answered):
    """Where a payable stands."""

    id: str
    status: str
    version: int
    location: str


class BatchChanged(Answered):
    """Where a batch stands."""

    id: str
    number: str
    status: str
    version: int
    location: str


class SettingsChanged(Answered):
    """The new version."""

    version: int
    location: str


class AnswerRead(Answered):
    """What a bank's answer says: how many rows of each outcome, and the rows that cannot stand."""

    rows: int
    counts: dict[str, int]
    wrong: list[dict[str, Any]]
    kept: bool
