"""Custom processes for the harness: a process, its requests in every stage, a reference list, and their commands."""

from __future__ import annotations

from typing import Any

from chalicelib.settings import settings
from tests.faults import asking
from tests.faults.world import World


def _titled(text: str) -> dict[str, str]:
    return {"en": text, "zh": text}


def _step(key: str, rule: dict[str, Any]) -> dict[str, Any]:
    return {"key": key, "title": _titled(key), "rules": [rule]}


LIST = {"title": _titled("Contracts"), "values": ["C-1", "C-2"]}
PROCESS: dict[str, Any] = {
    "prefix": "RACK",
    "title": _titled("Server racking"),
    "fields": [
        {"key": "serial", "title": _titled("Serial"), "kind": "text", "required": True, "check": "contracts"},
        {"key": "buddy", "title": _titled("Buddy"), "kind": "person"},
        {"key": "offers", "title": _titled("Offers"), "kind": "file"},
    ],
    "steps": [_step("manager", {"kind": "manager", "levels": 1})],
}
VALUES = {"serial": "C-1"}
UPLOAD = {"name": "offer.pdf", "content_type": "application/pdf", "size": 20, "purpose": "request"}


def changed_process(world: World) -> dict[str, Any]:
    """The process with one more step."""
    more = _step("second", {"kind": "person", "person": world.names["host"]})
    return PROCESS | {"prefix": "RACKING", "steps": [*PROCESS["steps"], more]}


def filled_in(world: World) -> dict[str, Any]:
    """A request with a colleague."""
    return {"values": VALUES | {"buddy": world.names["host"]}}


def referenced(world: World) -> None:
    """A reference list."""
    world.names["reference"] = asking.done(world, "admin", "POST /references", LIST | {"key": "contracts"})["key"]


def designed(world: World) -> None:
    """A process as a draft."""
    world.names["process"] = asking.done(world, "admin", "POST /processes", PROCESS | {"key": "racking"})["key"]


def startable(world: World) -> None:
    """A published process."""
    asking.done(world, "admin", "POST /processes/racking/actions", {"action": "publish"})


def begun(world: World) -> None:
    """A request that was filled in."""
    body = {"process": "racking", "values": VALUES}
    world.names["request"] = asking.done(world, "applicant", "POST /requests", body)["id"]


def with_a_file(world: World) -> dict[str, Any]:
    """What is filled in, and the file that was brought."""
    return VALUES | {"offers": [world.names["file"]]}


def brought(world: World) -> None:
    """A file that was announced and that the applicant's browser has brought."""
    world.names["file"] = asking.done(world, "applicant", "POST /uploads", UPLOAD)["id"]
    place = settings().files_bucket, f"uploads/{world.names['file']}"
    world.cloud.contents.files[place] = b"%PDF-1.7 an offer"


def agenda_brought(world: World) -> None:
    """A file for a visit that was announced and that the applicant's browser has brought."""
    world.names["agenda"] = asking.done(world, "applicant", "POST /uploads", UPLOAD | {"purpose": "visit"})["id"]
    place = settings().files_bucket, f"uploads/{world.names['agenda']}"
    world.cloud.contents.files[place] = b"%PDF-1.7 an agenda"


def handed_in(world: World) -> None:
    """A request with the file."""
    body = {"process": "racking", "values": with_a_file(world), "submit": True}
    asking.done(world, "applicant", "POST /requests", body)


def applied(world: World) -> None:
    """A request that its applicant's manager is to decide."""
    _act(world, "submit")
    asking.find_task(world)


def sent_back(world: World) -> None:
    """A request that came back to its applicant."""
    asking.decide(world, "return")


def _act(world: World, action: str) -> None:
    asking.done(world, "applicant", f"POST /requests/{world.names['request']}/actions", {"action": action})
