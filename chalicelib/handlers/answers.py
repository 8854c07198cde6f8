"""How a result leaves: JSON or page, headers of security and caching, refusals in the caller's language."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from chalice.app import Response
from pydantic_core import to_jsonable_python

from chalicelib.domain.errors import DomainError, Invalid
from chalicelib.handlers.nesting import without_gaps
from chalicelib.handlers.problems import problem, status_of
from chalicelib.settings import settings

if TYPE_CHECKING:
    from chalicelib.handlers.callers import Caller
    from chalicelib.handlers.endpoint import Endpoint
    from chalicelib.handlers.incoming import Incoming

SECURITY = {
    "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NO_SCRIPTS = "default-src 'none'; frame-ancestors 'none'"


@dataclass(frozen=True)
class Reply:
    """What a handler answers.

    `data` becomes JSON or fills the page; `location` is where a browser goes after a form; `version` becomes the
    ETag; `content` and `content_type` replace both for pictures and files; `cookies` are Set-Cookie values
    for browsers (a program gets none).
    """

    data: Any = None
    status: int = 200
    location: str | None = None
    version: int | None = None
    content: bytes | None = None
    content_type: str = "application/octet-stream"
    cookies: tuple[str, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    page: str | None = None


class Encoded(Response):
    """A response whose body travels through the gateway as base64 whatever the Accept header says."""

    def to_dict(self, binary_types: list[str] | None = None) -> dict[str, Any]:
        """The gateway's proxy answer."""
        single, multiple = self._sort_headers(self.headers)
        body = base64.b64encode(self.body).decode("ascii")
        answer = {"statusCode": self.status_code, "body": body, "isBase64Encoded": True}
        return answer | {"headers": single, "multiValueHeaders": multiple}


def respond(spec: Endpoint, incoming: Incoming, caller: Caller, reply: Reply) -> Response:
    """The response to a request that went well."""
    cookies = caller.cookies + (reply.cookies if incoming.wants_page or caller.by_cookie else ())
    if reply.content is not None:
        return _send(reply.status, reply.content, reply.content_type, reply.headers, cookies, caller)
    if incoming.wants_page and reply.location and incoming.method != "GET":
        headers = {"Location": incoming.prefix + reply.location}
        return _send(303, b"", "text/plain", headers, cookies, caller)
    headers = _headers_of(incoming, reply)
    template = reply.page or spec.page
    if incoming.wants_page and template:
        body = _render(spec, template, incoming, caller, as_data(reply.data), {}, {})
        return _send(reply.status, body, "text/html; charset=utf-8", headers | _csp(spec.policy), cookies, caller)
    return _send(reply.status, _json(reply.data), "application/json", headers, cookies, caller)


def _headers_of(incoming: Incoming, reply: Reply) -> dict[str, str]:
    headers = dict(reply.headers)
    if reply.location:
        headers["Location"] = incoming.prefix + reply.location
    if reply.version is not None:
        headers["ETag"] = f'"{reply.version}"'
    cursor = reply.data.get("next") if isinstance(reply.data, dict) else None
    if cursor:
        filters = {name: value for name, value in incoming.query.items() if name != "cursor"} | {"cursor": cursor}
        query = "&".join(f"{quote(name)}={quote(str(value))}" for name, value in filters.items())
        headers["Link"] = f'<{incoming.prefix}{incoming.path}?{query}>; rel="next"'
    return headers


def refusal(incoming: Incoming, caller: Caller, error: DomainError) -> Response:
    """A problem+json for programs."""
    body = _json(problem(error, caller.request_id, caller.locale))
    return _send(status_of(error), body, "application/problem+json", _told_in(error), caller.cookies, caller)


def _told_in(error: DomainError) -> dict[str, str]:
    """What HTTP wants to hear of a refusal in headers."""
    return {header: error.params[name] for name, header in _HEADERS.items() if name in error.params}


_HEADERS = {"retry_after": "Retry-After", "allow": "Allow"}


def refusal_page(incoming: Incoming, caller: Caller, error: DomainError) -> Response:
    """A page for people: what happened, what it means, what to do."""
    data = {"problem": problem(error, caller.request_id, caller.locale)}
    body = _render(None, "error.html", incoming, caller, data, {}, {})
    headers = _told_in(error) | _csp("page")
    return _send(status_of(error), body, "text/html; charset=utf-8", headers, caller.cookies, caller)


def page_again(spec: Endpoint, incoming: Incoming, caller: Caller, data: Any, error: DomainError) -> Response:
    """The same form with everything that was typed and every error by its field."""
    said = problem(error, caller.request_id, caller.locale)
    errors = {wrong["path"]: wrong["message"] for wrong in said.get("errors", [])}
    if not isinstance(error, Invalid):
        errors[""] = said["title"]
    body = _render(
        spec, spec.page or "error.html", incoming, caller, as_data(data), errors, without_gaps(incoming.typed)
    )
    headers = _csp(spec.policy)
    return _send(status_of(error), body, "text/html; charset=utf-8", headers, caller.cookies, caller)


def to_sign_in(incoming: Incoming) -> Response:
    """Send a browser without a session to the sign-in page, remembering where it wanted to go."""
    wanted = incoming.path if incoming.method == "GET" else "/"
    location = f"{incoming.prefix}/sign-in?next={quote(wanted, safe='')}"
    headers: dict[str, Any] = {"Location": location, "Cache-Control": "no-store"}
    return Encoded(b"", headers | SECURITY, 303)


def as_data(value: Any) -> Any:
    """A handler's data for a template: values keep their types, only the outside is a mapping."""
    return value if isinstance(value, Mapping) else to_jsonable_python(value)


def _json(value: Any) -> bytes:
    return json.dumps(to_jsonable_python(value), ensure_ascii=False, separators=(",", ":")).encode()


def _csp(policy: str) -> dict[str, str]:
    from chalicelib.web.assets import csp

    return {"Content-Security-Policy": csp(policy, settings().files_origin)}


def _render(
    spec: Endpoint | None,
    template: str,
    incoming: Incoming,
    caller: Caller,
    data: Any,
    errors: Mapping[str, str],
    values: Mapping[str, str],
) -> bytes:
    from chalicelib.handlers.pages import page_of
    from chalicelib.web.render import render

    context = {**data, "errors": errors} | ({"values": values} if values else {})
    page = page_of(incoming, caller)
    if "time_zone" in data:  # what happens at a place is told in the time of the place
        page = replace(page, time_zone=data["time_zone"])
    return render(template, context, page).encode()


def _send(
    status: int, body: bytes, content_type: str, headers: Mapping[str, str], cookies: tuple[str, ...], caller: Caller
) -> Response:
    everything: dict[str, Any] = {"Cache-Control": "no-store", "Content-Security-Policy": NO_SCRIPTS}
    everything |= SECURITY | {"Content-Type": content_type, "X-Request-Id": caller.request_id} | dict(headers)
    everything |= {"Vary": "Accept, Accept-Language, Cookie", "Content-Language": caller.locale}
    if cookies:
        everything["Set-Cookie"] = list(cookies)
    return Encoded(body, everything, status)
