"""How each status looks: a word, an icon and a tone. One table for every kind of record."""

from chalicelib.web.i18n import N_

_LOOKS = {
    # Visits and approvals
    "draft": (N_("Draft"), "pencil", "quiet"),
    "pending": (N_("Awaiting approval"), "hourglass", "waiting"),
    "approved": (N_("Approved"), "circle-check", "good"),
    "rejected": (N_("Rejected"), "circle-x", "bad"),
    "returned": (N_("Returned"), "corner-up-left", "careful"),
    "withdrawn": (N_("Withdrawn"), "undo-2", "quiet"),
    "cancelled": (N_("Cancelled"), "ban", "quiet"),
    "closed": (N_("Closed"), "check", "quiet"),
    "finished": (N_("Finished"), "check", "quiet"),
    "archived": (N_("Archived"), "archive", "quiet"),
    # Claims
    "paid": (N_("Paid"), "circle-check", "good"),
    "reversed": (N_("Reversed"), "undo-2", "careful"),
    # Processes
    "published": (N_("In use"), "circle-check", "good"),
    "retired": (N_("Retired"), "ban", "quiet"),
    # Standards
    "to_come": (N_("To come"), "clock", "news"),
    "in_force": (N_("In force"), "circle-check", "good"),
    "ended": (N_("Ended"), "archive", "quiet"),
    # Tasks
    "open": (N_("To do"), "circle", "waiting"),
    "done": (N_("Done"), "circle-check", "good"),
    "dropped": (N_("Not needed any more"), "ban", "quiet"),
    # Visitors
    "invited": (N_("Invited"), "mail", "news"),
    "expected": (N_("Expected"), "clock", "news"),
    "inside": (N_("On site"), "map-pin", "good"),
    "left": (N_("Left"), "log-out", "quiet"),
    "no_show": (N_("Did not come"), "user-x", "careful"),
    "revoked": (N_("No longer valid"), "ban", "bad"),
    # Messages
    "queued": (N_("Waiting to be sent"), "clock", "waiting"),
    "collected": (N_("In the digest"), "inbox", "waiting"),
    "sent": (N_("Sent"), "circle-check", "good"),
    "failed": (N_("Not sent"), "triangle-alert", "bad"),
}

STATUSES = frozenset(_LOOKS)
"""Every status that has a look."""


def look(value: str) -> tuple[str, str, str]:
    """Word (an English msgid), icon and tone of a status. Raises KeyError for one that has no entry here."""
    return _LOOKS[value]
