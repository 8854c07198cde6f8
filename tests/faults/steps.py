"""What people do in stories, and what happens to them, beside what makes a scene."""

from __future__ import annotations

from datetime import timedelta

from chalicelib.models.item import physical_name
from tests.faults.applications import application, visitors
from tests.faults.asking import act, decide, done, find_task, seen
from tests.faults.commands import COMMENT, RATING
from tests.faults.scenes import draft, guest_code, hooked, over
from tests.faults.world import World

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def second_inside(world: World) -> None:
    """Another visitor comes in, and nobody sees them leave."""
    number = world.names["number"]
    done(world, "guard", "POST /gate/scans", {"code": f"{number}-2", "gate": "north"})


def outside(world: World) -> None:
    """The first visitor leaves."""
    done(world, "guard", "POST /gate/scans", {"code": world.names["code"], "gate": "north", "direction": "out"})


def rated(world: World) -> None:
    """The first visitor says how it was."""
    over(world)
    done(world, "", f"POST /i/{world.names['link']}/actions", RATING)


def excused(world: World) -> None:
    """The first visitor will be late."""
    guest_code(world)
    done(world, "", f"POST /i/{world.names['link']}/actions", {"action": "late", "minutes": 30})


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


def handed_over(world: World) -> None:
    """The host hands over what they have, and goes."""
    body = {"to": world.names["leaver"]}
    done(world, "admin", f"POST /people/{world.names['host']}/handover", body)


def exported(world: World) -> None:
    """The administrator has the list of people made into a file."""
    done(world, "admin", "POST /exports", {"sheet": "people", "format": "csv"})


def books_exported(world: World) -> None:
    """Finance has the books of the day made into files."""
    done(world, "admin", "POST /finance-exports", {})


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
