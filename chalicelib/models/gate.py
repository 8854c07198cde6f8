"""Invited visitors, passes and passages in table `reception` (keys: models/reception.py)."""

from datetime import date, datetime, timedelta

from pynamodb.attributes import Attribute, BooleanAttribute, UnicodeAttribute
from pynamodb.constants import STRING

from chalicelib.domain.invitations import Appointment, Guest, Rating
from chalicelib.domain.passes import PHONE_DIGITS, Last, Pass, Passage
from chalicelib.models.attributes import DataAttribute, InstantAttribute, IntegerAttribute
from chalicelib.models.item import Key
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.visits import instant


def said_digits(site: str, digits: str) -> str:
    """The partition of index 3 with everybody whom a site expects and whose phone ends with `digits`."""
    return f"phone#{site}#{digits}"


def said_number(number: str) -> str:
    """The partition of index 4 with everybody who was invited under a visit's reservation number."""
    return f"reservation#{number}"


def _said(held: Guest | Pass, due: Appointment | Pass, digits: str, part: str) -> dict[str, str]:
    """The keys that keep an invited visitor and their passes side by side under what they can say at the gate."""
    keys = {"index4_pk": said_number(due.number), "index4_sk": f"{held.no:04}#{part}"}
    if digits:  # whose contacts are forgotten is found by them no more
        keys["index3_pk"] = said_digits(due.site, digits)
        keys["index3_sk"] = f"{instant(due.ends)}#{held.visit}#{held.no:04}#{part}"
    return keys


class GuestItem(ReceptionTable, discriminator="guest"):
    """An invited visitor."""

    visit = UnicodeAttribute()
    no = IntegerAttribute()
    name = UnicodeAttribute()
    phone = UnicodeAttribute()
    company = UnicodeAttribute()
    language = UnicodeAttribute()
    plate = UnicodeAttribute()
    reservation = UnicodeAttribute()
    link = UnicodeAttribute()
    nonce = UnicodeAttribute()
    invited_at = InstantAttribute()
    appointment = DataAttribute[Appointment](Appointment)
    email = UnicodeAttribute()
    document_mark = UnicodeAttribute()
    invited_by = IntegerAttribute()
    status = UnicodeAttribute()
    rules_accepted_at = InstantAttribute(null=True)
    late_minutes = IntegerAttribute()
    late_at = InstantAttribute(null=True)
    declined_at = InstantAttribute(null=True)

    @classmethod
    def at(cls, visit_id: str, no: int) -> Key:
        """Where visitor `no` of a visit lives."""
        return cls, f"visit#{visit_id}", f"visitor#{no:04}"

    @classmethod
    def from_guest(cls, guest: Guest) -> "GuestItem":
        """The item of an invited visitor, found by the link's end and by what they can say at the gate."""
        _, pk, sk = cls.at(guest.visit, guest.no)
        said = _said(guest, guest.appointment, guest.phone[-PHONE_DIGITS:], "guest")
        return cls.of(guest, pk=pk, sk=sk, index1_pk=f"link#{guest.link}", index1_sk="link", **said)


class LastAttribute(Attribute[Last]):
    """The last passage of a pass, short ("RECORDED#MOVED#GATE#NONCE"): with it in full, a pass would pass 1 KB, and
    every write of one would cost twice as much."""

    attr_type = STRING

    def serialize(self, value: Last) -> str:
        """The parts in order, the nonce last, which alone may contain the mark between them."""
        moments = (_MOMENT.serialize(moment) if moment else "" for moment in (value.recorded_at, value.moved))
        return "#".join([*moments, value.gate, value.nonce])

    def deserialize(self, value: str) -> Last:
        """The parts again."""
        recorded, moved, gate, nonce = value.split("#", 3)
        return Last(nonce, _MOMENT.deserialize(recorded), _MOMENT.deserialize(moved) if moved else None, gate)


_MOMENT = InstantAttribute()


