"""Table `notifications`: text messages and what became of them, notices to colleagues.

| question | key |
|---|---|
| a message by its cause | pk `intent#ID`, sk `intent` |
| the messages of a visit, oldest first | message's index1 `about#VISIT`, `CREATED#ID` |
| which messages are not settled (reconciler) | message's index3 `unsettled#SHARD` (8), `CREATED#ID` |
| a notice by its cause | pk `notice#ID`, sk `notice` |
| a person's notices, newest first | notice's index1 `inbox#PERSON`, `CREATED#ID` |
| a person's unread notices | notice's index2 `unread#PERSON`, `CREATED#ID`, present only while unread |
"""

from zlib import crc32

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.domain.notifications import Intent, Notice
from chalicelib.models.attributes import DataAttribute, IntegerAttribute
from chalicelib.models.item import Item, Key, table_meta
from chalicelib.models.visits import instant

SHARDS = 8


def unsettled_partition(shard: int) -> str:
    """The index partition that lists the unsettled messages of one of SHARDS shards."""
    return f"unsettled#{shard}"


class NotificationsTable(Item):
    """Any item of the notifications."""

    area = "notifications"
    Meta = table_meta("notifications")


class IntentItem(NotificationsTable, discriminator="intent"):
    """A text message."""

    id = UnicodeAttribute()
    template = UnicodeAttribute()
    about = UnicodeAttribute()
    no = IntegerAttribute()
    phone = UnicodeAttribute()
    language = UnicodeAttribute()
    text = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    status = UnicodeAttribute()
    attempts = IntegerAttribute()
    claimed_at = UTCDateTimeAttribute(null=True)
    next_at = UTCDateTimeAttribute(null=True)
    sent_at = UTCDateTimeAttribute(null=True)
    message_id = UnicodeAttribute()
    error = UnicodeAttribute()

    @classmethod
    def at(cls, intent_id: str) -> Key:
        """Where the message of that cause lives."""
        return cls, f"intent#{intent_id}", "intent"

    @classmethod
    def from_intent(cls, intent: Intent) -> "IntentItem":
        """The item of a message, among the unsettled ones until it is settled."""
        order = f"{instant(intent.created_at)}#{intent.id}"
        keys = {"index1_pk": f"about#{intent.about}", "index1_sk": order}
        if not intent.settled:
            keys |= {"index3_pk": unsettled_partition(crc32(intent.id.encode()) % SHARDS), "index3_sk": order}
        return cls.of(intent, pk=f"intent#{intent.id}", sk="intent", **keys)


class NoticeItem(NotificationsTable, discriminator="notice"):
    """A notice to a colleague."""

    id = UnicodeAttribute()
    person = UnicodeAttribute()
    template = UnicodeAttribute()
    facts = DataAttribute[dict[str, str]](dict[str, str])
    path = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()
    read_at = UTCDateTimeAttribute(null=True)

    @classmethod
    def at(cls, notice_id: str) -> Key:
        """Where the notice of that cause lives."""
        return cls, f"notice#{notice_id}", "notice"

    @classmethod
    def from_notice(cls, notice: Notice) -> "NoticeItem":
        """The item of a notice, in its person's inbox and among the unread ones until it is read."""
        order = f"{instant(notice.created_at)}#{notice.id}"
        keys = {"index1_pk": f"inbox#{notice.person}", "index1_sk": order}
        if notice.read_at is None:
            keys |= {"index2_pk": f"unread#{notice.person}", "index2_sk": order}
        return cls.of(notice, pk=f"notice#{notice.id}", sk="notice", **keys)
