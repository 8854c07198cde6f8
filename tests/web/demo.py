"""Pages that use every kind and macro, and a server on loopback that serves them as the product would."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from chalicelib.web.assets import asset, csp
from chalicelib.web.page import AREAS, Page
from chalicelib.web.render import render

PAGES = ("demo_list", "demo_empty", "demo_document", "demo_form", "demo_sign_in", "demo_invite", "error")
FOLDER = Path(__file__).parent / "pages"
NOW = datetime(2026, 3, 3, 1, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Reader:
    name: str
    roles: frozenset[str]


ZH = {
    "apply": "申请来访", "search": "按访客、公司或编号查找", "status": "状态", "purpose": "来访事由", "host": "接待人",
    "time": "时间", "visitors": "访客", "chart": "每日来访人数", "purpose_text": "新一代机柜方案评审",
    "phone": "手机号", "name": "姓名", "comment": "审批意见", "sure": "拒绝后申请人会收到通知，确定拒绝吗？",
    "reject": "拒绝", "send_back": "退回", "approve": "同意",
    "when": "时间与地点", "site": "园区", "add": "添加访客", "company": "公司",
    "draft": "存为草稿", "submit": "提交申请", "sign_in": "登录", "password": "密码",
}  # fmt: skip
EN = {
    "apply": "Apply for a visit", "search": "Find by visitor, company or number", "status": "Status",
    "purpose": "Purpose", "host": "Host", "time": "Time", "visitors": "Visitors", "chart": "Visitors per day",
    "purpose_text": "Review of the new rack design", "phone": "Phone", "name": "Name", "comment": "Comment",
    "sure": "The applicant will be told. Reject this visit?", "reject": "Reject", "send_back": "Return",
    "approve": "Approve", "when": "When and where", "site": "Site", "add": "Add a visitor", "company": "Company",
    "draft": "Save as draft", "submit": "Submit", "sign_in": "Sign in", "password": "Password",
}  # fmt: skip


def data(locale: str) -> dict[str, Any]:
    words = ZH if locale == "zh-CN" else EN
    statuses = ("pending", "approved", "returned", "draft", "closed", "cancelled", "rejected")
    rows = [
        {"number": f"V-2026-{n:05}", "purpose": words["purpose_text"], "host": "张伟", "count": n * 3 + 1,
         "starts": NOW + timedelta(days=n * 9), "status": status}
        for n, status in enumerate(statuses)
    ]  # fmt: skip
    return {
        "words": words,
        "rows": rows,
        "points": [("3-1", 4), ("3-2", 11), ("3-3", 7), ("3-4", 0), ("3-5", 19), ("3-6", 12)],
        "entries": [_entry("张伟", "submitted"), _entry("王芳", "approved", "同意"), _entry("", "skipped")],
        "waiting": {"names": ["李强", "Anna Berg"], "mode": "one_of", "since": NOW},
        "problem": {"title": words["sure"], "status": 404, "request_id": "01KAQ0Z5T0"},
    }


def _entry(name: str, what: str, comment: str = "") -> dict[str, Any]:
    entry = {"name": name, "what": what, "at": NOW.isoformat(), "comment": comment}
    return entry | {"on_behalf_of": "", "step": "", "note": ""}


def page(locale: str, theme: str, path: str, query: dict[str, str]) -> Page:
    person = Reader("欧阳晓雯", frozenset({"employee", "gate", "reception"}))
    signed_in = "sign_in" not in path and "invite" not in path
    return Page(
        locale=locale,
        path="/visits",
        person=person if signed_in else None,
        csrf="token",
        url_for=lambda path: path,
        theme=theme,
        areas=AREAS[:6],
        now=NOW,
        query=query,
    )


def draw(name: str, locale: str, theme: str, **more: Any) -> str:
    """The demo page `name`; forms are shown as after a refusal when `errors` are given."""
    template = f"{name}.html"
    return render(template, {**data(locale), **more}, page(locale, theme, name, {"status": "approved", "lang": locale}))


REFUSED = {
    "errors": {"ends": "结束时间须晚于开始时间。", "visitors.1.phone": "手机号有误。"},
    "values": {"starts": "2026-03-05T09:00", "ends": "2026-03-05T08:00", "visitors.0.name": "李娜",
               "visitors.1.name": "赵敏", "visitors.1.phone": "123", "purpose": "方案评审", "idempotency_key": "kept"},
}  # fmt: skip


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = dict(parse_qsl(parts.query))
        if parts.path == "/favicon.ico":
            return self.send_error(404)
        if parts.path == "/approvals/count":
            return self._send(b'<span class="count">3</span>', "text/html; charset=utf-8")
        folder, name = parts.path.strip("/").split("/")
        if folder == "static":
            file = asset(name)
            return self._send(file.content, file.content_type) if file else self.send_error(404)
        more = REFUSED if query.get("refused") else {}
        body = draw(name, query["lang"], query["theme"], **more)
        return self._send(body.encode(), "text/html; charset=utf-8")

    def _send(self, content: bytes, content_type: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Security-Policy", csp())
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: Any) -> None:
        return None


@contextmanager
def serving() -> Iterator[str]:
    """The demo server's origin, while it runs."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
