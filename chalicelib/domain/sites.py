"""Where visitors are received: sites, their gates, their rooms and their rules of entry."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Gate:
    """A way in. `name` is in both languages, keyed by locale."""

    id: str
    name: Mapping[str, str]


@dataclass(frozen=True)
class Room:
    """A meeting room with its number of seats; `margin_minutes` stay free before and after each booking."""

    id: str
    name: Mapping[str, str]
    seats: int
    margin_minutes: int = 0


@dataclass(frozen=True)
class Facts:
    """What an administrator states about a site; texts are keyed by locale, `early_minutes` as in Site."""

    name: Mapping[str, str]
    address: Mapping[str, str]
    rules: Mapping[str, str]
    time_zone: str
    map_url: str = ""
    early_minutes: int = 60


@dataclass(frozen=True)
class Site:
    """A place with gates and rooms.

    `name`, `address` and `rules` (of entry) are texts keyed by locale; `time_zone` is an IANA name; visitors may come
    `early_minutes` before their visit starts.
    """

    id: str
    name: Mapping[str, str]
    address: Mapping[str, str]
    rules: Mapping[str, str]
    time_zone: str
    map_url: str = ""
    early_minutes: int = 60
    gates: tuple[Gate, ...] = ()
    rooms: tuple[Room, ...] = ()
    version: int = 1

    def gate(self, gate_id: str) -> Gate | None:
        """The site's gate of that id."""
        return next((gate for gate in self.gates if gate.id == gate_id), None)

    def room(self, room_id: str) -> Room | None:
        """The site's room of that id."""
        return next((room for room in self.rooms if room.id == room_id), None)


def localised(texts: Mapping[str, str], locale: str) -> str:
    """The text in `locale`, otherwise in the other language, otherwise ""."""
    return texts.get(locale) or texts.get(locale[:2]) or next((text for text in texts.values() if text), "")
