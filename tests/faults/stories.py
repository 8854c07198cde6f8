"""Lives of visits and people, from which the units of work of streams, workflow and schedule are taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from chalicelib.models.item import physical_name
from tests.faults.asking import act, decide, done, find_task, seen
from tests.faults.commands import COMMENT
from tests.faults.scenes import application, approved, arriving, draft, hooked, inside, pending, set_scene, visitors
from tests.faults.state import State, state_of
from tests.faults.world import World

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)

type Step = Callable[[World], None]


def second_inside(world: World) -> None:
    """Another visitor comes in, and nobody sees them leave."""
    number = world.names["number"]
    done(world, "guard", "POST /gate/scans", {"code": f"{number}-2", "gate": "north"})


def outside(world: World) -> None:
    """The first visitor leaves."""
    done(world, "guard", "POST /gate/scans", {"code": world.names["code"], "gate": "north", "direction": "out"})


def cancelled(world: World) -> None:
    """The applicant cancels."""
    done(world, "applicant", f"POST /visits/{world.names['visit']}/actions", {"action": "cancel"})


def a_day_later(world: World) -> None:
    """Time passes, and nobody does anything."""
    world.forward(timedelta(days=1))


def returned(world: World) -> None:
    """The manager wants something changed."""
    decide(world, "return")


def changed(world: World) -> None:
    """The applicant changes it and submits it again."""
    route = f"POST /visits/{world.names['visit']}"
    done(world, "applicant", route, application(world, submit=True, count=2))
    find_task(world)


def rejected(world: World) -> None:
    """The manager says no."""
    done(world, "manager", f"POST /approvals/{world.names['task']}/actions", {"action": "reject"} | COMMENT)


def executions_lost(world: World) -> None:
    """Step Functions has forgotten everything, as the emulator does when it stops."""
    world.cloud.contents.book.executions.clear()


def an_hour_later(world: World) -> None:
    """Time for the schedule to look after what is missing."""
    world.run(until=world.position.until or world.position.now + HOUR)


def message_stuck(world: World) -> None:
    """The one who was sending the first message died: it stays claimed."""
    items = world.cloud.contents.tables.items[physical_name("notifications")]
    place = min(place for place, raw in items.items() if raw.get("channel") == {"S": "sms"})
    unsettled = {"index3_pk": {"S": "unsettled#0"}, "index3_sk": items[place]["index1_sk"]}
    items[place] = dict(items[place]) | unsettled | {"status": {"S": "sending"}}


def hired(world: World) -> None:
    """Somebody joins."""
    facts = {"login": "new.one", "name": "新人", "email": "new.one@atrium.example", "phone": "+8613812345678"}
    world.names["new"] = done(world, "admin", "POST /people", facts | {"department": world.names["department"]})["id"]


def departed(world: World) -> None:
    """And leaves."""
    done(world, "admin", f"POST /people/{world.names['new']}/actions", {"action": "depart"})


def leave_from(world: World, starts: timedelta) -> None:
    """The manager is away for a day from then on; the host decides meanwhile."""
    begins = (world.position.now + starts).replace(microsecond=0)
    ends = begins + timedelta(days=1)
    world.position.stated.update({"leave begins": begins, "leave ends": ends})
    body = {"substitute": world.names["host"], "from": begins.isoformat(), "until": ends.isoformat()}
    done(world, "manager", f"POST /people/{world.names['manager']}/leave", body)


def away(world: World) -> None:
    """The manager falls ill."""
    leave_from(world, timedelta())


def back(world: World) -> None:
    """The manager is back early."""
    done(world, "manager", f"POST /people/{world.names['manager']}/leave/actions", {"action": "end"})


def leave_planned(world: World) -> None:
    """Another visit waits for the manager, who goes away in half an hour."""
    done(world, "applicant", "POST /visits", application(world, submit=True, count=1) | {"resources": []})
    leave_from(world, 30 * MINUTE)


def approved_by_the_substitute(world: World) -> None:
    """The host decides in the manager's place."""
    world.names["task"] = seen(world, "host", "GET /approvals")["items"][0]["id"]
    done(world, "host", f"POST /approvals/{world.names['task']}/actions", {"action": "approve"})


def branch_opened(world: World) -> None:
    """Head office gets a department below it."""
    facts = {"name": "研发", "cost_centre": "2000", "parent": world.names["department"]}
    world.names["branch"] = done(world, "admin", "POST /departments", facts)["id"]


def department_moved(world: World) -> None:
    """Head office comes below a new department."""
    top = done(world, "admin", "POST /departments", {"name": "集团", "cost_centre": "1"})["id"]
    facts = {"name": "总部", "cost_centre": "1000", "parent": top}
    done(world, "admin", f"POST /departments/{world.names['department']}", facts)


def equipped(world: World) -> None:
    """Another system and a group listen; the manager wants text messages, and e-mails once a day."""
    hooked(world)
    channels = {"task_opened": {"sms": True, "email": True, "robot": True}}
    done(world, "manager", "POST /preferences", {"digest": "daily", "channels": channels})
    draft(world)


def exported(world: World) -> None:
    """The administrator has the list of people made into a file."""
    done(world, "admin", "POST /exports", {"sheet": "people", "format": "csv"})


def rights_taken(world: World) -> None:
    """The administrator asks for one more file; before its turn comes, they are given another role."""
    body = {"action": "give", "person": world.names["host"]}
    done(world, "admin", "POST /roles/administrator", body)
    done(world, "admin", "POST /exports", {"sheet": "people", "format": "xlsx"})
    route = "POST /roles/reception"
    done(world, "admin", route, {"action": "give", "person": world.names["admin"]})


def called_off(world: World) -> None:
    """The visit does not take place."""
    act(world, "cancel")


