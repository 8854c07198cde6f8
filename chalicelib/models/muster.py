"""Ticks of an evacuation in table `reception` (keys: models/reception.py)."""

from datetime import timedelta

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.domain.muster import Tick
from chalicelib.models.attributes import InstantAttribute, IntegerAttribute
from chalicelib.models.item import Key
from chalicelib.models.reception import ReceptionTable

KEPT = timedelta(days=30)


def ticks_of(site: str) -> str:
    """The partition with the ticks of a site."""
    return f"muster#{site}"


class TickItem(ReceptionTable, discriminator="tick"):
    """The last word on whether a visitor is safe."""

    site = UnicodeAttribute()
    visit = UnicodeAttribute()
    no = IntegerAttribute()
    safe = BooleanAttribute()
    at_time = InstantAttribute()
    by = UnicodeAttribute()

    @classmethod
    def at(cls, site: str, visit: str, no: int) -> Key:
        """Where the word on a visitor lives."""
        return cls, ticks_of(site), f"{visit}#{no:04}"

    @classmethod
    def from_tick(cls, tick: Tick) -> "TickItem":
        """The item of a tick, forgotten after a month."""
        _, pk, sk = cls.at(tick.site, tick.visit, tick.no)
        return cls(
            pk,
            sk,
            site=tick.site,
            visit=tick.visit,
            no=tick.no,
            safe=tick.safe,
            at_time=tick.at,
            by=tick.by,
            version=tick.version,
            expires=int((tick.at + KEPT).timestamp()),
        )

    def to_tick(self) -> Tick:
        """The tick."""
        return Tick(self.site, self.visit, self.no, self.safe, self.at_time, self.by, self.version)
