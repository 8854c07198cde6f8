"""Which areas the routes belong to, and when an area is imported.

The background functions serve no route, and a request needs the routes of one area. So a process that Lambda starts on
demand imports an area when the first request for it comes. Where somebody prepares the process beforehand (SnapStart)
or looks at all routes (the packager, the local server, tests), all areas are imported at once.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from chalice.app import Chalice, Request, Response

from chalicelib import garbage

if TYPE_CHECKING:
    from chalicelib.handlers.endpoint import Endpoint

AREAS: Mapping[str, tuple[str, ...]] = {
    "health": ("system",),
    "static": ("system",),
    "openapi.json": ("system",),
    "docs": ("system",),
    "session": ("sessions",),
    "sign-in": ("sessions",),
    "": ("home",),
    "visits": ("visits", "estimates", "checklist"),
    "resources": ("visits",),
    "approvals": ("approvals.routes", "home"),
    "i": ("invitations",),
    "gate": ("gate",),
    "watchlist": ("gate",),
    "ledger": ("ledger",),
    "notices": ("notices",),
    "messages": ("notices",),
    "preferences": ("preferences",),
    "webhooks": ("webhooks",),
    "people": ("directory",),
    "departments": ("directory",),
    "roles": ("directory",),
    "calendar": ("directory",),
    "me": ("directory", "bank_accounts"),
    "payments": ("payments",),
    "payment-batches": ("payments",),
    "sites": ("sites",),
    "audit": ("audit.routes",),
    "history": ("audit.routes",),
    "exports": ("exports",),
    "privacy": ("privacy",),
    "retention": ("privacy",),
    "processes": ("processes.routes",),
    "references": ("references",),
    "requests": ("requests.routes",),
    "uploads": ("uploads",),
    "files": ("uploads",),
    "standards": ("standards.routes",),
    "budgets": ("budgets",),
    "finance-exports": ("finance_exports",),
    "reports": ("reports",),
    "spending-rules": ("compliance",),
    "applications": ("applications",),
    "claims": ("claims",),
    "received": ("received",),
    "budget-changes": ("budget_changes.routes",),
    "rates": ("rates",),
    "expense-categories": ("expenses",),
    "advances": ("advances",),
}
"""By the first part of a path: the modules here whose `area` has the routes that begin so."""

MODULES = tuple(dict.fromkeys(name for names in AREAS.values() for name in names))


def every_endpoint() -> Sequence[Endpoint]:
    """Every route of the product."""
    from chalicelib.handlers.endpoint import ENDPOINTS

    _import_all()
    return ENDPOINTS


@cache
def _import_all() -> None:
    garbage.pause()
    for name in MODULES:
        _imported(name)
    garbage.resume()


def serve(app: Chalice) -> None:
    """Let the application answer the requests for all areas."""
    areas = Areas(app)
    app.register_middleware(areas.answer, "http")
    if os.environ.get("AWS_LAMBDA_INITIALIZATION_TYPE") != "on-demand":
        areas.register(MODULES)


class Areas:
    """The areas that an application has registered so far."""

    def __init__(self, app: Chalice) -> None:
        self._app = app
        self._registered: set[str] = set()

    def register(self, names: Sequence[str]) -> None:
        """Import the areas that are not there yet, and register their routes."""
        missing = [name for name in names if name not in self._registered]
        if missing:
            garbage.pause()
            for name in missing:
                self._app.register_blueprint(_imported(name).area)
                self._registered.add(name)
            garbage.resume()

    def answer(self, request: Request, get_response: Callable[[Request], Response]) -> Response:
        """Middleware: the answer of the area that the path names, or what is said where there is no route."""
        from chalicelib.handlers import unrouted
        from chalicelib.handlers.incoming import Incoming

        self.register(AREAS.get(Incoming(request).path.split("/")[1], ()))
        return unrouted.answer(request, get_response)


def _imported(name: str) -> ModuleType:
    return import_module(f"chalicelib.handlers.{name}")
