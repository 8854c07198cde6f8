"""A visit's archive in table `reception`: pk `visit#ID`, sk `archive`; written once, never changed."""

import zlib

from pynamodb.attributes import BinaryAttribute, UnicodeAttribute

from chalicelib.models.attributes import InstantAttribute
from chalicelib.models.item import Key
from chalicelib.models.reception import ReceptionTable


class ArchiveItem(ReceptionTable, discriminator="archive"):
    """All that was known of a visit when it closed.

    `content` is deflated JSON (RFC 1951: 200 visitors on 31 days stay below DynamoDB's 400 KB), `sha256` the digest
    of the JSON.
    """

    content = BinaryAttribute(legacy_encoding=False)
    sha256 = UnicodeAttribute()
    archived_at = InstantAttribute()

    @classmethod
    def at(cls, visit_id: str) -> Key:
        """Where the archive of a visit lives."""
        return cls, f"visit#{visit_id}", "archive"

    def document(self) -> bytes:
        """The JSON text."""
        return zlib.decompress(self.content)
