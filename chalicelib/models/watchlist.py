"""Watch list and block list in table `reception` (keys: models/reception.py)."""

from pynamodb.attributes import UnicodeAttribute

from chalicelib.domain.watchlist import EntryStatus, Hit
from chalicelib.models.attributes import DataAttribute, InstantAttribute
from chalicelib.models.item import Key
from chalicelib.models.reception import ReceptionTable


def listed(status: EntryStatus) -> str:
    """The partition of index 1 with the entries of that status, by name."""
    return f"watchlist#{status}"


class EntryItem(ReceptionTable, discriminator="watched"):
    """Somebody on a list."""

    id = UnicodeAttribute()
    list = UnicodeAttribute()
    name = UnicodeAttribute()
    aliases = DataAttribute[tuple[str, ...]](tuple[str, ...])
    phone = UnicodeAttribute()
    document = UnicodeAttribute()
    document_end = UnicodeAttribute()
    reason = UnicodeAttribute()
    until = InstantAttribute(null=True)
    added_by = UnicodeAttribute()
    added_at = InstantAttribute()
    status = UnicodeAttribute()
    ended_by = UnicodeAttribute()
    ended_at = InstantAttribute(null=True)

    @classmethod
    def at(cls, id: str) -> Key:
        """Where an entry lives."""
        return cls, f"watched#{id}", "entry"


class HitsItem(ReceptionTable, discriminator="watch_key"):
    """Which entries know somebody by this name, phone or document; without `hits` when there is none any more."""

    hits = DataAttribute[tuple[Hit, ...]](tuple[Hit, ...], null=True)

    @classmethod
    def at(cls, key: str) -> Key:
        """Where the entries under a key stand."""
        return cls, f"watch_key#{key}", "hits"
