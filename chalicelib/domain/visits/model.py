"""What a visit (来访) is: who comes when, to whom and for what, and what is booked for it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from chalicelib.domain.bookings import Booking
from chalicelib.domain.budgets import Share
from chalicelib.domain.documents import IdentityDocument, SealedDocument
from chalicelib.domain.forms import File
from chalicelib.domain.reception_items import ReceptionItem
from chalicelib.domain.standards import NO_ESTIMATE, Estimate
from chalicelib.domain.visits.series import Occurrence, Series, occurring

type Status = Literal[
    "draft", "pending", "returned", "withdrawn", "rejected", "approved", "cancelled", "closed", "archived"
]
type Move = Literal[
    "change",
    "submit",
    "approve",
    "return",
    "withdraw",
    "reject",
    "amend",
    "take_back",
    "cancel",
    "close",
    "archive",
]


@dataclass(frozen=True)
class Visitor:
    """Somebody who is to come. `phone` is E.164; `language` is the one for the SMS and the invite page.

    `no` (from 1) is who they are within the visit; whoever is taken off the list leaves their number unused. It is 0
    for somebody who was not listed yet. `invited_by` is the number of the visitor who brings them along, 0 for nobody.
    """

    name: str
    phone: str
    company: str = ""
    title: str = ""
    email: str = ""
    language: str = "zh-CN"
    plate: str = ""
    document: IdentityDocument | None = None
    no: int = 0
    invited_by: int = 0


@dataclass(frozen=True)
class Helper:
    """A colleague of the reception team and with what they help."""

    person: str
    task: str = ""
    name: str = ""


@dataclass(frozen=True)
class Application:
    """What the applicant asks for. `host` is a person's id, `site` a site's; `customer` is whose visit it is.

    `starts` and `ends` are those of the only or the first occurrence, which `series` repeats; so are the times of its
    `bookings`, all on the site's clock. `level` is the key of the visitors' level, "" for none. `documents` are
    numbers of the visitors' documents that were stated anew, `attachments` ids of files that were brought.
    `budget_reason` is why the visit is worth exceeding the budget, should it.
    """

    site: str
    starts: datetime
    ends: datetime
    host: str
    purpose: str
    visitors: tuple[Visitor, ...]
    team: tuple[Helper, ...] = ()
    bookings: tuple[Booking, ...] = ()
    requirements: str = ""
    customer: str = ""
    series: Series | None = None
    level: str = ""
    items: tuple[ReceptionItem, ...] = ()
    companions_allowed: int = 0
    walk_in: bool = False
    documents: tuple[SealedDocument, ...] = ()
    attachments: tuple[str, ...] = ()
    budget_reason: str = ""


@dataclass(frozen=True)
class Visit:
    """A visit without its visitors' list (which is read only where it is shown); a `walk_in` began at the gate.

    `number` is the reservation number people say aloud; `party` names the first visitor and company for lists;
    `visitors` is how many come; `time_zone` is the site's, in which its times are told; `round` counts
    submissions, and after the approval changes; `approval` is the running approval's id.

    `occurrences` are the times at which they come, in order: one for a plain visit, also over several days, more for a
    weekly series. `starts` is when the first of them starts and `ends` when the last one ends. `customer` is whose
    visit it is, as the applicant calls them. `level` is the key of the visitors' level; `estimate` is what `items`
    cost by the standards of the last change, with every excess.

    `numbered` is the highest number that a visitor ever had, `companions_allowed` how many people each visitor may
    bring along. `amended_at` is when the approved visit was changed last, `proposal` a change that waits for approval.
    `attachments` are the files that go with it. `budget` is what it takes, or last took, of its department's budget,
    None where there is none; `budget_reason` why, should that be exceeded.
    """

    id: str
    number: str
    applicant: str
    applicant_name: str
    department: str
    department_path: tuple[str, ...]
    site: str
    starts: datetime
    ends: datetime
    host: str
    host_name: str
    host_phone: str
    purpose: str
    requirements: str
    team: tuple[Helper, ...]
    bookings: tuple[Booking, ...]
    party: str
    visitors: int
    created_at: datetime
    time_zone: str = "Asia/Shanghai"
    status: Status = "draft"
    round: int = 0
    approval: str | None = None
    approved_at: datetime | None = None
    invited_at: datetime | None = None
    ended_at: datetime | None = None
    occurrences: tuple[Occurrence, ...] = ()
    customer: str = ""
    level: str = ""
    items: tuple[ReceptionItem, ...] = ()
    estimate: Estimate = NO_ESTIMATE
    numbered: int = 0
    companions_allowed: int = 0
    amended_at: datetime | None = None
    proposal: "Proposal | None" = None
    walk_in: bool = False
    attachments: tuple[File, ...] = ()
    budget: Share | None = None
    budget_reason: str = ""
    version: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "occurrences", occurring(self.starts, self.ends, self.occurrences))

    @property
    def people(self) -> frozenset[str]:
        """Who takes part besides the applicant: the host, the team, and who arranges something."""
        arranging = (item.owner for item in self.items if item.owner)
        return frozenset({self.host, *(helper.person for helper in self.team), *arranging})


@dataclass(frozen=True)
class Proposal:
    """A change of an approved visit that waits for approval: the visit and its visitors as they would become."""

    visit: Visit
    visitors: tuple[Visitor, ...]


def party_of(visitors: tuple[Visitor, ...]) -> str:
    """How lists call the visitors: the first one's name and company."""
    first = visitors[0]
    return f"{first.name} · {first.company}" if first.company else first.name


def number_of(visit_id: str) -> str:
    """The reservation number of a new visit: eight digits from the random end of its ULID, easy to say and type."""
    return f"{int(visit_id[-8:].translate(_BASE32_TO_PYTHON), 32) % 90_000_000 + 10_000_000}"


_BASE32_TO_PYTHON = str.maketrans("0123456789ABCDEFGHJKMNPQRSTVWXYZ", "0123456789abcdefghijklmnopqrstuv")
