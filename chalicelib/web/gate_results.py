"""How each answer of the gate looks from two metres away: a word, an icon and one of three tones."""

from collections.abc import Mapping

from chalicelib.web.i18n import N_

RESULTS: Mapping[str, tuple[str, str, str]] = {
    "checked_in": (N_("Go in"), "circle-check", "good"),
    "checked_out": (N_("Gone out"), "log-out", "good"),
    "already_in": (N_("Already inside"), "user", "careful"),
    "already_out": (N_("Not inside"), "user-x", "careful"),
    "choose": (N_("Who is it?"), "users", "careful"),
    "too_early": (N_("Too early"), "clock", "careful"),
    "wrong_site": (N_("Another site"), "map-pin", "bad"),
    "blocked": (N_("No entry"), "ban", "bad"),
    "expired": (N_("Expired"), "hourglass", "bad"),
    "cancelled": (N_("Cancelled"), "ban", "bad"),
    "not_approved": (N_("Not approved"), "circle-x", "bad"),
    "unknown": (N_("Unknown"), "circle-x", "bad"),
}
"""result -> (word as msgid, icon, tone: good, careful or bad)."""
