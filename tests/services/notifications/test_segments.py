"""Text messages to visitors, whatever people, sites and rules are called: two segments, nothing lost that matters."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.notifications import segments
from chalicelib.domain.sites import Site
from chalicelib.services.notifications.texts import sms_text
from chalicelib.services.notifications.words import SMS
from tests.reception import a_guest, a_visit

PUBLIC_URL = "https://abcdefghij.execute-api.ap-southeast-1.amazonaws.com/production"
"""The longest address that the gateway gives by itself."""

NAMES = st.one_of(
    *(st.text(of, max_size=200) for of in (st.characters(codec="utf-8"), "国际科技发展有限公司", "Abc éß€[]"))
)
MOMENTS = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
TEXTS = st.fixed_dictionaries({"zh-CN": NAMES, "en": NAMES})


@pytest.mark.parametrize("template", sorted(SMS))
@pytest.mark.parametrize("language", ["zh-CN", "en"])
@settings(max_examples=60, deadline=None)
@given(name=NAMES, host=NAMES, texts=TEXTS, starts=MOMENTS, days=st.integers(0, 31), no=st.integers(1, 1000))
def test_two_segments_hold_number_phone_and_link(
    template: str, language: str, name: str, host: str, texts: dict[str, str], starts: datetime, days: int, no: int
) -> None:
    site = Site("hq", texts, texts, texts, "America/Argentina/ComodRivadavia")
    ends = starts + timedelta(days=days, hours=1)
    visit = a_visit(host_name=host, host_phone="+442079460958123", starts=starts, ends=ends)
    guest = a_guest(visit, no=no, name=name, language=language, link="0123456789abcdef")
    text = sms_text(template, guest, visit, site, PUBLIC_URL)
    assert segments(text) <= 2
    assert guest.reservation in text and visit.host_phone in text
    assert template == "cancelled" or text.count(f"{PUBLIC_URL}/i/{guest.link}") == 1
    assert "\n" not in text
