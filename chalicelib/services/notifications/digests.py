"""Digests: e-mails that a person wants collected, and the one e-mail that they become."""

from __future__ import annotations

from datetime import datetime

from chalicelib.domain.errors import NotFound
from chalicelib.domain.notifications import Digest, Intent, Line, gather
from chalicelib.domain.notifications.digests import add, begun, digest_id, written
from chalicelib.models.notifications import DigestItem, IntentItem
from chalicelib.models.store import replace, save
from chalicelib.services import directory
from chalicelib.services.call import Call
from chalicelib.services.notifications import texts
from chalicelib.services.notifications.sending import intend


def collect(call: Call, intent: Intent, line: Line, slot: datetime) -> None:
    """Put an e-mail into its person's digest instead of sending it; the same one is put there once.

    Raises Contention when the digest changes at this moment, IllegalMove when its time has just come: a repetition
    then finds the next digest.
    """
    place = digest_id(intent.person, slot)
    known, held = call.store.get(IntentItem.at(intent.id), DigestItem.at(place))
    if known:
        return
    digest = add(held.to(Digest) if held else begun(intent.person, slot), line)
    call.commit({}, intend(gather(intent, slot)), save(DigestItem.from_digest(digest)))


def write(call: Call, public_url: str, digest_id: str) -> None:
    """Intend the e-mail of a digest whose time has come, and mark the digest, in one transaction: there is one e-mail.

    Who left the company gets none.
    """
    (item,) = call.store.get(DigestItem.at(digest_id))
    if item is None or item.status != "due":
        return
    digest = item.to(Digest)
    mails = [intend(mail) for mail in _mail(call, public_url, digest)]
    call.commit({}, *mails, replace(DigestItem.from_digest(written(digest))))


def _mail(call: Call, public_url: str, digest: Digest) -> list[Intent]:
    try:
        person = directory.person(call.store, digest.person, call.now)
    except NotFound:
        return []
    if not person.active:
        return []
    return [
        Intent(
            id=digest.id,
            channel="email",
            template="digest",
            address=person.email,
            language=person.locale,
            title=texts.digest_subject(digest.total, person.locale),
            text=texts.mail_text(digest.lines, digest.total, person.locale, public_url),
            person=person.id,
            created_at=call.now,
        )
    ]