def asked_to_be_forgotten(world: World) -> None:
    """One of its visitors wants to be forgotten, and nobody to write to is known any longer than needed."""
    wish = {"wish": "erase", "contact": visitors(1)[0]["phone"]}
    done(world, "admin", "POST /privacy", wish)
    days = {"documents": 10, "contacts": 20, "passages": 30, "messages": 5}
    done(world, "admin", "POST /retention", days)


STORIES: Mapping[str, tuple[Step, ...]] = {
    "attended": (draft, pending, approved, arriving, inside, second_inside, outside),
    "cancelled": (draft, pending, approved, cancelled),
    "left_behind": (draft, pending, approved, arriving, inside, cancelled, a_day_later),
    "rejected": (draft, pending, returned, changed, rejected),
    "informed": (equipped, pending, a_day_later, rejected),
    "lost": (draft, pending, executions_lost, approved, leave_planned, an_hour_later, message_stuck, executions_lost),
    "away": (draft, pending, away, approved_by_the_substitute, back),
    "forgotten": (draft, called_off, asked_to_be_forgotten),
    "exported": (hired, exported, rights_taken),
    "people": (hired, departed, branch_opened, department_moved),
}


@dataclass
class Told:
    """A story told to its end without disturbance, and the world just before the first unit of each name.

    A task that ran several times is there as "NAME, last", too. `begun` is the world after the first step: what is
    derived from the ids made there is the same in every run that begins with it.
    """

    end: State
    begun: bytes
    before: dict[str, bytes] = field(default_factory=dict)


_told: dict[str, Told] = {}


def told(world: World, story: str) -> Told:
    """The story as it goes undisturbed (once for a process)."""
    if story not in _told:
        before: dict[str, bytes] = {}
        set_scene(world, "company")

        def remember(unit: str) -> None:
            if unit not in before:
                before[unit] = world.save()
            elif unit.startswith("visit_tasks"):
                before[f"{unit}, last"] = world.save()

        world.before = remember
        go_on(world, story, until=1)
        begun = world.save()
        go_on(world, story)
        world.before = lambda unit: None
        _told[story] = Told(state_of(world), begun, before)
    return _told[story]


def go_on(world: World, story: str, until: int | None = None, patience: timedelta | None = None) -> None:
    """Tell the story from where the world stands to its end, or until so many steps are done.

    `patience`: how long people wait before they do the next thing.
    """
    steps = STORIES[story][:until]
    world.settle()
    if world.position.until:
        steps[world.position.steps - 1](world)  # the step that waits for its time
    for step in steps[world.position.steps :]:
        world.position.steps += 1
        world.forward(MINUTE)  # no two things that people do happen in the same instant
        step(world)
        world.position.until = None
        world.settle()
        if patience:
            world.run(until=world.position.now + patience)
    if until is None:
        world.run()


UNITS: Mapping[str, str] = {
    "drive visit draft": "attended",
    "drive visit pending": "attended",
    "drive visit approved": "attended",
    "drive visit closed": "attended",
    "drive visit archived": "attended",
    "drive visit returned": "rejected",
    "drive visit rejected": "rejected",
    "drive visit cancelled": "cancelled",
    "drive task open": "attended",
    "drive pass inside": "attended",
    "drive person insert": "people",
    "drive person modify": "away",
    "drive department insert": "people",
    "drive department modify": "people",
    "visit_tasks await_approval": "attended",
    "visit_tasks invite": "attended",
    "visit_tasks invite, last": "attended",
    "visit_tasks remind": "attended",
    "visit_tasks close": "attended",
    "visit_tasks close, last": "attended",
    "visit_tasks archive": "attended",
    "deliver event open": "informed",
    "deliver sms intended": "attended",
    "deliver email intended": "informed",
    "deliver webhook intended": "informed",
    "deliver robot intended": "informed",
    "deliver digest due": "informed",
    "export export_progress insert": "exported",
    "export export_progress modify": "exported",
    "export export done": "exported",
    "export export refused": "exported",
    "drive guests insert": "forgotten",
    "drive guests modify": "forgotten",
    "drive privacy_request running": "forgotten",
    "record privacy_request running": "forgotten",
    "record privacy_request done": "forgotten",
    "record retention_rules insert": "forgotten",
    "reconcile": "lost",
    "record visit draft": "attended",
    "record visit pending": "attended",
    "record visit approved": "attended",
    "record visit closed": "attended",
    "record visit archived": "attended",
    "record visit returned": "rejected",
    "record visit rejected": "rejected",
    "record visit cancelled": "cancelled",
    "record running pending": "attended",
    "record running approved": "attended",
    "record running returned": "rejected",
    "record running rejected": "rejected",
    "record task open": "attended",
    "record task approved": "attended",
    "record task returned": "rejected",
    "record task rejected": "rejected",
    "record task moved": "away",
    "record trail insert": "attended",
    "record pass expected": "attended",
    "record pass inside": "attended",
    "record pass left": "attended",
    "record pass no_show": "attended",
    "record pass revoked": "cancelled",
    "record guest invited": "attended",
    "record guest revoked": "cancelled",
    "record guests insert": "attended",
    "record guests modify": "rejected",
    "record resource_day insert": "attended",
    "record resource_day modify": "cancelled",
    "record passage insert": "attended",
    "record checklist open": "attended",
    "record archive insert": "attended",
    "record export running": "exported",
    "record export done": "exported",
    "record export refused": "exported",
    "record hook insert": "informed",
    "record preferences insert": "informed",
    "record person insert": "people",
    "record person modify": "people",
    "record department insert": "people",
    "record department modify": "people",
}
"""Every unit of work that talks to AWS, by the story in which it is disturbed."""
