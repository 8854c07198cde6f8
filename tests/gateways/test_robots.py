"""What the three kinds of robots are sent, and how their answers are read. Signatures are computed here anew."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from chalicelib.domain.notifications import Target
from chalicelib.gateways.outbound import Answered
from chalicelib.gateways.provider import NotSent
from chalicelib.gateways.robots import Robots, shortened

NOW = datetime(2026, 3, 2, 9, 0, 0, 123000, tzinfo=UTC)
SECONDS, MILLISECONDS = "1772442000", "1772442000123"
SECRET = "SEC0123456789"


@dataclass
class Way:
    """Remembers what was posted and answers as it is told."""

    answer: Answered = field(default_factory=lambda: Answered(200, b'{"errcode":0,"errmsg":"ok"}'))
    url: str = ""
    body: Any = None

    def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answered:
        assert headers["Content-Type"].startswith("application/json")
        self.url, self.body = url, json.loads(body)
        return self.answer


def hmac_sha256(key: bytes, message: bytes) -> str:
    """RFC 2104 by hand, in base64: no code is shared with what is tested."""
    key = hashlib.sha256(key).digest() if len(key) > 64 else key
    padded = key.ljust(64, b"\0")
    inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in padded) + message).digest()
    return base64.b64encode(hashlib.sha256(bytes(byte ^ 0x5C for byte in padded) + inner).digest()).decode()


def test_wecom_gets_a_text() -> None:
    way = Way()
    Robots(way).send("wecom", Target("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=K"), "您好", NOW)
    assert way.url == "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=K"
    assert way.body == {"msgtype": "text", "text": {"content": "您好"}}


def test_dingtalk_is_signed_in_the_address_with_milliseconds() -> None:
    way = Way()
    Robots(way).send("dingtalk", Target("https://oapi.dingtalk.com/robot/send?access_token=T", SECRET), "您好", NOW)
    query = parse_qs(urlsplit(way.url).query)
    expected = hmac_sha256(SECRET.encode(), f"{MILLISECONDS}\n{SECRET}".encode())
    assert query == {"access_token": ["T"], "timestamp": [MILLISECONDS], "sign": [expected]}
    assert way.body == {"msgtype": "text", "text": {"content": "您好"}}


def test_feishu_is_signed_in_the_body_with_seconds() -> None:
    way = Way(Answered(200, b'{"code":0,"msg":"success"}'))
    Robots(way).send("feishu", Target("https://open.feishu.cn/open-apis/bot/v2/hook/H", SECRET), "您好", NOW)
    expected = hmac_sha256(f"{SECONDS}\n{SECRET}".encode(), b"")
    assert way.url == "https://open.feishu.cn/open-apis/bot/v2/hook/H"
    assert way.body == {"timestamp": SECONDS, "sign": expected, "msg_type": "text", "content": {"text": "您好"}}


@pytest.mark.parametrize("kind", ["dingtalk", "feishu"])
def test_robots_without_a_secret_are_not_signed(kind: Any) -> None:
    way = Way()
    Robots(way).send(kind, Target("https://robots.example/x"), "hello", NOW)
    assert way.url == "https://robots.example/x" and "sign" not in way.body


@pytest.mark.parametrize(
    ("kind", "answer", "reason", "final"),
    [
        ("wecom", Answered(200, b'{"errcode":93000,"errmsg":"invalid webhook url"}'), "bad_robot_address", True),
        ("wecom", Answered(200, b'{"errcode":45009,"errmsg":"api freq out of limit"}'), "refused", False),
        ("dingtalk", Answered(200, b'{"errcode":310000,"errmsg":"sign not match"}'), "bad_robot_secret", True),
        ("feishu", Answered(200, b'{"code":19021,"msg":"sign match fail"}'), "bad_robot_secret", True),
        ("feishu", Answered(200, b'{"code":11232,"msg":"too many request"}'), "refused", False),
        ("feishu", Answered(502, b"<html>bad gateway"), "refused", False),
        ("wecom", Answered(200, b'["what"]'), "refused", False),
        ("wecom", Answered(200, b'{"errcode":"no"}'), "refused", False),
    ],
)
def test_a_robots_no_is_understood(kind: Any, answer: Answered, reason: str, final: bool) -> None:
    with pytest.raises(NotSent) as refused:
        Robots(Way(answer)).send(kind, Target("https://robots.example/x"), "hello", NOW)
    assert (refused.value.reason, refused.value.final) == (reason, final)
    assert refused.value.said.startswith(str(answer.status))


def test_a_text_is_cut_between_characters() -> None:
    cut = shortened("来" * 1000)
    assert len(cut.encode()) <= 2048 and cut.endswith("来…")
    assert shortened("short") == "short"
