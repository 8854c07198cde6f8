"""Badges in table `reception` (keys: models/reception.py)."""

from pynamodb.attributes import UnicodeAttribute

from chalicelib.domain.badges import Badge
from chalicelib.models.attributes import InstantAttribute, IntegerAttribute
from chalicelib.models.item import Key
from chalicelib.models.reception import ReceptionTable


def missing_at(site: str) -> str:
    """The partition of index 1 with the badges of a site that are out or lost."""
    return f"badges#{site}"


class BadgeItem(ReceptionTable, discriminator="badge"):
    """A badge and who has it."""

    site = UnicodeAttribute()
    number = UnicodeAttribute()
    status = UnicodeAttribute()
    visit = UnicodeAttribute()
    no = IntegerAttribute()
    name = UnicodeAttribute()
    host = UnicodeAttribute()
    since = InstantAttribute()
    gate = UnicodeAttribute()

    @classmethod
    def at(cls, site: str, number: str) -> Key:
        """Where a badge lives."""
        return cls, f"badge#{site}#{number}", "badge"

    @classmethod
    def from_badge(cls, badge: Badge) -> "BadgeItem":
        """The item of a badge, listed while it is not in its drawer."""
        _, pk, sk = cls.at(badge.site, badge.number)
        listed = {"index1_pk": missing_at(badge.site), "index1_sk": badge.number} if badge.status != "returned" else {}
        return cls.of(badge, pk=pk, sk=sk, **listed)
