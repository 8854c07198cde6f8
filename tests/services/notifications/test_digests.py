"""Digests: one e-mail of what waited, whatever dies in between."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import IllegalMove
from chalicelib.domain.notifications import LOST_AFTER
from chalicelib.models.notifications import DigestItem, IntentItem
from chalicelib.services import notifications
from chalicelib.services.notifications import digests
from tests.services.conftest import Company
from tests.services.notifications.told import MORNING, REACH, intents, prefer, system, tell


def collected(company: Company, *causes: str, at: datetime = MORNING) -> None:
    prefer(company, company.manager, digest="daily", digest_at=time(8, 30))
    for cause in causes:
        tell(company, company.manager, cause=cause, at=at)


NEXT = datetime(2026, 3, 3, 0, 30, tzinfo=UTC)
"""8:30 of the next day in Shanghai."""


def send_digest(company: Company, at: datetime) -> None:
    """The schedule, and what the stream makes of it."""
    notifications.take_up(system(company, at))
    for item in company.store.all(DigestItem):
        digests.write(system(company, at), REACH.public_url, item.id)


def mails(company: Company) -> list[IntentItem]:
    return [item for item in intents(company) if item.template == "digest"]


def test_a_digest_is_one_e_mail_with_everything_that_waited(company: Company) -> None:
    collected(company, "a", "b", "c")
    assert {item.status for item in intents(company)} == {"collected"}
    send_digest(company, NEXT - timedelta(seconds=1))
    assert mails(company) == []
    for minutes in (0, 5, 10):
        send_digest(company, NEXT + timedelta(minutes=minutes))
    (mail,) = mails(company)
    assert (mail.channel, mail.address, mail.status) == ("email", company.manager.email, "intended")
    assert mail.title == "Atrium：3条通知" and mail.text.count("林梅请您审批：采购") == 3


def test_what_comes_after_the_time_goes_into_the_next_digest(company: Company) -> None:
    collected(company, "a")
    send_digest(company, NEXT)
    collected(company, "b", at=NEXT)
    send_digest(company, NEXT + timedelta(days=1))
    assert [mail.title for mail in mails(company)] == ["Atrium：1条通知", "Atrium：1条通知"]


def test_a_digest_whose_time_has_come_takes_nothing_more(company: Company) -> None:
    collected(company, "a")
    notifications.take_up(system(company, NEXT))
    call = system(company, NEXT - timedelta(seconds=1))
    notifications.notify(call, "late", [company.manager.id], "task_opened", {}, "/")
    with pytest.raises(IllegalMove):
        notifications.plan(call, REACH, "late")
    notifications.plan(system(company, NEXT), REACH, "late")
    send_digest(company, NEXT)
    send_digest(company, NEXT + timedelta(days=1))
    first, second = sorted(mails(company), key=lambda mail: str(mail.id))
    assert first.title == second.title == "Atrium：1条通知"


@pytest.mark.parametrize("lost", ["before", "after"])
def test_a_digest_is_written_once_whenever_its_writer_dies(company: Company, lost: str) -> None:
    collected(company, "a", "b")
    notifications.take_up(system(company, NEXT))
    (digest,) = company.store.all(DigestItem)
    real = company.store.write

    def dying(*operations: Any) -> None:
        if lost == "after":
            real(*operations)
        raise KeyboardInterrupt

    company.store.write = dying  # type: ignore[method-assign]
    with pytest.raises(KeyboardInterrupt):
        digests.write(system(company, NEXT), REACH.public_url, digest.id)
    company.store.write = real  # type: ignore[method-assign]
    send_digest(company, NEXT + LOST_AFTER)
    send_digest(company, NEXT + 2 * LOST_AFTER)
    assert len(mails(company)) == 1
