"""Sites, their gates and what can be booked there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from chalicelib.domain.sites import Facts, GateDirection, Resource, ResourceKind, Site
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.currencies import Currency
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.fields import Answered, Id, Language, Name, Strict, Text
from chalicelib.handlers.zones import TimeZone
from chalicelib.services import sites
from chalicelib.services.call import Call
from chalicelib.services.directory.lists import names

area = Area(__name__)


def _web_address(text: str) -> str:
    if text and not text.startswith(("https://", "http://")):
        raise PydanticCustomError("bad_web_address", "not a web address")
    return text


WebAddress = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), AfterValidator(_web_address)]
type Names = Annotated[dict[Language, Name], Field(min_length=1)]
type Texts = dict[Language, Text]


class SiteForm(Strict):
    """A site's facts; texts by language. Visitors may come `early_minutes` before their visit."""

    name: Names
    address: Texts = Field(default_factory=dict)
    rules: Texts = Field(default_factory=dict)
    time_zone: TimeZone = "Asia/Shanghai"
    map_url: WebAddress = ""
    early_minutes: Annotated[int, Field(ge=0, le=24 * 60)] = 60
    currency: Currency = "CNY"

    def facts(self) -> Facts:
        """The facts as the domain knows them."""
        return Facts(**self.model_dump())


class GateForm(Strict):
    """A gate's name by language, and whether people go only in or only out by it."""

    name: Names
    direction: GateDirection = "both"


class ResourceForm(Strict):
    """A room, equipment or a vehicle; `margin_minutes` stay free before and after each booking.

    `keeper` is the id of the person who looks after it, of a vehicle the driver.
    """

    kind: ResourceKind
    name: Names
    seats: Annotated[int, Field(ge=0, le=10_000)] = 0
    margin_minutes: Annotated[int, Field(ge=0, le=240)] = 0
    keeper: Id | Literal[""] = ""

    def resource(self) -> Resource:
        """What is stated, without an id yet."""
        return Resource(id="", **self.model_dump())


class SiteChanged(Answered):
    """What was made or changed; `gate` or `resource` is the id of a new one."""

    id: str
    version: int
    location: str
    gate: str | None = None
    resource: str | None = None


@area.endpoint("GET", "/sites", action="company:view", page="sites.html")
def site_list(call: Call) -> dict[str, Any]:
    """All sites with their gates and resources."""
    return {"items": [asdict(site) for site in sites.all_sites(call)]}


@area.endpoint(
    "POST",
    "/sites",
    action="site:manage",
    body=SiteForm,
    answer=SiteChanged,
    status=201,
    page="sites.html",
    refill=site_list,
)
def create_site(call: Call, form: SiteForm) -> dict[str, Any]:
    """Make a site."""
    return sites.create(call, form.facts())


@area.endpoint("GET", "/sites/{id}", action="company:view", page="site.html")
def site_page(call: Call, id: str) -> Reply:
    """A site with its gates and resources."""
    found = sites.one_site(call, id)
    return Reply({"site": asdict(found)}, version=found.version)


def _again(call: Call, id: str) -> dict[str, Any]:
    site: Site = sites.one_site(call, id)
    return {"site": asdict(site)}


@area.endpoint(
    "POST",
    "/sites/{id}",
    action="site:manage",
    body=SiteForm,
    answer=SiteChanged,
    page="site.html",
    refill=_again,
)
def change_site(call: Call, id: str, form: SiteForm) -> dict[str, Any]:
    """State a site's facts anew."""
    return sites.change(call, id, form.facts())


@area.endpoint("GET", "/sites/{id}/gates", action="company:view", page="site_gate.html")
def gates(call: Call, id: str) -> dict[str, Any]:
    """The gates of a site."""
    return {"items": [asdict(gate) for gate in sites.one_site(call, id).gates]}


@area.endpoint(
    "POST",
    "/sites/{id}/gates",
    action="site:manage",
    body=GateForm,
    answer=SiteChanged,
    status=201,
    page="site_gate.html",
    refill=gates,
)
def add_gate(call: Call, id: str, form: GateForm) -> dict[str, Any]:
    """Add a gate."""
    return sites.add_gate(call, id, form.model_dump()["name"], form.direction)


def _new_resource(call: Call, id: str, typed: Mapping[str, str] | None = None) -> dict[str, Any]:
    found = sites.one_site(call, id).resources
    keepers = {each.keeper for each in found} | {(typed or {}).get("keeper", "")}
    return {"items": [asdict(each) for each in found], "people": names(call, keepers - {""})}


@area.endpoint("GET", "/sites/{id}/resources", action="company:view", page="site_resource.html")
def resources(call: Call, id: str) -> dict[str, Any]:
    """The rooms, equipment and vehicles of a site."""
    return _new_resource(call, id)


@area.endpoint(
    "POST",
    "/sites/{id}/resources",
    action="site:manage",
    body=ResourceForm,
    answer=SiteChanged,
    status=201,
    page="site_resource.html",
    refill=_new_resource,
)
def add_resource(call: Call, id: str, form: ResourceForm) -> dict[str, Any]:
    """Add a room, equipment or a vehicle."""
    return sites.add_resource(call, id, form.resource())
