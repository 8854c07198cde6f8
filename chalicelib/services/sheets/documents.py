"""What the files of spending documents share: a page of their register, a month, sums, and names of departments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Protocol

from chalicelib.services.call import Call
from chalicelib.services.directory import departments
from chalicelib.services.exports import Asked, Cell, Column, Sheet, titled
from chalicelib.services.lists import Listed
from chalicelib.services.registers import Document, Register, Wanted
from chalicelib.web.money import amount


class InOneCurrency(Protocol):
    """What has sums in one currency, which stands in a column of its own."""

    @property
    def currency(self) -> str:
        """ISO 4217."""
        ...


def summed(document: InOneCurrency, minor: int) -> Cell:
    """A number that can be summed up, from minor units in the document's currency."""
    return Decimal(amount(minor, document.currency))


def department(call: Call, id: str) -> Cell:
    """The department's name."""
    return next((each.name for each in departments(call.store, call.now) if each.id == id), id)


def page[D: Document](call: Call, register: Register[D], asked: Asked, cursor: str | None, limit: int) -> Listed[D]:
    """The page of the register that the filters mean."""
    wanted = _settled(call, asked)
    chosen = {name: wanted.get(name, "") for name in ("month", "department", "status", "q")}
    return register.listed(call, Wanted(**chosen), cursor, limit)


def sheet[D: Document](
    key: str, title: str, register: Register[D], columns: Mapping[str, Callable[[Call, D], Cell]]
) -> Sheet:
    """The register as a file."""

    def rows(call: Call, asked: Asked, cursor: str | None, limit: int) -> tuple[Sequence[D], str | None]:
        found = page(call, register, asked, cursor, limit)
        return found.records, found.next

    def shown(call: Call, _asked: Asked) -> Sequence[Column]:
        return titled(call, columns)

    return Sheet(key, title, rows, shown, _settled)


def _settled(call: Call, asked: Asked) -> Asked:
    """The same with the month, which is this one unless another is asked for."""
    return {"month": f"{call.now:%Y-%m}", **asked}
