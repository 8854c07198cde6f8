"""Where visitors are received: sites, their gates, what can be booked there and their rules of entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

type GateDirection = Literal["both", "in", "out"]
type ResourceKind = Literal["room", "equipment", "vehicle"]


@dataclass(frozen=True)
class Gate:
    """A way in, out or both (`direction`). `name` is in both languages, keyed by locale."""

    id: str
    name: Mapping[str, str]
    direction: GateDirection = "both"


@dataclass(frozen=True)
class Resource:
    """What can be booked at a site: a meeting room (会议室), equipment (设备) or a vehicle (车辆).

    `seats` is for how many it is, 0 where that means nothing; `margin_minutes` stay free before and after each booking,
    to set up and to clean; `keeper` is the person (an id, "" without one) who looks after it, of a vehicle the driver.
    """

    id: str
    kind: ResourceKind
    name: Mapping[str, str]
    seats: int = 0
    margin_minutes: int = 0
    keeper: str = ""


@dataclass(frozen=True)
class Facts:
    """What an administrator states about a site; texts are keyed by locale, the others as in Site."""

    name: Mapping[str, str]
    address: Mapping[str, str]
    rules: Mapping[str, str]
    time_zone: str
    map_url: str = ""
    early_minutes: int = 60
    currency: str = "CNY"


@dataclass(frozen=True)
class Site:
    """A place with gates and with resources to book.

    `name`, `address` and `rules` (of entry) are texts keyed by locale; `time_zone` is an IANA name; visitors may come
    `early_minutes` before their visit starts; what receptions cost there is told in `currency` (ISO 4217).
    """

    id: str
    name: Mapping[str, str]
    address: Mapping[str, str]
    rules: Mapping[str, str]
    time_zone: str
    map_url: str = ""
    early_minutes: int = 60
    gates: tuple[Gate, ...] = ()
    resources: tuple[Resource, ...] = ()
    currency: str = "CNY"
    version: int = 1

    def gate(self, gate_id: str) -> Gate | None:
        """The site's gate of that id."""
        return next((gate for gate in self.gates if gate.id == gate_id), None)

    def resource(self, resource_id: str) -> Resource | None:
        """The site's resource of that id."""
        return next((each for each in self.resources if each.id == resource_id), None)


def localised(texts: Mapping[str, str], locale: str) -> str:
    """The text in `locale`, otherwise in the other language, otherwise ""."""
    return texts.get(locale) or texts.get(locale[:2]) or next((text for text in texts.values() if text), "")
