"""Table `notifications`: events and whom they concern, notices to colleagues, messages of every channel, digests.

| question | key |
|---|---|
| a message by its cause | pk `intent#ID`, sk `intent` |
| the messages to a visit's visitors, the log of a hook | message's index1 `about#VISIT_OR_HOOK`, `CREATED#ID` |
| a person's messages, newest first | message's index2 `messages#PERSON`, `CREATED#ID` |
| messages that could not be sent, newest first | message's index3 `failed#YYYY-MM` (of their making), `CREATED#ID` |
| an event by its cause | pk `event#ID`, sk `event` |
| a person's digest | pk `digest#PERSON#SLOT`, sk `digest` |
| what is due: messages, events, digests (reconciler) | index3 `unsettled#SHARD` (8), `DUE#ID` until it is settled |
| a notice by its cause | pk `notice#ID`, sk `notice` |
| a person's notices, newest first | notice's index1 `inbox#PERSON`, `CREATED#ID` |
| a person's unread notices | notice's index2 `unread#PERSON`, `CREATED#ID`, present only while unread |

Everything but messages to visitors is removed after GONE_AFTER.
"""

from datetime import datetime, timedelta
from zlib import crc32

from pynamodb.attributes import UnicodeAttribute

from chalicelib.domain.notifications import Attempt, Digest, Event, Intent, Line, Notice
from chalicelib.models.attributes import DataAttribute, InstantAttribute, IntegerAttribute
from chalicelib.models.item import Item, Key, table_meta
from chalicelib.models.visits import instant

SHARDS = 8
GONE_AFTER = timedelta(days=180)


def unsettled_partition(shard: int) -> str:
    """The index partition that lists what is not settled of one of SHARDS shards."""
    return f"unsettled#{shard}"


def failed_partition(month: str) -> str:
    """The index partition of the messages of a month (YYYY-MM) that could not be sent."""
    return f"failed#{month}"


def _unsettled(id: str, due: datetime | None) -> dict[str, str]:
    """The keys under which the reconciler finds what is due."""
    if due is None:
        return {}
    shard = crc32(id.encode()) % SHARDS
    return {"index3_pk": unsettled_partition(shard), "index3_sk": f"{instant(due)}#{id}"}


def _gone(created_at: datetime) -> int:
    return int((created_at + GONE_AFTER).timestamp())


class NotificationsTable(Item):
    """Any item of the notifications."""

    area = "notifications"
    Meta = table_meta("notifications")


class IntentItem(NotificationsTable, discriminator="intent"):
    """A message of any channel."""

    id = UnicodeAttribute()
    channel = UnicodeAttribute()
    template = UnicodeAttribute()
    address = UnicodeAttribute()
    language = UnicodeAttribute()
    text = UnicodeAttribute()
    title = UnicodeAttribute()
    person = UnicodeAttribute()
    about = UnicodeAttribute()
    calendar = UnicodeAttribute()
    created_at = InstantAttribute()
    status = UnicodeAttribute()
    attempts = IntegerAttribute()
    claimed_at = InstantAttribute(null=True)
    next_at = InstantAttribute(null=True)
    sent_at = InstantAttribute(null=True)
    message_id = UnicodeAttribute()
    error = UnicodeAttribute()
    tries = DataAttribute[tuple[Attempt, ...]](tuple[Attempt, ...])

    @classmethod
    def at(cls, intent_id: str) -> Key:
        """Where the message of that cause lives."""
        return cls, f"intent#{intent_id}", "intent"

    @classmethod
    def from_intent(cls, intent: Intent) -> "IntentItem":
        """The item of a message, in the lists that it belongs to now."""
        order = f"{instant(intent.created_at)}#{intent.id}"
        keys = _unsettled(intent.id, intent.due)
        if intent.status == "failed":
            keys = {"index3_pk": failed_partition(f"{intent.created_at:%Y-%m}"), "index3_sk": order}
        if intent.about:
            keys |= {"index1_pk": f"about#{intent.about}", "index1_sk": order}
        if intent.person:
            keys |= {"index2_pk": f"messages#{intent.person}", "index2_sk": order}
        item = cls.of(intent, pk=f"intent#{intent.id}", sk="intent", **keys)
        visitors = not intent.person and intent.channel == "sms"
        item.expires = None if visitors else _gone(intent.created_at)
        return item


class EventItem(NotificationsTable, discriminator="event"):
    """What happened, and whom it concerns."""

    id = UnicodeAttribute()
    template = UnicodeAttribute()
    facts = DataAttribute[dict[str, str]](dict[str, str])
    path = UnicodeAttribute()
    people = DataAttribute[tuple[str, ...]](tuple[str, ...])
    created_at = InstantAttribute()
    next_at = InstantAttribute()
    status = UnicodeAttribute()

    @classmethod
    def at(cls, cause: str) -> Key:
        """Where the event of that cause lives."""
        return cls, f"event#{cause}", "event"

    @classmethod
    def from_event(cls, event: Event) -> "EventItem":
        """The item of an event, among the unsettled ones while it is open."""
        keys = _unsettled(event.id, event.next_at if event.status == "open" else None)
        item = cls.of(event, pk=f"event#{event.id}", sk="event", **keys)
        item.expires = _gone(event.created_at)
        return item


class DigestItem(NotificationsTable, discriminator="digest"):
    """What waits for a person's digest."""

    id = UnicodeAttribute()
    person = UnicodeAttribute()
    slot = InstantAttribute()
    next_at = InstantAttribute()
    lines = DataAttribute[tuple[Line, ...]](tuple[Line, ...])
    total = IntegerAttribute()
    status = UnicodeAttribute()

    @classmethod
    def at(cls, digest_id: str) -> Key:
        """Where the digest lives."""
        return cls, digest_id, "digest"

    @classmethod
    def from_digest(cls, digest: Digest) -> "DigestItem":
        """The item of a digest, among the unsettled ones until its e-mail is intended."""
        keys = _unsettled(digest.id, digest.next_at if digest.status != "sent" else None)
        item = cls.of(digest, pk=digest.id, sk="digest", **keys)
        item.expires = _gone(digest.slot)
        return item


class NoticeItem(NotificationsTable, discriminator="notice"):
    """A notice to a colleague."""

    id = UnicodeAttribute()
    person = UnicodeAttribute()
    template = UnicodeAttribute()
    facts = DataAttribute[dict[str, str]](dict[str, str])
    path = UnicodeAttribute()
    created_at = InstantAttribute()
    read_at = InstantAttribute(null=True)

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
        item = cls.of(notice, pk=f"notice#{notice.id}", sk="notice", **keys)
        item.expires = _gone(notice.created_at)
        return item
