"""The one table from refusals to HTTP, and RFC 9457 bodies made from it."""

from __future__ import annotations

from typing import Any

from chalicelib.domain.errors import (
    Conflict,
    Contention,
    DomainError,
    Forbidden,
    Invalid,
    Malformed,
    NotFound,
    Stale,
    TooMany,
    Unauthenticated,
)
from chalicelib.handlers.incoming import TooLarge, WrongType


class WrongMethod(DomainError):
    """The path is there, but not for this method; `allow` names those that it takes."""

    code = "method_not_allowed"


class Failed(DomainError):
    """Something broke that nobody foresaw; the log has it under the request's id."""

    code = "internal_error"


STATUS: dict[type[DomainError], int] = {
    TooLarge: 413,
    WrongType: 415,
    Malformed: 400,
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    WrongMethod: 405,
    Conflict: 409,
    Contention: 409,
    Stale: 412,
    Invalid: 422,
    TooMany: 429,
    Failed: 500,
}


def status_of(error: DomainError) -> int:
    """The HTTP status of a refusal, by the nearest class in the table."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def problem(error: DomainError, request_id: str, locale: str) -> dict[str, Any]:
    """The RFC 9457 body: a stable code, a localised title, and each wrong field with its path."""
    from chalicelib.web.messages import message

    body: dict[str, Any] = {
        "type": f"/docs#{error.code}",
        "title": message(error.code, error.params, locale),
        "status": status_of(error),
        "code": error.code,
        "request_id": request_id,
    }
    if isinstance(error, Conflict) and error.state:
        body["state"] = error.state
    if isinstance(error, Invalid):
        body["errors"] = [
            {"path": wrong.path, "code": wrong.code, "message": message(wrong.code, dict(wrong.params), locale)}
            for wrong in error.fields
        ]
    return body | {name: value for name, value in error.params.items() if name not in body}
