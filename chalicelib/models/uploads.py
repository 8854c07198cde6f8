"""Files that people hand in, in table `approvals`.

| question | key |
|---|---|
| a file: whose, of which document, how far | pk `upload#ID`, sk `head` |
| how many files a person announced in an hour | pk `uploads#PERSON#YYYY-MM-DDTHH`, sk `hour`; gone a day later |

Documents know their files' ids, so nothing has to list them. A file that no document claimed goes after two days.
"""

from datetime import datetime, timedelta

from pynamodb.attributes import UnicodeAttribute

from chalicelib.domain.uploads import CLAIMED_WITHIN, Upload
from chalicelib.models.approvals import ApprovalsTable
from chalicelib.models.attributes import InstantAttribute, IntegerAttribute
from chalicelib.models.item import Key

A_DAY = timedelta(days=1)


class UploadItem(ApprovalsTable, discriminator="upload"):
    """A file that was announced."""

    id = UnicodeAttribute()
    owner = UnicodeAttribute()
    purpose = UnicodeAttribute()
    name = UnicodeAttribute()
    media = UnicodeAttribute()
    size = IntegerAttribute()
    created_at = InstantAttribute()
    status = UnicodeAttribute()
    document = UnicodeAttribute(default="")
    stored = UnicodeAttribute(default="")

    @classmethod
    def at(cls, upload_id: str) -> Key:
        """Where the file's record lives."""
        return cls, f"upload#{upload_id}", "head"

    @classmethod
    def from_upload(cls, upload: Upload) -> "UploadItem":
        """The item of a file; while nobody claims it, it is there for a while only."""
        ends = int((upload.created_at + CLAIMED_WITHIN + A_DAY).timestamp()) if upload.status == "waiting" else None
        return cls.of(upload, pk=f"upload#{upload.id}", sk="head", expires=ends)


class UploadHourItem(ApprovalsTable, discriminator="upload_hour"):
    """How many files a person announced in an hour (UTC)."""

    made = IntegerAttribute()

    @classmethod
    def at(cls, person: str, now: datetime) -> Key:
        """Where the number of the present hour stands."""
        return cls, f"uploads#{person}#{now:%Y-%m-%dT%H}", "hour"

    @classmethod
    def of_number(cls, person: str, made: int, now: datetime) -> "UploadHourItem":
        """The item of a number."""
        _, pk, sk = cls.at(person, now)
        return cls(pk, sk, made=made, expires=int((now + A_DAY).timestamp()))
