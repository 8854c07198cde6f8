"""The one test client: sends API Gateway's events to the application and reads its answers."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from chalice.app import Chalice

PAGE = "text/html,application/xhtml+xml"
FORM = "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Answer:
    """What came back; header names are in small letters."""

    status: int
    headers: Mapping[str, str]
    set_cookies: list[str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Client:
    """A program with a Bearer token, or a browser that keeps cookies."""

    app: Chalice
    token: str = ""
    stage: str = ""
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **options: Any) -> Answer:
        """GET as a program."""
        return self.send("GET", path, **options)

    def page(self, path: str, **options: Any) -> Answer:
        """GET as a browser."""
        return self.send("GET", path, headers={"Accept": PAGE} | options.pop("headers", {}), **options)

    def post(self, path: str, body: Any = None, key: str = "", **options: Any) -> Answer:
        """POST JSON."""
        headers = {"Content-Type": "application/json"} | options.pop("headers", {})
        headers |= {"Idempotency-Key": key} if key else {}
        content = body if isinstance(body, bytes) else json.dumps({} if body is None else body).encode()
        return self.send("POST", path, content, headers=headers, **options)

    def submit(self, path: str, fields: Mapping[str, str], **options: Any) -> Answer:
        """POST a browser's form, with its CSRF token unless the fields hold one."""
        headers = {"Content-Type": FORM, "Accept": PAGE, "Sec-Fetch-Site": "same-origin"}
        headers |= options.pop("headers", {})
        everything = {"csrf": self.cookies.get("csrf", "")} | dict(fields)
        return self.send("POST", path, urlencode(everything).encode(), headers=headers, **options)

    def send(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
        """Any request; keeps the cookies that come back."""
        raw = json.loads(json.dumps(self.app(self._event(method, path, body, dict(headers or {})), None)))  # as Lambda
        answer = _answer(raw)
        for text in answer.set_cookies:
            for name, morsel in SimpleCookie(text).items():
                self.cookies[name] = morsel.value
                if morsel["max-age"] == "0":
                    del self.cookies[name]
        return answer

    def _event(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> dict[str, Any]:
        parts = urlsplit(path)
        resource, parameters = self._route(method, parts.path)
        headers = {"Host": "atrium.example", "Accept": "application/json"} | headers
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        elif self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        prefix = f"/{self.stage}" if self.stage else ""
        return {
            "requestContext": {
                "resourcePath": resource,
                "httpMethod": method,
                "path": prefix + parts.path,
                "stage": self.stage or "api",
                "requestId": "11111111-2222-3333-4444-555555555555",
                "identity": {"sourceIp": "192.0.2.7"},
            },
            "headers": headers,
            "pathParameters": parameters,
            "multiValueQueryStringParameters": parse_qs(parts.query, keep_blank_values=True) or None,
            "body": base64.b64encode(body).decode() if body else None,
            "isBase64Encoded": True,
            "stageVariables": None,
        }

    def _route(self, method: str, path: str) -> tuple[str, dict[str, str] | None]:
        """The gateway's choice: the closest path that takes the method, otherwise the greedy one."""
        for resource in sorted(self.app.routes):  # literal segments sort before parameters
            match = _pattern(resource).fullmatch(path)
            if match and (method in self.app.routes[resource] or path == "/"):
                return resource, match.groupdict() or None
            if match:
                break
        return "/{proxy+}", {"proxy": path.removeprefix("/")}


@cache
def _pattern(resource: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{(\w+)\\}", r"(?P<\1>[^/]+)", re.escape(resource)))


def _answer(raw: Mapping[str, Any]) -> Answer:
    several = raw.get("multiValueHeaders", {})
    body = raw["body"]
    content = base64.b64decode(body) if raw.get("isBase64Encoded") else str(body).encode()
    headers = {name.lower(): value for name, value in raw["headers"].items()}
    return Answer(raw["statusCode"], headers, list(several.get("Set-Cookie", [])), content)
