"""Text messages: how long they are, how they are made to fit, and what becomes of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import IllegalMove
from chalicelib.domain.notifications import (
    CLAIM_FOR,
    DoesNotFit,
    Intent,
    again,
    attempts_of,
    claim,
    confirm,
    fit,
    is_stuck,
    refuse,
    segments,
)

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
INTENT = Intent("v#0001#invited#1", "sms", "invited", "+8613912345678", "zh-CN", "text", NOW, about="v")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("€" * 153, 3),  # an extended character is never split: the last place of each message stays empty
        ("来" * 70, 1),
        ("来" * 71, 2),
        ("来" * 134, 2),
        ("来" * 135, 3),
        ("😀" * 35, 1),
        ("😀" * 66, 2),
        ("😀" * 67, 3),  # 33 pairs a message: the 67th place of each stays empty
        ("a" * 133 + "来", 2),
    ],
)
def test_segments_are_counted_as_phone_networks_do(text: str, expected: int) -> None:
    assert segments(text) == expected


FORMS = ("Hello %(name)s, come to %(where)s: %(link)s", "%(where)s %(link)s")
LEAST = {"name": 4, "where": 6}


def test_a_text_that_fits_stays_whole() -> None:
    facts = {"name": "王芳", "where": "总部", "link": "https://a.example/i/x"}
    assert fit(FORMS, facts, LEAST) == "Hello 王芳, come to 总部: https://a.example/i/x"


def test_the_longest_part_is_shortened_first() -> None:
    facts = {"name": "王芳", "where": "路" * 200, "link": "https://a.example/i/x"}
    text = fit(FORMS, facts, LEAST)
    assert text.startswith("Hello 王芳, come to 路路路") and text.endswith("…: https://a.example/i/x")
    assert segments(text) == 2


def test_a_shorter_form_is_taken_when_shortening_is_not_enough() -> None:
    facts = {"name": "王芳", "where": "总部大楼一号", "link": "x" * 125}
    assert fit(FORMS, facts, LEAST) == "总部大楼一号 " + "x" * 125


def test_a_link_is_never_cut() -> None:
    with pytest.raises(DoesNotFit):
        fit(FORMS, {"name": "a", "where": "b", "link": "来" * 200}, LEAST)


@given(st.text(max_size=300), st.text(max_size=300))
def test_whatever_the_names_are_the_text_fits_and_holds_the_link(name: str, where: str) -> None:
    link = "https://abcdefghij.execute-api.ap-east-1.amazonaws.com/api/i/0123456789abcdef"
    text = fit(FORMS, {"name": name, "where": where, "link": link}, LEAST)
    assert segments(text) <= 2
    assert text.endswith(link)
    assert "\n" not in text


def test_a_message_is_claimed_once() -> None:
    claimed = claim(INTENT, NOW)
    assert (claimed.status, claimed.attempts) == ("sending", 1)
    with pytest.raises(IllegalMove):
        claim(claimed, NOW)


def test_a_sent_message_is_settled() -> None:
    sent = confirm(claim(INTENT, NOW), "M1", NOW)
    assert sent.settled and sent.message_id == "M1"
    assert not is_stuck(sent, NOW + timedelta(days=1))


def test_a_refused_message_waits_longer_each_time_and_fails_at_last() -> None:
    intent, pauses, now = INTENT, [], NOW
    while intent.status != "failed":
        intent = refuse(claim(intent, now), "refused", False, now)
        if intent.next_at and intent.status == "waiting":
            pauses.append((intent.next_at - now).total_seconds() / 60)
            now = intent.next_at
            intent = again(intent, now)
    assert pauses == [1, 2, 4, 8, 16]
    assert intent.attempts == attempts_of("sms") == len(intent.tries)


def test_a_number_that_does_not_exist_fails_at_once() -> None:
    assert refuse(claim(INTENT, NOW), "bad_number", True, NOW).status == "failed"


@pytest.mark.parametrize("status", ["intended", "sending"])
def test_a_message_nobody_works_on_is_intended_again_after_a_while(status: str) -> None:
    intent = INTENT if status == "intended" else claim(INTENT, NOW)
    assert not is_stuck(intent, NOW + CLAIM_FOR / 2)
    assert again(intent, NOW + CLAIM_FOR).status == "intended"
    with pytest.raises(IllegalMove):
        again(intent, NOW)


def test_a_message_whose_senders_keep_dying_is_given_up() -> None:
    dying = replace(claim(INTENT, NOW), attempts=attempts_of("sms"))
    assert again(dying, NOW + CLAIM_FOR).status == "failed"
