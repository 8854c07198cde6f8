"""Which language somebody gets."""

import pytest

from chalicelib.web.i18n import negotiate


@pytest.mark.parametrize(
    ("accept", "preferred", "expected"),
    [
        ("zh", None, "zh-CN"),
        ("zh-TW,zh;q=0.9", None, "zh-CN"),
        ("zh-Hans-CN", None, "zh-CN"),
        ("en-GB,en;q=0.9,zh;q=0.1", None, "en"),
        ("zh;q=0.1, en;q=0.9", None, "en"),
        ("de,fr;q=0.8", None, "zh-CN"),
        ("de, en;q=0.5", None, "en"),
        ("en;q=0, zh;q=0.2", None, "zh-CN"),
        ("en;q=abc", None, "zh-CN"),
        ("*", None, "zh-CN"),
        ("", None, "zh-CN"),
        (None, None, "zh-CN"),
        ("zh", "en", "en"),
        ("en", "zh_CN", "zh-CN"),
        ("en", "klingon", "en"),
    ],
)
def test_the_own_choice_comes_first_then_the_browsers_order_then_chinese(
    accept: str | None, preferred: str | None, expected: str
) -> None:
    assert negotiate(accept, preferred) == expected
