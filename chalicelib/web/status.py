"""How each status looks: a word, an icon and a tone. One table for every kind of record."""

from chalicelib.web.i18n import N_

_LOOKS = {
    "draft": (N_("Draft"), "pencil", "quiet"),
    "submitted": (N_("Awaiting approval"), "hourglass", "waiting"),
    "running": (N_("In progress"), "hourglass", "waiting"),
    "open": (N_("To do"), "circle", "waiting"),
    "pending": (N_("Waiting"), "hourglass", "waiting"),
    "approved": (N_("Approved"), "circle-check", "good"),
    "rejected": (N_("Rejected"), "circle-x", "bad"),
    "returned": (N_("Returned"), "corner-up-left", "careful"),
    "withdrawn": (N_("Withdrawn"), "undo-2", "quiet"),
    "cancelled": (N_("Cancelled"), "ban", "quiet"),
    "closed": (N_("Closed"), "check", "quiet"),
    "archived": (N_("Archived"), "archive", "quiet"),
    "expected": (N_("Expected"), "clock", "news"),
    "invited": (N_("Invited"), "mail", "news"),
    "in": (N_("On site"), "map-pin", "good"),
    "out": (N_("Left"), "log-out", "quiet"),
    "no_show": (N_("Did not come"), "user-x", "careful"),
    "sent": (N_("Sent"), "circle-check", "good"),
    "failed": (N_("Failed"), "triangle-alert", "bad"),
    "skipped": (N_("Skipped"), "skip-forward", "quiet"),
}


def look(value: str) -> tuple[str, str, str]:
    """Word (an English msgid), icon and tone of a status. Raises KeyError for one that has no entry here."""
    return _LOOKS[value]
