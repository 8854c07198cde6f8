"""What people and other systems are told of: every kind of event, the channels it takes unless somebody chose others.

A kind's name is its template (services/notifications/texts.py) and the `type` of what webhooks get.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

type Channel = Literal["sms", "email", "robot", "webhook"]

CHOSEN: tuple[Channel, ...] = ("email", "sms", "robot")
"""The channels that a person switches on and off by kind; the inbox in the product is always on.

`robot`: whether a group's robot may name the person. Webhooks go to systems and ask nobody.
"""


@dataclass(frozen=True)
class Kind:
    """A kind of event. `area` groups it on pages; `usual` are its channels unless the person chose.

    `at_once`: neither quiet hours nor a digest hold it back, because a guest stands at the gate. `always`: it comes by
    its usual channels whatever the person chose, because somebody else may be at work in the person's name.
    """

    area: Literal["approvals", "visits", "people", "spending"]
    usual: tuple[Channel, ...] = ("email", "robot")
    at_once: bool = False
    always: bool = False


KINDS: Mapping[str, Kind] = {
    "task_opened": Kind("approvals"),
    "task_reminded": Kind("approvals"),
    "task_urged": Kind("approvals"),
    "task_moved": Kind("approvals"),
    "approval_approved": Kind("approvals"),
    "approval_rejected": Kind("approvals"),
    "approval_returned": Kind("approvals"),
    "approval_withdrawn": Kind("approvals", ("robot",)),
    "approval_copied": Kind("approvals"),
    "approval_commented": Kind("approvals", ("robot",)),
    "approval_transferred": Kind("approvals"),
    "delegation_answered": Kind("approvals"),
    "visit_cancelled": Kind("visits"),
    "visit_prepared": Kind("visits"),
    "visit_tomorrow": Kind("visits"),
    "checklist_due": Kind("visits"),
    "visit_changed": Kind("visits"),
    "visit_soon": Kind("visits", ("robot",), at_once=True),
    "resource_needed": Kind("visits"),
    "guest_late": Kind("visits", ("sms", "robot"), at_once=True),
    "guest_declined": Kind("visits"),
    "guest_rated": Kind("visits", ("robot",)),
    "guest_arrived": Kind("visits", ("robot",), at_once=True),
    "guests_signed_out": Kind("visits", ("robot",)),
    "guest_waiting": Kind("approvals", ("sms", "email", "robot"), at_once=True),
    "gate_still_in": Kind("visits", ("email", "robot")),
    "gate_offline": Kind("visits", ("robot",)),
    "gate_watched": Kind("visits", ("email", "robot"), at_once=True),
    "gate_blocked": Kind("visits", ("email", "robot"), at_once=True),
    "gate_badge_lost": Kind("visits", ("robot",)),
    "export_ready": Kind("people"),
    "export_refused": Kind("people"),
    "export_failed": Kind("people"),
    "finance_export_ready": Kind("people"),
    "finance_export_failed": Kind("people"),
    "report_ready": Kind("people"),
    "leave_started": Kind("people"),
    "departed_person_owns": Kind("people"),
    "handed_over": Kind("people"),
    "advance_due": Kind("spending"),
    "advance_overdue": Kind("spending"),
    "account_changed": Kind("people", ("email", "sms", "robot"), at_once=True, always=True),
    "payment_made": Kind("people", ("email",)),
    "payment_failed": Kind("people", ("email", "sms")),
}

TEST = "test"
"""The template of the message that an administrator sends to see whether a hook works."""
