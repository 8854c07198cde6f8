"""What people call the parts of advances, and what they read when one refuses. English msgids."""

from collections.abc import Mapping

from chalicelib.web.i18n import N_

STATUSES: Mapping[str, tuple[str, str, str]] = {
    "draft": (N_("Draft"), "pencil", "quiet"),
    "pending": (N_("Awaiting approval"), "hourglass", "waiting"),
    "returned": (N_("Returned"), "corner-up-left", "careful"),
    "withdrawn": (N_("Withdrawn"), "undo-2", "quiet"),
    "rejected": (N_("Rejected"), "circle-x", "bad"),
    "cancelled": (N_("Cancelled"), "ban", "quiet"),
    "approved": (N_("To be paid"), "clock", "news"),
    "open": (N_("Outstanding"), "circle", "waiting"),
    "settled": (N_("Settled"), "circle-check", "good"),
}
"""By status: a word, an icon and a tone."""

MOVEMENTS: Mapping[str, str] = {
    "pay": N_("Paid"),
    "reserve": N_("Reserved for a claim"),
    "unreserve": N_("Not reserved any more"),
    "clear": N_("Cleared by a claim"),
    "restore": N_("Owed again: the claim was reversed"),
    "return": N_("Returned to the company"),
    "schedule": N_("Deduction from salary planned"),
    "unschedule": N_("Deduction from salary called off"),
    "deduct": N_("Deducted from salary"),
}

METHODS: Mapping[str, str] = {
    "cash": N_("In cash"),
    "bank": N_("By bank transfer"),
    "salary": N_("From salary"),
}

CONTROLS: Mapping[str, str] = {
    "hard": N_("Refuse"),
    "soft": N_("Ask for a reason, which approvers see"),
    "none": N_("Allow"),
}

ORIGINS: Mapping[str, str] = {
    "application": N_("Application"),
    "reversal": N_("Claim that was reversed after payment"),
}

RULES: Mapping[str, str] = {"limit": N_("Above the limit"), "overdue": N_("Another advance is overdue")}

BUCKETS: tuple[str, ...] = (N_("0-30 days"), N_("31-60 days"), N_("61-90 days"), N_("More than 90 days"))

REFUSALS: Mapping[str, str] = {
    "advance_illegal_move": N_("The present status of the advance does not allow this."),
    "advance_due_range": N_("From today on, at most %(days)s days ahead."),
    "advance_overpaid": N_("Only %(open)s is to be paid of this advance."),
    "advance_not_open": N_("Advance %(advance)s has %(open)s left to clear, %(asked)s is asked for."),
    "advance_not_reserved": N_("The claim has %(held)s of advance %(advance)s, %(asked)s is asked for."),
    "advance_being_cleared": N_(
        "Claim %(claims)s is going to clear some of this advance and is not paid out yet. Take money back once it is."
    ),
    "advance_over_returned": N_("Only %(open)s of this advance is open. No more than that can be returned."),
    "advance_over_limit": N_(
        "Your limit for advances is %(most)s. You have %(open)s already and ask for %(asked)s. Settle one first, or ask"
        " for less."
    ),
    "advance_overdue": N_("Advance %(number)s was due on %(due)s. Settle it before you ask for another one."),
    "advance_reason_limit": N_(
        "This is above your limit of %(most)s; you have %(open)s already. Please give the reason, which approvers read."
    ),
    "advance_reason_overdue": N_(
        "Advance %(number)s was due on %(due)s. Please give the reason for another one; your approvers read it."
    ),
    "advance_too_many": N_("You have %(most)s advances at once. Settle some of them first."),
    "advance_too_many_offsets": N_("One claim clears %(most)s advances at most."),
    "advance_too_many_parts": N_("One advance is paid in %(most)s parts at most."),
    "advance_part": N_("Less than what is to be paid, %(open)s."),
    "advance_month_over": N_("This month is over. Choose this month or a later one."),
    "advance_unknown_visit": N_("There is no such visit of yours."),
    "advance_visit_not_approved": N_("This visit is not approved."),
    "unknown_advance": N_("There is no such advance of the applicant's in this currency."),
    "unknown_deduction": N_("This deduction is not planned any more."),
}
"""By error code, among those of web/messages.py."""
