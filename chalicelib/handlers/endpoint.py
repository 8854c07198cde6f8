"""The one decorator of every route: authenticate, authorise, parse, call, answer, refuse by one table."""

from __future__ import annotations

import functools
import inspect
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chalice.app import Blueprint, Response
from pydantic import BaseModel

from chalicelib.domain.errors import Contention, DomainError, Forbidden, Unauthenticated
from chalicelib.handlers import answers, callers, sheets
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.incoming import BODY_LIMIT, Incoming, parse
from chalicelib.services.call import Call
from chalicelib.services.exports import Sheet

ATTEMPTS = 6
"""How often a command is decided anew when somebody else wrote first."""


@dataclass(frozen=True)
class Public:
    """Marks a route that needs no sign-in, with the reason why nothing is given away."""

    reason: str


@dataclass(frozen=True)
class Endpoint:
    """One route: what it needs, what it takes, what it answers. The documentation is made from these.

    `content` is the type of what is answered in place of JSON. `upload` is how many bytes of a file it takes in place
    of a document.
    """

    method: str
    path: str
    action: str | Public
    handler: Callable[..., Any]
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    answer: type[BaseModel] | None = None
    status: int = 200
    page: str | None = None
    refill: Callable[..., Any] | None = None
    refill_typed: bool = False
    policy: str = "page"
    sheet: Sheet | None = None
    content: str = ""
    upload: int = 0

    @property
    def summary(self) -> str:
        """The first line of the handler's docstring."""
        return (self.handler.__doc__ or "").strip().splitlines()[0]


ENDPOINTS: list[Endpoint] = []
"""Every route of the product, in the order of registration."""


class Area(Blueprint):
    """The routes of one area."""

    def endpoint(self, method: str, path: str, **options: Any) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Register the decorated handler as a route.

        The handler gets a Call, the path's parameters by name, `form` (of the type `body`), `file` (the body of an
        upload, as bytes) and `query`, and returns a Reply, or data for one. `page` is the template for browsers. When
        a browser's form is refused, the page is made again from `refill(call, **path)` with what was typed and the
        errors by the field (a refill with a parameter `typed` gets what was typed, too). A list with a `sheet` (its
        query is a ListQuery) can be had as a file.
        """

        def register(handler: Callable[..., Any]) -> Callable[..., Any]:
            refill = options.get("refill")
            typed = refill is not None and "typed" in inspect.signature(refill).parameters
            spec = Endpoint(method, path, handler=handler, refill_typed=typed, **options)
            ENDPOINTS.append(spec)

            @functools.wraps(handler)
            def view(**parameters: str) -> Response:
                return serve(spec, Incoming(self.current_request, spec.upload or BODY_LIMIT), parameters)

            self.route(path, methods=[method], name=f"{method} {path}", content_types=["*/*"])(view)
            return handler

        return register


def serve(spec: Endpoint, incoming: Incoming, parameters: dict[str, str]) -> Response:
    """Answer one request; every refusal of the domain becomes a problem or a page, nothing else is caught."""
    caller = callers.anonymous(incoming)
    try:
        caller = callers.identify(incoming, needed=not isinstance(spec.action, Public))
        reply = _attempt(spec, incoming, caller, parameters)
        return answers.respond(spec, incoming, caller, reply)
    except DomainError as error:
        return _refuse(spec, incoming, caller, parameters, error)


def _attempt(spec: Endpoint, incoming: Incoming, caller: callers.Caller, parameters: dict[str, str]) -> Reply:
    arguments = _arguments(spec, incoming)
    for attempt in range(1, ATTEMPTS + 1):
        call = callers.call_of(incoming, caller, fresh=attempt > 1)
        try:
            reply = _decide(spec, call, parameters, arguments)
            callers.confirm(call)
            return reply
        except Contention:
            if attempt == ATTEMPTS:
                raise
            time.sleep(random.uniform(0.01, 0.03) * 2**attempt)  # noqa: S311 - spreads writers, guards nothing
    raise Contention


def _arguments(spec: Endpoint, incoming: Incoming) -> dict[str, Any]:
    arguments: dict[str, Any] = {}
    if spec.query:
        arguments["query"] = parse(spec.query, incoming.query)
    if spec.upload:
        arguments["file"] = incoming.raw
    if spec.body:
        document = incoming.document()
        if incoming.is_form:
            document = {name: value for name, value in document.items() if name not in _FORM_OWN}
        arguments["form"] = parse(spec.body, document)
    return arguments


_FORM_OWN = ("csrf", "idempotency_key", "version")


def _decide(spec: Endpoint, call: Call, parameters: dict[str, str], arguments: dict[str, Any]) -> Reply:
    try:
        if spec.sheet and arguments["query"].format:
            result: Any = sheets.reply(spec.sheet, call, arguments["query"])
        else:
            result = spec.handler(call, **parameters, **arguments)
    except DomainError:
        first = call.first_answer()
        if first is None:
            raise
        return _reply(spec, first)
    if not call.permitted:
        raise Forbidden  # a handler that asked no policy answers nobody
    return result if isinstance(result, Reply) else _reply(spec, result)


def _reply(spec: Endpoint, data: Any) -> Reply:
    """`location` and `version` in the data become headers, alike for a first answer and for its repetition."""
    known = data if isinstance(data, dict) else {}
    return Reply(data, status=spec.status, location=known.get("location"), version=known.get("version"))


def _refuse(
    spec: Endpoint, incoming: Incoming, caller: callers.Caller, parameters: dict[str, str], error: DomainError
) -> Response:
    if not incoming.wants_page:
        return answers.refusal(incoming, caller, error)
    if isinstance(error, Unauthenticated) and not isinstance(spec.action, Public):
        return answers.to_sign_in(incoming)
    if isinstance(error, sheets.TooLong):
        return answers.respond(spec, incoming, caller, Reply(error.offer, page="export_offer.html"))
    if spec.refill and spec.page and incoming.is_form:
        try:
            typed = {"typed": incoming.typed} if spec.refill_typed else {}
            data = spec.refill(callers.call_of(incoming, caller, fresh=True), **parameters, **typed)
        except DomainError as deeper:
            return answers.refusal_page(incoming, caller, deeper)
        return answers.page_again(spec, incoming, caller, data, error)
    return answers.refusal_page(incoming, caller, error)
