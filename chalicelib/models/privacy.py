"""What is kept of visitors, in table `reception` (keys: models/reception.py), and the rules, in table `directory`.

| question | key |
|---|---|
| what is still kept of a visit's visitors | pk `visit#ID`, sk `retention` |
| whose documents, contacts, passages, messages are due (schedule) | its index1 to index4 `retain#KIND#SHARD` (4), |
| | `ENDED#VISIT`: one index for each kind, absent once the kind is gone; a rule that changes moves no item |
| which visits list somebody of this phone number or e-mail | pk `subject#CONTACT`, sk VISIT; gone with the contact |
| requests of visitors about their data, newest first | pk `privacy#ID`, sk `privacy`; index1 `privacy#YYYY-MM`, |
| | `CREATED#ID` |
| the rules | `directory`: pk `retention#rules`, sk `profile` |
"""

from zlib import crc32

from pynamodb.attributes import UnicodeAttribute

from chalicelib.domain.privacy import KINDS, DataKind, Request, Retention, Rules
from chalicelib.models.attributes import DataAttribute, InstantAttribute, IntegerAttribute
from chalicelib.models.directory import DirectoryTable
from chalicelib.models.item import Key
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.visits import instant

SHARDS = 4
INDEX_OF = {kind: number for number, kind in enumerate(KINDS, 1)}
"""The index that lists what is due of each kind."""


def retained_partition(kind: DataKind, shard: int) -> str:
    """The index partition of the visits of one of SHARDS shards of which data of that kind are kept."""
    return f"retain#{kind}#{shard}"


class RetentionItem(ReceptionTable, discriminator="retention"):
    """What is still kept of a visit's visitors."""

    visit = UnicodeAttribute()
    ended = InstantAttribute()
    left = DataAttribute[tuple[DataKind, ...]](tuple[str, ...])

    @classmethod
    def at(cls, visit_id: str) -> Key:
        """Where it stands."""
        return cls, f"visit#{visit_id}", "retention"

    @classmethod
    def from_retention(cls, retention: Retention) -> "RetentionItem":
        """The item, among what is due of each kind that is left."""
        _, pk, sk = cls.at(retention.visit)
        shard, order = crc32(retention.visit.encode()) % SHARDS, f"{instant(retention.ended)}#{retention.visit}"
        keys = {}
        for kind in retention.left:
            keys[f"index{INDEX_OF[kind]}_pk"] = retained_partition(kind, shard)
            keys[f"index{INDEX_OF[kind]}_sk"] = order
        return cls.of(retention, pk=pk, sk=sk, **keys)


class SubjectItem(ReceptionTable, discriminator="subject"):
    """That a visit lists somebody of this phone number (E.164) or e-mail address (lower case)."""

    @classmethod
    def at(cls, contact: str, visit_id: str) -> Key:
        """Where it is noted."""
        return cls, subject_partition(contact), visit_id


def subject_partition(contact: str) -> str:
    """The partition of the visits that list somebody of this phone number or e-mail address."""
    return f"subject#{contact.strip().lower()}"


class PrivacyRequestItem(ReceptionTable, discriminator="privacy_request"):
    """What a visitor asked about their data."""

    id = UnicodeAttribute()
    wish = UnicodeAttribute()
    contact = UnicodeAttribute()
    by = UnicodeAttribute()
    created_at = InstantAttribute()
    status = UnicodeAttribute()
    visits = IntegerAttribute()
    kept = IntegerAttribute()
    cursor = UnicodeAttribute(null=True)
    ended_at = InstantAttribute(null=True)

    @classmethod
    def at(cls, request_id: str) -> Key:
        """Where the request lives."""
        return cls, f"privacy#{request_id}", "privacy"

    @classmethod
    def from_request(cls, request: Request) -> "PrivacyRequestItem":
        """The item of a request, in the list of its month."""
        _, pk, sk = cls.at(request.id)
        month = f"privacy#{request.created_at:%Y-%m}"
        return cls.of(request, pk=pk, sk=sk, index1_pk=month, index1_sk=f"{instant(request.created_at)}#{request.id}")


class RetentionRulesItem(DirectoryTable, discriminator="retention_rules"):
    """The rules of retention."""

    documents = IntegerAttribute()
    contacts = IntegerAttribute()
    passages = IntegerAttribute()
    messages = IntegerAttribute()

    @classmethod
    def at(cls) -> Key:
        """Where they stand."""
        return cls, "retention#rules", "profile"

    @classmethod
    def from_rules(cls, rules: Rules) -> "RetentionRulesItem":
        """The item of the rules."""
        _, pk, sk = cls.at()
        return cls.of(rules, pk=pk, sk=sk)
