"""Messages of group robots: what WeCom (企业微信), DingTalk (钉钉) and Feishu (飞书) take, and how each is signed.

Sources: WeCom developer centre "群机器人配置说明"; DingTalk open platform "自定义机器人接入" and
"自定义机器人安全设置"; Feishu open platform "自定义机器人使用指南".
All three answer 200 with a code of their own in the body.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from chalicelib.domain.notifications import HookKind, Target
from chalicelib.gateways.outbound import Answered
from chalicelib.gateways.provider import NotSent, Receipt
from chalicelib.gateways.webhooks import Post, excerpt

TEXT_LIMIT = 1900
"""Bytes of a text; WeCom takes 2,048, the others more."""

FINAL: Mapping[str, Mapping[int, str]] = {
    "wecom": {93000: "bad_robot_address", 40008: "refused", 40058: "refused"},
    "dingtalk": {310000: "bad_robot_secret", 300001: "bad_robot_address", 300005: "bad_robot_address"},
    "feishu": {19001: "bad_robot_address", 19021: "bad_robot_secret", 19024: "bad_robot_secret", 9499: "refused"},
}
"""Codes after which the same message is refused again, and what we call them."""

type Request = tuple[str, dict[str, Any]]
"""The whole address and the body."""


def wecom(target: Target, text: str, now: datetime) -> Request:
    """WeCom: the key in the address is all that it asks for."""
    return target.url, {"msgtype": "text", "text": {"content": text}}


def dingtalk(target: Target, text: str, now: datetime) -> Request:
    """DingTalk: milliseconds and signature go into the address."""
    body = {"msgtype": "text", "text": {"content": text}}
    if not target.secret:
        return target.url, body
    timestamp = str(int(now.timestamp() * 1000))
    digest = hmac.new(target.secret.encode(), f"{timestamp}\n{target.secret}".encode(), hashlib.sha256).digest()
    signed = urlencode({"timestamp": timestamp, "sign": base64.b64encode(digest).decode()})
    return f"{target.url}{'&' if '?' in target.url else '?'}{signed}", body


def feishu(target: Target, text: str, now: datetime) -> Request:
    """Feishu: seconds and signature go into the body; the text to be signed is the key, and nothing else is hashed."""
    body = {"msg_type": "text", "content": {"text": text}}
    if not target.secret:
        return target.url, body
    timestamp = str(int(now.timestamp()))
    digest = hmac.new(f"{timestamp}\n{target.secret}".encode(), b"", hashlib.sha256).digest()
    return target.url, {"timestamp": timestamp, "sign": base64.b64encode(digest).decode(), **body}


ROBOTS: Mapping[HookKind, Callable[[Target, str, datetime], Request]] = {
    "wecom": wecom,
    "dingtalk": dingtalk,
    "feishu": feishu,
}


class Robots:
    """Posts texts as a group's robot."""

    def __init__(self, way: Post) -> None:
        self._way = way

    def send(self, kind: HookKind, target: Target, text: str, now: datetime) -> Receipt:
        """Post `text`; raises NotSent."""
        url, body = ROBOTS[kind](target, shortened(text), now)
        headers = {"Content-Type": "application/json; charset=utf-8"}
        answer = self._way.post(url, headers, json.dumps(body, ensure_ascii=False).encode())
        code = _code(answer)
        if answer.status != 200 or code != 0:
            known = FINAL[kind].get(code, "")
            raise NotSent(known or "refused", bool(known), excerpt(answer))
        return Receipt(said=excerpt(answer))


def shortened(text: str) -> str:
    """The text, cut where it is longer than robots take."""
    content = text.encode()
    return text if len(content) <= TEXT_LIMIT else content[:TEXT_LIMIT].decode(errors="ignore") + "…"


def _code(answer: Answered) -> int:
    """The robot's own code: 0 is yes, -1 stands for an answer that is none."""
    try:
        said = json.loads(answer.body)
    except ValueError:
        return -1
    code = next((said[name] for name in _CODES if name in said), -1) if isinstance(said, dict) else -1
    return code if isinstance(code, int) else -1


_CODES = ("errcode", "code", "StatusCode")
