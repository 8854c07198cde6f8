"""What people call the parts of budgets, and what they read when one refuses. English msgids."""

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
    "restate": N_("Budget stated anew"),
    "adjust": N_("Budget adjusted"),
    "give_back": N_("Given back"),
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

WHATS: Mapping[str, str] = {
    "more": N_("Increase"),
    "less": N_("Decrease"),
    "transfer": N_("Transfer from another budget"),
}
"""What can be asked of a budget."""

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

REFUSALS: Mapping[str, str] = {
    "budget_exists": N_("There is a budget for this already. Adjust that one."),
    "budget_closed": N_("The budget for %(period)s is closed. Nothing more can be taken from it."),
    "budget_overspent": N_(
        "The budget has %(available)s available, %(asked)s is asked for. Ask for less, or have the budget raised."
    ),
    "budget_reason_needed": N_(
        "This is above the budget, which has %(available)s available. Please give the reason; your approvers read it."
    ),
    "budget_not_frozen": N_("%(asked)s is asked for, but only %(held)s is there."),
    "budget_illegal_move": N_("The present status of the budget does not allow this."),
    "budget_nothing_to_carry": N_("Nothing is carried over: the budget does not allow it, or nothing is left."),
    "budget_may_not_borrow": N_("This budget may not borrow from the next month."),
    "unknown_budget": N_("There is no such budget. Make it first."),
    "same_budget": N_("This is the same budget. Please choose another one."),
    "other_currency": N_("That budget is not in %(currency)s. Nothing is converted."),
    "bad_period": N_("Please give a month as 2026-03, or a year as 2026."),
    "only_of_months": N_("Only the budget of a month can do this."),
    "no_next_month": N_("Only the budget of a month has a next month."),
    "twelve_needed": N_("Please fill in all twelve months; at least one of them above zero."),
    "budget_twice": N_("This budget stands in row %(row)s, too."),
    "budget_change_illegal_move": N_("The present status of the request does not allow this."),
    "only_for_transfers": N_("Only a transfer comes from another budget."),
    "unknown_group": N_("There is no such group of categories."),
    "unknown_category": N_("There is no such category, and no such group."),
    "department_twice": N_("Several departments have this name. Write the department's id."),
    "category_in_two_groups": N_("A category can be in one group only."),
    "group_stays": N_("Group %(group)s stays, because budgets can be for it. You can take its categories out."),
    "sum_differs": N_("The twelve months do not add up to the year."),
}
"""By error code, among those of web/messages.py."""
