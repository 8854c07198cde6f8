"""What is kept of visitors, and for how long: rules of retention (个人信息保存期限), erasure on request.

Nothing that a figure counts is removed: whoever is forgotten stays a visitor of the visit, under a pseudonym.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from chalicelib.domain.errors import FieldError, Invalid

type DataKind = Literal["documents", "contacts", "passages", "messages"]

KINDS: tuple[DataKind, ...] = DataKind.__value__.__args__
"""Identity documents; phone, e-mail, title and plate; who went through a gate and when, by name; messages sent."""

DAYS_AT_MOST = 3650
FORGOTTEN = "•••"
"""What a forgotten visitor is called, with their number in the visit."""

_CONTACTS = ("phone", "email", "title", "plate", "phone_digits")


@dataclass(frozen=True)
class Rules:
    """For how many days after a visit's end each kind of data about its visitors is kept."""

    documents: int = 30
    contacts: int = 180
    passages: int = 730
    messages: int = 90
    version: int = 0

    def days(self, kind: DataKind) -> int:
        """The days of one kind."""
        return int(getattr(self, kind))

    def check(self) -> None:
        """Raise Invalid for days that cannot be, and where a way to reach somebody outlives their name."""
        problems = [*self._out_of_range()]
        if self.contacts > self.passages:
            problems.append(FieldError("contacts", "kept_longer_than_names"))
        if problems:
            raise Invalid(*problems)

    def _out_of_range(self) -> Iterator[FieldError]:
        for kind in KINDS:
            if self.days(kind) < 1:
                yield FieldError(kind, "too_small", {"ge": "1"})
            if self.days(kind) > DAYS_AT_MOST:
                yield FieldError(kind, "too_large", {"le": str(DAYS_AT_MOST)})


def over_before(rules: Rules, kind: DataKind, now: datetime) -> datetime:
    """Data of that kind are to go of visits that ended before this moment (UTC)."""
    return now - timedelta(days=rules.days(kind))


@dataclass(frozen=True)
class Retention:
    """What is still kept of a visit's visitors; `ended` is when the visit ends, from which the days count (UTC)."""

    visit: str
    ended: datetime
    left: tuple[DataKind, ...] = KINDS
    version: int = 1


def cleared(retention: Retention, kind: DataKind) -> Retention:
    """What is kept once that kind is gone."""
    left = tuple(each for each in retention.left if each != kind)
    return replace(retention, left=left, version=retention.version + 1)


def moved(retention: Retention, ended: datetime) -> Retention:
    """The same for a visit that ends at another time by now."""
    return replace(retention, ended=ended, version=retention.version + 1)


def forgotten[T](record: T, no: int, kinds: Collection[DataKind]) -> T:
    """A visitor, guest or pass without what `kinds` name; `no` is the visitor's number. Twice changes no more."""
    known = {field.name for field in fields(record)}  # type: ignore[arg-type]
    changes = {name: value for name, value in _without(no, kinds).items() if name in known}
    return replace(record, **changes)  # type: ignore[type-var]


def forgotten_data(record: Mapping[str, Any], no: int, kinds: Collection[DataKind]) -> dict[str, Any]:
    """The same for a record as plain values by name, as archives keep it."""
    return {**record, **{name: value for name, value in _without(no, kinds).items() if name in record}}


def _without(no: int, kinds: Collection[DataKind]) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    if "documents" in kinds:
        changes |= {"document": None, "document_mark": ""}
    if "contacts" in kinds:
        changes |= dict.fromkeys(_CONTACTS, "")
    if "passages" in kinds:
        changes["name"] = f"{FORGOTTEN} {no}"
    return changes


def masked_contact(contact: str) -> str:
    """A phone number or an e-mail address, of which one sees which one is meant and no more."""
    if "@" in contact:
        name, _, domain = contact.partition("@")
        return f"{name[:1]}{FORGOTTEN}@{domain}"
    return f"{contact[:3]}{FORGOTTEN}{contact[-2:]}" if len(contact) > 8 else FORGOTTEN


@dataclass(frozen=True)
class Request:
    """What somebody asked who was a visitor, and which colleague answers it.

    `contact` is the phone number (E.164) or e-mail address by which they are known, masked once nothing more is to be
    done; `visits` counts those that were looked at, `kept` those that are still to come and stay as they are.
    """

    id: str
    wish: Literal["export", "erase"]
    contact: str
    by: str
    created_at: datetime
    status: Literal["running", "done"]
    visits: int = 0
    kept: int = 0
    cursor: str | None = None
    ended_at: datetime | None = None
    version: int = 1


def went_on(request: Request, visits: int, kept: int, cursor: str | None, now: datetime) -> Request:
    """The request after some more visits; without a cursor it is done, and its contact masked."""
    further = replace(
        request,
        visits=request.visits + visits,
        kept=request.kept + kept,
        cursor=cursor,
        version=request.version + 1,
    )
    if cursor:
        return further
    return replace(further, status="done", contact=masked_contact(request.contact), ended_at=now)
