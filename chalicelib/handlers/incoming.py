"""What a request says, read once: hostile until checked."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl

from chalice.app import Request
from pydantic import BaseModel, ValidationError

from chalicelib.domain.errors import FieldError, Invalid, Malformed
from chalicelib.handlers.nesting import nested

BODY_LIMIT = 512 * 1024
FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
_KEY = re.compile(r"[!-~]{1,200}")
_ROWS_LIMIT = 1000


class TooLarge(Malformed):
    """The body is longer than it may be: BODY_LIMIT bytes, for a file what its route takes."""

    code = "body_too_large"


class WrongType(Malformed):
    """The body is neither JSON nor a form."""

    code = "unsupported_media_type"


@dataclass(frozen=True)
class Incoming:
    """One HTTP request. `path` is the real path below the stage; `prefix` is the stage's part before it.

    `limit` is how many bytes its body may have.
    """

    request: Request
    limit: int = BODY_LIMIT

    @cached_property
    def method(self) -> str:
        """GET, POST and so on, in capitals."""
        return str(self.request.method)

    @cached_property
    def path(self) -> str:
        """The path below the stage, with its parameters filled in."""
        parameters = self.request.uri_params or {}
        return re.sub(r"\{(\w+)\+?\}", lambda name: parameters[name[1]], str(self.request.path))

    @cached_property
    def prefix(self) -> str:
        """ "" behind a custom domain, "/STAGE" behind the gateway's own name."""
        stage = "/" + str(self.request.context.get("stage", ""))
        return stage if str(self.request.context.get("path", "")).startswith(stage + self.path) else ""

    def header(self, name: str) -> str:
        """A header's value, "" where it is missing."""
        return str(self.request.headers.get(name) or "")

    @cached_property
    def cookies(self) -> dict[str, str]:
        """The cookies by name; unreadable ones count as none."""
        jar: SimpleCookie = SimpleCookie()
        try:
            jar.load(self.header("cookie"))
        except CookieError:
            return {}
        return {name: morsel.value for name, morsel in jar.items()}

    @cached_property
    def query(self) -> dict[str, str]:
        """Query parameters; of a repeated one the last counts. Empty ones (an unused filter) are left out."""
        parameters: Mapping[str, Any] = self.request.query_params or {}
        return {name: str(parameters[name]) for name in parameters if parameters[name]}

    @property
    def wants_page(self) -> bool:
        """Whether a browser asks: it accepts HTML, or a part of a page loads in place."""
        return "text/html" in self.header("accept") or self.header("hx-request") == "true"

    @property
    def is_form(self) -> bool:
        """Whether the body is a browser's form."""
        return self.header("content-type").startswith(FORM)

    @cached_property
    def raw(self) -> bytes:
        """The body; raises TooLarge before anything looks at it."""
        body: Any = self.request.raw_body
        content: bytes = body.encode() if isinstance(body, str) else bytes(body or b"")
        if len(content) > self.limit:
            raise TooLarge(limit=str(self.limit // 1024))
        return content

    @cached_property
    def typed(self) -> dict[str, str]:
        """A form's fields as they were typed; empty for other bodies."""
        if not self.is_form:
            return {}
        try:
            return dict(parse_qsl(self.raw.decode(), keep_blank_values=True, max_num_fields=20 * _ROWS_LIMIT))
        except ValueError as error:
            raise Malformed from error

    def document(self) -> Any:
        """The body as nested values; raises Malformed, TooLarge or WrongType."""
        if self.is_form:
            return nested({name: value.strip() for name, value in self.typed.items() if value.strip()})
        if self.raw and not self.header("content-type").startswith(JSON):
            raise WrongType
        try:
            return json.loads(self.raw or b"{}", parse_float=Decimal, parse_constant=_no_number)
        except (ValueError, RecursionError, InvalidOperation) as error:
            raise Malformed from error

    @property
    def key(self) -> str:
        """The Idempotency-Key of the header or the form, "" without one; raises Invalid when it cannot be one."""
        key = self.header("idempotency-key") or self.typed.get("idempotency_key", "")
        if key and not _KEY.fullmatch(key):
            raise Invalid(FieldError("Idempotency-Key", "bad_format"))
        return key

    @property
    def fingerprint(self) -> str:
        """What makes this request this request: method, path and body, without the form's own tokens."""
        body = self.raw
        if self.is_form:
            own = {name: value for name, value in self.typed.items() if name not in ("csrf", "idempotency_key")}
            body = json.dumps(own, sort_keys=True).encode()
        return hashlib.sha256(b"\0".join([self.method.encode(), self.path.encode(), body])).hexdigest()

    @property
    def expected_version(self) -> int | None:
        """The version in If-Match or the form's `version`; None without; raises Invalid when it is no number."""
        text = self.header("if-match").strip('W/" ') or self.typed.get("version", "")
        if not text:
            return None
        if not text.isascii() or not text.isdigit() or len(text) > 12:
            raise Invalid(FieldError("If-Match", "bad_format"))
        return int(text)


def _no_number(name: str) -> Any:
    """JSON has no NaN and no Infinity, though Python reads them."""
    raise ValueError(name)


_CODES = {
    "missing": "required",
    "string_too_short": "required",
    "string_too_long": "too_long",
    "too_long": "too_many_rows",
    "too_short": "too_few_rows",
    "extra_forbidden": "unknown_field",
    "literal_error": "bad_choice",
    "timezone_aware": "needs_time_zone",
    "enum": "bad_choice",
    "greater_than_equal": "too_small",
    "less_than_equal": "too_large",
}


def parse[M: BaseModel](model: type[M], document: Any) -> M:
    """The document as `model`; raises Invalid naming each wrong field by its dotted path, without its value."""
    try:
        return model.model_validate(document)
    except ValidationError as error:
        raise Invalid(*(_field_error(each) for each in error.errors(include_url=False, include_input=False))) from error


def _field_error(error: Any) -> FieldError:
    path = ".".join(str(part) for part in error["loc"]) or "body"
    context = {name: str(value) for name, value in error.get("ctx", {}).items() if name != "error"}
    kind = str(error["type"])
    code = _CODES.get(kind, kind if kind in _OWN_CODES else "bad_format")
    return FieldError(path, code, context)


_OWN_CODES = frozenset(
    {
        *("bad_web_address", "bad_choice", "phone_not_real", "bad_email", "bad_contact"),
        *("needs_time_zone", "unknown_currency"),
    }
)