class PassItem(ReceptionTable, discriminator="pass"):
    """A visitor's pass for one day."""

    visit = UnicodeAttribute()
    no = IntegerAttribute()
    day = DataAttribute[date](date)
    site = UnicodeAttribute()
    name = UnicodeAttribute()
    company = UnicodeAttribute()
    phone_digits = UnicodeAttribute()
    reservation = UnicodeAttribute()
    number = UnicodeAttribute()
    host = UnicodeAttribute()
    host_name = UnicodeAttribute()
    starts = InstantAttribute()
    ends = InstantAttribute()
    status = UnicodeAttribute()
    since = InstantAttribute(null=True)
    first_in = InstantAttribute(null=True)
    last_out = InstantAttribute(null=True)
    gate = UnicodeAttribute()
    entries = IntegerAttribute()
    signed_out_by_rule = BooleanAttribute()
    late_minutes = IntegerAttribute()
    last = LastAttribute(null=True)

    @classmethod
    def at(cls, visit_id: str, day: date, no: int) -> Key:
        """Where the pass of visitor `no` for `day` lives."""
        return cls, f"visit#{visit_id}", f"pass#{day.isoformat()}#{no:04}"

    @classmethod
    def from_pass(cls, held: Pass) -> "PassItem":
        """The item of a pass: on the day's list, beside its visitor's, and among those inside while inside."""
        _, pk, sk = cls.at(held.visit, held.day, held.no)
        own, day = f"{held.visit}#{held.no:04}", held.day.isoformat()
        keys = _said(held, held, held.phone_digits, day)
        keys |= {"index1_pk": f"day#{held.site}#{day}", "index1_sk": f"{instant(held.starts)}#{held.name}#{own}"}
        if held.status == "inside" and held.since:
            keys |= {"index2_pk": f"inside#{held.site}", "index2_sk": f"{instant(held.since)}#{own}"}
        return cls.of(held, pk=pk, sk=sk, **keys)


class RatingItem(ReceptionTable, discriminator="rating"):
    """What a visitor said of a visit afterwards."""

    visit = UnicodeAttribute()
    no = IntegerAttribute()
    name = UnicodeAttribute()
    company = UnicodeAttribute()
    number = UnicodeAttribute()
    site = UnicodeAttribute()
    host = UnicodeAttribute()
    host_name = UnicodeAttribute()
    rating = IntegerAttribute()
    comment = UnicodeAttribute()
    rated_at = InstantAttribute()

    @classmethod
    def at(cls, visit_id: str, no: int) -> Key:
        """Where the rating by visitor `no` lives."""
        return cls, f"visit#{visit_id}", f"rating#{no:04}"

    @classmethod
    def from_rating(cls, rating: Rating) -> "RatingItem":
        """The item of a rating, among those of its site."""
        _, pk, sk = cls.at(rating.visit, rating.no)
        order = f"{instant(rating.rated_at)}#{rating.visit}#{rating.no:04}"
        return cls.of(rating, pk=pk, sk=sk, index1_pk=f"ratings#{rating.site}", index1_sk=order)


class ScanItem(ReceptionTable, discriminator="scan"):
    """The first answer to a scan with a nonce, kept for a week: devices send again for a day at most."""

    fingerprint = UnicodeAttribute()
    answer = DataAttribute[dict[str, object]](dict[str, object])

    @classmethod
    def at(cls, nonce: str) -> Key:
        """Where the answer to the scan with that nonce lives."""
        return cls, f"scan#{nonce}", "scan"

    @classmethod
    def of_scan(cls, nonce: str, fingerprint: str, answer: dict[str, object], now: datetime) -> "ScanItem":
        """The item of an answered scan."""
        _, pk, sk = cls.at(nonce)
        expires = int((now + timedelta(days=7)).timestamp())
        return cls(pk, sk, fingerprint=fingerprint, answer=answer, expires=expires)


class PassageItem(ReceptionTable, discriminator="passage"):
    """One time through a gate."""

    visit = UnicodeAttribute()
    no = IntegerAttribute()
    day = DataAttribute[date](date)
    direction = UnicodeAttribute()
    at_time = InstantAttribute()
    recorded_at = InstantAttribute()
    site = UnicodeAttribute()
    gate = UnicodeAttribute()
    by = UnicodeAttribute()
    nonce = UnicodeAttribute()
    reason = UnicodeAttribute()
    undone_at = InstantAttribute(null=True)
    undone_by = UnicodeAttribute()
    undo_reason = UnicodeAttribute()

    @classmethod
    def at(cls, visit_id: str, moment: datetime, no: int, nonce: str) -> Key:
        """Where the passage of visitor `no` at that time lives."""
        return cls, f"visit#{visit_id}", f"passage#{instant(moment)}#{no:04}#{nonce}"

    @classmethod
    def from_passage(cls, passage: Passage) -> "PassageItem":
        """The item of a passage, in the order of time within its visit."""
        _, pk, sk = cls.at(passage.visit, passage.at_time, passage.no, passage.nonce)
        return cls.of(passage, pk=pk, sk=sk)
