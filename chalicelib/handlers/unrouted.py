"""What no route answers: paths that are not there, methods that a path does not take, and failures of our own.

API Gateway sends every path to the application (`/{proxy+}` in infra/resources.yaml), so that all of these are told
by the one table, in the caller's language, as a problem or as a page.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from chalice.app import Request, Response

from chalicelib.domain.errors import DomainError, NotFound
from chalicelib.handlers import answers, callers
from chalicelib.handlers.endpoint import ENDPOINTS
from chalicelib.handlers.incoming import Incoming
from chalicelib.handlers.problems import Failed, WrongMethod

log = logging.getLogger("atrium")


def answer(request: Request, get_response: Callable[[Request], Response]) -> Response:
    """Middleware: the route's answer, or a refusal in its place where Chalice would give a body of its own."""
    incoming = Incoming(request)
    if not any((spec.method, spec.path) == (incoming.method, request.path) for spec in ENDPOINTS):
        return _refusal(incoming, _unrouted(incoming))
    response = get_response(request)
    if isinstance(response, answers.Encoded):
        return response
    # Chalice caught what nobody foresaw, and logged it without the number that the person is told.
    log.error("request %s failed: %s %s", request.context.get("requestId"), incoming.method, request.path)
    return _refusal(incoming, Failed())


def _unrouted(incoming: Incoming) -> DomainError:
    """Why there is no route; of several that match, the gateway takes the one with literal segments."""
    methods: dict[str, list[str]] = {}
    for spec in ENDPOINTS:
        if re.fullmatch(re.sub(r"{\w+}", "[^/]+", spec.path), incoming.path):
            methods.setdefault(spec.path, []).append(spec.method)
    return WrongMethod(allow=", ".join(sorted(methods[min(methods)]))) if methods else NotFound()


def _refusal(incoming: Incoming, error: DomainError) -> Response:
    """To whoever asks: looking for the person could fail as what is told here did."""
    refuse = answers.refusal_page if incoming.wants_page else answers.refusal
    return refuse(incoming, callers.anonymous(incoming), error)
