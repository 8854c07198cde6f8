"""The gate: its page, scans, and the lists of the day."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, StringConstraints

from chalicelib.domain.gate import Offer, Result
from chalicelib.domain.sites import Gate, Site, localised
from chalicelib.gateways.signer import public_key, verify
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.fields import Answered, Cursor, Id, Line, Name, Strict
from chalicelib.handlers.gate.area import area
from chalicelib.services import gate
from chalicelib.services.call import Answer, Call
from chalicelib.services.gate.lists import Shown

GateName = Annotated[str, StringConstraints(strip_whitespace=True, max_length=130)]
Nonce = Annotated[str, StringConstraints(pattern=r"^[!-~]{1,100}$")]


class PostQuery(Strict):
    """Which gate ("SITE/GATE") the page is for; `choose` shows the choice again."""

    gate: GateName = ""
    choose: bool = False
    lang: str | None = Field(default=None, max_length=10)


class ScanForm(Strict):
    """A scan. `code`: a QR's text, a reservation number, or the last four digits of the visitor's phone.

    `gate` is "SITE/GATE", or GATE of `site` (else of the guard's own). `nonce` makes sending again safe; `at` is for
    scans made without network, up to a day ago: those that let nobody through are kept for reception. `reason` says why
    there was no code, where the guard chose the visitor from a list.
    """

    code: Annotated[str, StringConstraints(min_length=1, max_length=1000)]
    gate: GateName
    site: Id | None = None
    nonce: Nonce | None = None
    at: AwareDatetime | None = None
    direction: Literal["in", "out"] = "in"
    reason: Line = ""


class ScannedVisitor(Answered):
    """Who stands at the gate."""

    name: str
    company: str
    reservation: str


class ScannedVisit(Answered):
    """Whom they visit; the gate lets them in from `opens` to `ends`."""

    id: str
    number: str
    host: str
    host_phone: str
    purpose: str
    opens: AwareDatetime
    starts: AwareDatetime
    ends: AwareDatetime
    rules: str
    rules_accepted: bool


class PassageRef(Answered):
    """Whose passage of which day it was, to undo it by."""

    visit: str
    no: int
    day: date


class ScanAnswer(Answered):
    """What the gate answers; a refusal is an answer, too. `message` is for the guard, in their language.

    `issue` is what was kept for reception of a scan made without network.
    """

    result: Result
    message: str
    visitor: ScannedVisitor | None
    visit: ScannedVisit | None
    on_site: bool
    offers: list[Offer]
    candidates: list[ScannedVisitor]
    right_site: str | None
    passage: PassageRef | None
    issue: str | None
    watched: bool
    direction: Literal["in", "out"]
    at: AwareDatetime
    gate: str
    site: str
    time_zone: str


class GateAction(Strict):
    """Take back the last passage of a visitor on a day, within five minutes: a guard's mistake."""

    action: Literal["undo"]
    gate: GateName
    visit: Id
    no: int = Field(ge=1, le=999)
    day: date
    reason: Name


class GateActed(Answered):
    """What was done."""

    result: Literal["undone"]
    name: str
    status: str
    version: int


class SiteQuery(Strict):
    """Which site, the person's own by default, and a part of a name or number to look for."""

    site: Id | None = None
    q: Annotated[str, StringConstraints(max_length=80)] = ""
    lang: str | None = Field(default=None, max_length=10)


class DayQuery(SiteQuery):
    """Which day (the site's own date, today by default) and which of its visitors."""

    day: date | None = None
    status: Shown = "expected"
    cursor: Cursor | None = None


@area.endpoint("GET", "/gate", action="gate:view", query=PostQuery, page="gate.html", policy="gate")
def show_gate(call: Call, query: PostQuery) -> dict[str, Any]:
    """The guard's page for one gate, or the choice of the gate."""
    return _post(call, "" if query.choose else query.gate) | {"choosing": query.choose}


@area.endpoint(
    "POST",
    "/gate/scans",
    action="gate:scan",
    body=ScanForm,
    answer=ScanAnswer,
    page="gate_result.html",
    refill=lambda call, typed: _nothing_scanned(call, typed),
    policy="gate",
)
def scan(call: Call, form: ScanForm) -> Answer:
    """Let a visitor in or out, or say why not."""
    asked = gate.Asked(form.code, form.gate, form.site, form.nonce or "", form.at, form.direction, form.reason)
    return gate.scan(call, asked, verify, lambda answer: _sentence(call, answer))


@area.endpoint("POST", "/gate/actions", action="gate:scan", body=GateAction, answer=GateActed)
def act(call: Call, form: GateAction) -> Answer:
    """Undo a passage: the visitor is where they were, and both stay on record."""
    return gate.take_back(call, form.gate, gate.Mistake(form.visit, form.no, form.day, form.reason))


@area.endpoint("GET", "/gate/expected", action="gate:view", query=DayQuery)
def list_expected(call: Call, query: DayQuery) -> dict[str, Any]:
    """Visitors expected at a site on a day; with `status`, also those inside, gone, or all."""
    return gate.expected(call, query.site, query.day, query.status, query.q, query.cursor)


@area.endpoint("GET", "/gate/onsite", action="gate:view", query=SiteQuery, page="onsite.html")
def list_on_site(call: Call, query: SiteQuery) -> Reply:
    """Visitors who are inside a site now."""
    listing = gate.on_site(call, query.site, query.q)
    return Reply(listing | {"sites": [_site(site, call.locale) for site in gate.sites_of(call)]})


@area.endpoint("GET", "/gate/evacuation", action="gate:view", query=SiteQuery, page="evacuation.html")
def list_for_evacuation(call: Call, query: SiteQuery) -> dict[str, Any]:
    """Everybody who is inside and must be accounted for now, to print."""
    return gate.evacuation(call, query.site)


def _post(call: Call, chosen: str) -> dict[str, Any]:
    known, place = gate.post(call, chosen)
    sites = [_site(site, call.locale) for site in known]
    here = _place(*place, call.locale) | {"key": public_key()} if place else None
    return {"sites": sites, "place": here}


def _site(site: Site, locale: str) -> dict[str, Any]:
    gates = [{"id": each.id, "name": localised(each.name, locale)} for each in site.gates]
    return {"id": site.id, "name": localised(site.name, locale), "time_zone": site.time_zone, "gates": gates}


def _place(site: Site, at: Gate, locale: str) -> dict[str, Any]:
    return {
        "site": site.id,
        "site_name": localised(site.name, locale),
        "gate": f"{site.id}/{at.id}",
        "gate_name": localised(at.name, locale),
        "direction": at.direction,
        "time_zone": site.time_zone,
    }


def _nothing_scanned(call: Call, typed: dict[str, str]) -> dict[str, Any]:
    """The result's page without a result, for a scan that could not be read."""
    known, _ = gate.post(call, typed.get("gate", ""))
    empty: dict[str, Any] = dict.fromkeys(ScanAnswer.model_fields)
    return empty | {"time_zone": known[0].time_zone, "gate": typed.get("gate", "").rpartition("/")[2]}


def _sentence(call: Call, answer: Answer) -> str:
    """The answer in words, with the times as the site's clocks show them."""
    from chalicelib.web.messages import message
    from chalicelib.web.times import datetime_

    visitor, visit = answer["visitor"] or {}, answer["visit"] or {}
    params = {"name": visitor.get("name", ""), "site": answer["right_site"] or ""}
    for name in ("opens", "ends"):
        if name in visit:
            params[name] = datetime_(visit[name], call.locale, answer["time_zone"], call.now)
    return message("gate_watched" if answer["watched"] else f"gate_{answer['result']}", params, call.locale)
