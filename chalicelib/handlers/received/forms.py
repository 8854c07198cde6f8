"""What the routes of received invoices take and answer."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.received import FIELDS, Kind
from chalicelib.handlers.currencies import Currency
from chalicelib.handlers.fields import Answered, Id, Line, Strict
from chalicelib.handlers.sheets import ListQuery
from chalicelib.web.money import amount

Code = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500)]
"""The text of a QR code."""
Number = Annotated[str, StringConstraints(strip_whitespace=True, max_length=40, pattern=r"^[^\x00-\x1f]*$")]
Amount = int | Annotated[str, StringConstraints(strip_whitespace=True, max_length=40)]
"""A text is in the currency's own unit, a whole number in minor units."""


class ReceivedQuery(ListQuery):
    """Which of my invoices: those of which something can still be claimed, those that are used, or all."""

    state: Literal["unused", "used"] | None = None


class ReadForm(Strict):
    """A file that was brought for an invoice, the text of a fapiao's QR code, or both."""

    file: list[Id] = Field(default_factory=list, max_length=1)
    qr: Code = ""


class ReceivedForm(ReadForm):
    """An invoice. What is left out is taken from the file and the code, as far as these say it.

    `total` = `net` + `tax`; of these two, one follows from the other.
    """

    type: Kind | None = None
    code: Number = ""
    number: Number = ""
    seller: Line = ""
    seller_tax_id: Number = ""
    buyer: Line = ""
    buyer_tax_id: Number = ""
    day: date | None = None
    currency: Currency | None = None
    total: Amount = ""
    tax: Amount = ""
    net: Amount = ""

    def stated(self) -> dict[str, str]:
        """What was filled in, as text by field; sums in the currency's own unit.

        Raises Invalid for minor units of nobody knows what.
        """
        return {name: self._text(getattr(self, name)) for name in FIELDS}

    def _text(self, value: object) -> str:
        if not isinstance(value, int):
            return "" if value is None else str(value)
        if self.currency is None:
            raise Invalid(FieldError("currency", "required"))
        return amount(value, self.currency)


class ReceivedAction(Strict):
    """Throw an invoice away that nothing was claimed with."""

    action: Literal["discard"]


class Reading(Answered):
    """What could be read, as text by the field of the form; sums in the currency's own unit."""

    values: dict[str, str]


class ReceivedChanged(Answered):
    """The invoice; `differs` names the fields in which something else is stated than was read."""

    id: str
    status: str
    version: int
    differs: list[str]
    location: str
