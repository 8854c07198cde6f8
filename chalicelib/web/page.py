"""What every page is told about the person who reads it and the place where they are."""

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from chalicelib.web.i18n import N_


class Reader(Protocol):
    """The signed-in person, as far as a page shows them."""

    @property
    def name(self) -> str:
        """As people write it; a Chinese name has no space."""
        ...

    @property
    def roles(self) -> frozenset[str]:
        """What they do here."""
        ...


@dataclass(frozen=True)
class Area:
    """A part of the product in the navigation. `label` is an English msgid; `path` is the page that it opens with.

    It is for those for whom `asks` opens, a page of it, where that is not everybody for whom `path` does. `group` is
    the heading under which it stands, "" for what everybody works with every day.
    """

    key: str
    label: str
    icon: str
    path: str
    asks: str = ""
    group: str = ""


INBOX_MINUTES = (1, 2, 5, 10)
"""How long a page that is looked at waits before it asks again what waits in the inbox; the last for ever after."""

GATE, SPENDING, FINANCE = N_("At the gate"), N_("What I spend"), N_("Finance")
RECEPTION, ADMINISTRATION = N_("Reception"), N_("Administration")

AREAS = (
    Area("home", N_("Home"), "house", "/"),
    Area("visits", N_("Visits"), "calendar-days", "/visits"),
    Area("requests", N_("Requests"), "send", "/requests"),
    Area("approvals", N_("Approvals"), "inbox", "/approvals"),
    Area("gate", N_("Gate"), "scan-line", "/gate", group=GATE),
    Area("onsite", N_("On site"), "map-pin", "/gate/onsite", group=GATE),
    Area("watchlist", N_("Watch list"), "user-x", "/watchlist", group=GATE),
    Area("claims", N_("Claims"), "receipt-text", "/claims", group=SPENDING),
    Area("received", N_("Received invoices"), "receipt-text", "/received", group=SPENDING),
    Area("applications", N_("Budget applications"), "file-text", "/applications", group=SPENDING),
    Area("advances", N_("Advances"), "hand-coins", "/advances", group=SPENDING),
    Area("allowances", N_("What I may spend"), "book-open", "/spending-rules/mine", group=SPENDING),
    Area("budgets", N_("Budgets"), "chart-column", "/budgets", group=FINANCE),
    Area("payments", N_("Payments"), "send", "/payments", group=FINANCE),
    Area("reports", N_("Reports"), "chart-column", "/reports", group=FINANCE),
    Area("finance_exports", N_("Finance's export"), "upload", "/finance-exports", group=FINANCE),
    Area("spending_rules", N_("Spending rules"), "shield-check", "/spending-rules", group=FINANCE),
    Area("expense-categories", N_("Expense categories"), "list", "/expense-categories", group=FINANCE),
    Area("rates", N_("Exchange rates"), "refresh-cw", "/rates", group=FINANCE),
    Area("ledger", N_("Ledger"), "chart-column", "/ledger/visits", group=RECEPTION),
    Area("standards", N_("Reception standards"), "book-open", "/standards", group=RECEPTION),
    Area("people", N_("People"), "users", "/people", group=ADMINISTRATION),
    Area("roles", N_("Roles"), "shield-check", "/roles", group=ADMINISTRATION),
    Area("calendar", N_("Office calendar"), "calendar-days", "/calendar", group=ADMINISTRATION),
    Area("processes", N_("Processes"), "settings-2", "/processes", asks="/processes/new", group=ADMINISTRATION),
    Area("sites", N_("Sites"), "building-2", "/sites", group=ADMINISTRATION),
    Area("webhooks", N_("Webhooks and robots"), "send", "/webhooks", group=ADMINISTRATION),
    Area("privacy", N_("Visitors' data"), "user-x", "/privacy", group=ADMINISTRATION),
    Area("retention", N_("Retention of visitors' data"), "clock", "/retention", group=ADMINISTRATION),
    Area("audit", N_("Audit"), "list", "/audit", group=ADMINISTRATION),
)


def areas_for(opens: Callable[[str], bool]) -> tuple[Area, ...]:
    """The areas whose page, by its path, `opens` for the reader."""
    return tuple(area for area in AREAS if opens(area.asks or area.path))


@dataclass(frozen=True)
class Page:
    """One rendering: `path` is the route without stage, `query` the URL's parameters, `theme` is auto, light or
    dark, `now` is UTC.

    `time_zone` is the one in which times are told: the reader's, on the page of a place that place's. `reader_zone` is
    the reader's in either case, empty where nobody knows it.
    """

    locale: str
    path: str
    person: Reader | None
    csrf: str
    url_for: Callable[[str], str]
    nonce: str | None = None
    theme: str = "auto"
    areas: tuple[Area, ...] = ()
    time_zone: str = "Asia/Shanghai"
    reader_zone: str = ""
    now: datetime | None = None
    query: Mapping[str, str] = field(default_factory=dict)

    @property
    def current_area(self) -> str:
        """Key of the area that `path` belongs to: the one with the longest matching path, or nothing."""
        matching = [area for area in self.areas if _covers(area.path, self.path)]
        return max(matching, key=lambda area: len(area.path)).key if matching else ""


def _covers(area_path: str, path: str) -> bool:
    return path == area_path or (area_path != "/" and path.startswith(area_path + "/"))


def initials(name: str) -> str:
    """Two characters for a face: the given name of a Chinese name, the first letters of any other."""
    letters = name.strip()
    if letters and unicodedata.name(letters[0], "").startswith("CJK"):
        return letters[-2:]
    return "".join(word[0] for word in letters.split()[:2]).upper()
