"""Messages from intent to sent, and the inbox of notices."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.errors import Forbidden
from chalicelib.domain.notifications import CLAIM_FOR, KINDS, TEST, Channel, segments
from chalicelib.domain.sites import Site
from chalicelib.gateways.provider import NotSent, Receipt
from chalicelib.models.notifications import IntentItem
from chalicelib.services import notifications
from chalicelib.services.notifications.sending import Send
from chalicelib.services.notifications.texts import notice_text, sms_text
from chalicelib.services.notifications.words import LABELS, NOTICES, SMS
from tests.fakes import MemoryStore
from tests.reception import SITE, a_guest, a_visit
from tests.services.conftest import Company
from tests.workflows.stage import PUBLIC_URL, Stage

LONG_URL = "https://abcdefghij.execute-api.ap-southeast-1.amazonaws.com/production"


def intended(stage: Stage) -> str:
    visit = stage.visit()
    intent = notifications.intention(stage.call(), "invited", visit, SITE, a_guest(visit), PUBLIC_URL)
    stage.store.write(notifications.intend(intent))
    return intent.id


def senders(sms: Any) -> dict[Channel, Send]:
    return {"sms": lambda call, intent: sms.send(intent.address, intent.text)}


def status(stage: Stage) -> tuple[str, int, str]:
    (item,) = stage.store.all(IntentItem)
    return item.status, item.attempts, item.error


def test_a_message_is_sent_and_says_so(stage: Stage) -> None:
    id = intended(stage)
    notifications.send(stage.call(), senders(stage.sms), id)
    notifications.send(stage.call(), senders(stage.sms), id)
    assert status(stage) == ("sent", 1, "")
    assert len(stage.sms.sent) == 1
    assert stage.store.all(IntentItem)[0].index3_pk is None


def test_a_refusal_is_visible_and_tried_again(stage: Stage) -> None:
    id = intended(stage)
    stage.sms.refusal = NotSent("refused", final=False)
    notifications.send(stage.call(), senders(stage.sms), id)
    assert status(stage) == ("waiting", 1, "refused")
    stage.sms.refusal = None
    later = stage.call(stage.now + timedelta(minutes=2))
    assert notifications.take_up(later) == 1
    notifications.send(later, senders(stage.sms), id)
    assert status(stage) == ("sent", 2, "")


def test_a_number_that_does_not_exist_is_not_tried_again(stage: Stage) -> None:
    id = intended(stage)
    stage.sms.refusal = NotSent("bad_number", final=True)
    notifications.send(stage.call(), senders(stage.sms), id)
    assert status(stage) == ("failed", 1, "bad_number")
    assert notifications.take_up(stage.call(stage.now + timedelta(days=1))) == 0


def test_a_sender_that_died_after_sending_sends_the_same_text_again(stage: Stage) -> None:
    id = intended(stage)

    class Dying:
        def send(self, phone: str, text: str) -> Receipt:
            stage.sms.send(phone, text)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        notifications.send(stage.call(), senders(Dying()), id)
    later = stage.call(stage.now + CLAIM_FOR)
    assert notifications.take_up(later) == 1
    notifications.send(later, senders(stage.sms), id)
    first, second = stage.sms.sent
    assert first == second


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("template", sorted(SMS))
@pytest.mark.parametrize("long", [False, True])
def test_every_message_fits_into_two_segments(language: str, template: str, long: bool) -> None:
    texts = {"zh-CN": "很长的园区名称" * 20, "en": "A very long name of a site " * 20}
    site = Site("hq", texts, texts, {}, "Asia/Shanghai") if long else SITE
    name = "某某国际科技发展有限责任公司驻上海办事处首席代表" * 3 if long else "王芳"
    visit = a_visit(host_name=name, number="20261234567")
    guest = a_guest(visit, no=200, name=name, language=language, link="0123456789abcdef")
    text = sms_text(template, guest, visit, site, LONG_URL if long else PUBLIC_URL)
    assert segments(text) <= 2
    assert guest.reservation in text and visit.host_phone in text
    assert template == "cancelled" or text.count(f"/i/{guest.link}") == 1


def test_a_usual_chinese_invitation_is_not_shortened() -> None:
    visit = a_visit()
    text = sms_text("invited", a_guest(visit), visit, SITE, PUBLIC_URL)
    assert text.startswith("王小明您好，何主任邀您")
    assert "上海市浦东新区世纪大道1号" in text and "…" not in text


def test_every_kind_of_event_can_be_said_and_named_in_both_languages() -> None:
    names = ("person", "subject", "number", "party", "name", "names", "gate", "when")
    assert set(NOTICES) == {*KINDS, TEST} and {*KINDS, TEST} <= set(LABELS)
    for template in NOTICES:
        assert notice_text(template, dict.fromkeys(names, "x"), "en") != notice_text(template, {}, "zh-CN")


def test_a_notice_says_who_did_it_and_what_they_said() -> None:
    facts = {"person": "陈经理", "subject": "采购申请", "comment": "请补充\n报价单"}
    assert notice_text("approval_returned", facts, "zh-CN") == "陈经理已退回：采购申请（意见：请补充 报价单）"
    by_rule = {"subject": "Purchase", "comment": ""}
    assert notice_text("approval_rejected", by_rule, "en") == "Rejected by Atrium: Purchase"


def tell(company: Company, cause: str = "visit-1", who: str = "") -> None:
    facts = {"number": "1", "party": "王芳"}
    call = company.call(None)
    call.permit_public("a test")
    notifications.notify(call, cause, [who or company.applicant.id], "visit_cancelled", facts, "/visits/1")


def test_a_notice_is_given_once_for_each_cause_and_read_in_the_readers_language(company: Company) -> None:
    for _ in range(2):
        tell(company)
    (shown,) = notifications.inbox(company.call(company.applicant, locale="en")).items
    assert (shown.text, shown.path, shown.read) == ("Cancelled: visit 1, 王芳", "/visits/1", False)
    (shown,) = notifications.inbox(company.call(company.applicant)).items
    assert shown.text == "来访1（王芳）已取消"


def test_reading_takes_a_notice_off_the_count_but_not_off_the_list(company: Company) -> None:
    tell(company, "a")
    tell(company, "b")
    call = company.call(company.applicant)
    assert notifications.unread(call) == 2
    first = notifications.inbox(call).items[0]
    assert notifications.mark_read(company.call(company.applicant), [first.id])["read"] == 1
    assert notifications.mark_read(company.call(company.applicant), [first.id])["read"] == 0
    assert notifications.unread(company.call(company.applicant)) == 1
    assert len(notifications.inbox(company.call(company.applicant)).items) == 2


def test_nobody_reads_the_notices_of_others(company: Company) -> None:
    tell(company, "a", company.host.id)
    (theirs,) = notifications.inbox(company.call(company.host)).items
    assert notifications.inbox(company.call(company.applicant)).items == []
    assert notifications.mark_read(company.call(company.applicant), [theirs.id, "unknown"])["read"] == 0
    assert notifications.unread(company.call(company.host)) == 1


def test_who_is_not_signed_in_has_no_inbox(company: Company) -> None:
    assert isinstance(company.store, MemoryStore)
    with pytest.raises(Forbidden):
        notifications.inbox(company.call(None))
