"""Visits, visitors' lists, reservation numbers and resource days in table `reception` (keys: models/reception.py)."""

from datetime import datetime

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.domain.bookings import QUARTERS, Booking, ResourceDay
from chalicelib.domain.budgets import Share
from chalicelib.domain.documents import SealedDocument
from chalicelib.domain.forms import File
from chalicelib.domain.reception_items import ReceptionItem
from chalicelib.domain.standards import Estimate
from chalicelib.domain.visits import Helper, Occurrence, Proposal, Visit, Visitor
from chalicelib.models.attributes import DataAttribute, InstantAttribute, IntegerAttribute
from chalicelib.models.item import Key
from chalicelib.models.reception import ReceptionTable


def instant(moment: datetime) -> str:
    """A UTC time as text that sorts by time."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def list_order(visit: Visit) -> str:
    """Where a visit stands in every list: by its start, then by its id."""
    return f"{instant(visit.starts)}#{visit.id}"


def hosted(person: str) -> str:
    """The partition of index 4 with the visits that a person receives."""
    return f"host#{person}"


class VisitItem(ReceptionTable, discriminator="visit"):
    """A visit's head."""

    id = UnicodeAttribute()
    number = UnicodeAttribute()
    applicant = UnicodeAttribute()
    applicant_name = UnicodeAttribute()
    department = UnicodeAttribute()
    department_path = DataAttribute[tuple[str, ...]](tuple[str, ...])
    site = UnicodeAttribute()
    starts = InstantAttribute()
    ends = InstantAttribute()
    host = UnicodeAttribute()
    host_name = UnicodeAttribute()
    host_phone = UnicodeAttribute()
    purpose = UnicodeAttribute()
    requirements = UnicodeAttribute()
    team = DataAttribute[tuple[Helper, ...]](tuple[Helper, ...])
    bookings = DataAttribute[tuple[Booking, ...]](tuple[Booking, ...])
    party = UnicodeAttribute()
    visitors = IntegerAttribute()
    level = UnicodeAttribute()
    walk_in = BooleanAttribute()
    items = DataAttribute[tuple[ReceptionItem, ...]](tuple[ReceptionItem, ...])
    estimate = DataAttribute[Estimate](Estimate)
    created_at = InstantAttribute()
    time_zone = UnicodeAttribute()
    status = UnicodeAttribute()
    round = IntegerAttribute()
    approval = UnicodeAttribute(null=True)
    approved_at = InstantAttribute(null=True)
    invited_at = InstantAttribute(null=True)
    ended_at = InstantAttribute(null=True)
    occurrences = DataAttribute[tuple[Occurrence, ...]](tuple[Occurrence, ...])
    customer = UnicodeAttribute()
    numbered = IntegerAttribute()
    companions_allowed = IntegerAttribute()
    amended_at = InstantAttribute(null=True)
    proposal = DataAttribute[Proposal](Proposal, null=True)
    attachments = DataAttribute[tuple[File, ...]](tuple[File, ...])
    budget = DataAttribute[Share](Share, null=True)
    budget_reason = UnicodeAttribute(default="")

    @classmethod
    def at(cls, visit_id: str) -> Key:
        """Where the head of a visit lives."""
        return cls, f"visit#{visit_id}", "head"

    @classmethod
    def from_visit(cls, visit: Visit) -> "VisitItem":
        """The item of a visit, listed by owner and host and, once it was submitted, by department and by site."""
        order = list_order(visit)
        keys = {"index1_pk": f"owner#{visit.applicant}", "index1_sk": order}
        keys |= {"index4_pk": hosted(visit.host), "index4_sk": order}
        if visit.round > 0:
            keys |= {"index2_pk": f"department#{visit.department}", "index2_sk": order}
            keys |= {"index3_pk": f"site#{visit.site}", "index3_sk": order}
        return cls.of(visit, pk=f"visit#{visit.id}", sk="head", **keys)


class GuestsItem(ReceptionTable, discriminator="guests"):
    """The visitors as the applicant listed them (up to 200, about 40 KB)."""

    visitors = DataAttribute[tuple[Visitor, ...]](tuple[Visitor, ...])

    @classmethod
    def at(cls, visit_id: str) -> Key:
        """Where the list of a visit lives."""
        return cls, f"visit#{visit_id}", "guests"


class SealedDocumentItem(ReceptionTable, discriminator="sealed_document"):
    """The number of a visitor's identity document, sealed (gateways/documents.py)."""

    ref = UnicodeAttribute()
    sort = UnicodeAttribute()
    sealed = UnicodeAttribute()

    @classmethod
    def at(cls, visit_id: str, ref: str) -> Key:
        """Where a document of a visit's visitor lives."""
        return cls, f"visit#{visit_id}", f"document#{ref}"

    @classmethod
    def of_visit(cls, visit_id: str, document: SealedDocument) -> "SealedDocumentItem":
        """The item of a document."""
        _, pk, sk = cls.at(visit_id, document.ref)
        return cls.of(document, pk=pk, sk=sk)


class DisclosureItem(ReceptionTable, discriminator="disclosure"):
    """That somebody was shown the whole number of a document: who and when stand in its signature."""

    ref = UnicodeAttribute()

    @classmethod
    def of_document(cls, visit_id: str, ref: str, id: str) -> "DisclosureItem":
        """The note, under an id of its own."""
        return cls(f"visit#{visit_id}", f"disclosure#{id}", ref=ref)


class NumberItem(ReceptionTable, discriminator="number"):
    """A reservation number that is taken, and by which visit."""

    visit = UnicodeAttribute()

    @classmethod
    def at(cls, number: str) -> Key:
        """Where the owner of a reservation number stands."""
        return cls, f"number#{number}", "number"


class ResourceDayItem(ReceptionTable, discriminator="resource_day"):
    """One resource on one UTC day: attribute `q00` to `q95` names the visit that has the quarter of an hour."""

    for _number in range(QUARTERS):
        vars()[f"q{_number:02}"] = UnicodeAttribute(null=True)

    @classmethod
    def at(cls, where: ResourceDay) -> Key:
        """Where a resource's day lives."""
        return cls, f"resource#{where.site}#{where.resource}", f"day#{where.day.isoformat()}"

    def held(self) -> dict[int, str]:
        """Whose each taken quarter is."""
        names = {number: getattr(self, f"q{number:02}") for number in range(QUARTERS)}
        return {number: owner for number, owner in names.items() if owner}
