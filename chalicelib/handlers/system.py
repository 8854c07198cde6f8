"""What belongs to no area: health, static files, the description of the interface."""

from __future__ import annotations

from typing import Any

from chalicelib.domain.errors import NotFound
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.endpoint import Area, Public
from chalicelib.services.call import Call

area = Area(__name__)

NOTHING_PRIVATE = Public("says nothing about anybody")


@area.endpoint("GET", "/health", action=NOTHING_PRIVATE)
def health(call: Call) -> dict[str, str]:
    """Whether the function answers."""
    call.permit_public(NOTHING_PRIVATE.reason)
    return {"status": "ok"}


@area.endpoint("GET", "/static/{name}", action=NOTHING_PRIVATE, content="*/*")
def static(call: Call, name: str) -> Reply:
    """A style, script or picture of the pages."""
    from chalicelib.web.assets import asset

    call.permit_public(NOTHING_PRIVATE.reason)
    found = asset(name)
    if found is None:
        raise NotFound
    headers = {"ETag": found.etag, "Cache-Control": found.cache, "Cross-Origin-Resource-Policy": "same-origin"}
    return Reply(content=found.content, content_type=found.content_type, headers=headers | dict(found.headers))


@area.endpoint("GET", "/openapi.json", action=NOTHING_PRIVATE)
def openapi(call: Call) -> dict[str, Any]:
    """The description of this interface (OpenAPI 3.1)."""
    from chalicelib.handlers.openapi import document

    call.permit_public(NOTHING_PRIVATE.reason)
    return document()


@area.endpoint("GET", "/docs", action=NOTHING_PRIVATE, page="docs.html")
def docs(call: Call) -> dict[str, str]:
    """The documentation of this interface, to read and to try."""
    call.permit_public(NOTHING_PRIVATE.reason)
    return {"openapi": "/openapi.json"}
