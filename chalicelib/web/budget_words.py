"""What people call the parts of budgets: categories, control, movements, ways to split a year. English msgids."""

from collections.abc import Mapping

from chalicelib.web.i18n import N_

CATEGORIES: Mapping[str, str] = {
    "reception": N_("Reception"),
    "travel": N_("Travel"),
    "marketing": N_("Marketing"),
    "training": N_("Training"),
    "office": N_("Office supplies"),
}

CONTROLS: Mapping[str, str] = {
    "hard": N_("Hard: refused when exceeded"),
    "soft": N_("Soft: a reason when exceeded"),
    "none": N_("None: only watched"),
}

FIGURES: Mapping[str, str] = {
    "allotted": N_("Allotted"),
    "adjusted": N_("Adjusted"),
    "available": N_("Available"),
    "frozen": N_("Frozen"),
    "used": N_("Used"),
}

MOVEMENTS: Mapping[str, str] = {
    "allot": N_("Budget allotted"),
    "adjust": N_("Budget adjusted"),
    "transfer_in": N_("Transferred here"),
    "transfer_out": N_("Transferred away"),
    "carry_in": N_("Carried over from the month before"),
    "carry_out": N_("Carried over to the next month"),
    "borrow_in": N_("Borrowed from the next month"),
    "borrow_out": N_("Lent to the month before"),
    "freeze": N_("Amount frozen"),
    "release": N_("Amount released"),
    "use": N_("Amount used"),
    "restore": N_("Amount frozen again"),
}

METHODS: Mapping[str, str] = {
    "evenly": N_("Evenly"),
    "weights": N_("By weights"),
    "by_hand": N_("By hand, month by month"),
}

STATUS: Mapping[str, str] = {"open": N_("Open"), "closed": N_("Closed")}

FREEZES: Mapping[str, str] = {
    "open": N_("Still frozen"),
    "converted": N_("Used in full"),
    "released": N_("Released"),
}
