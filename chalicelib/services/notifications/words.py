"""The words of messages and notices in English, to be translated where they are shown.

Each form of a text message is shorter than the one before.
"""

from collections.abc import Mapping

from chalicelib.web.i18n import N_

SMS: Mapping[str, tuple[str, ...]] = {
    "invited": (
        N_(
            "Hello %(name)s, %(host)s expects you on %(when)s at %(where)s. Reservation %(number)s, call %(phone)s."
            " Bring an ID. Rules of entry and QR code: %(link)s"
        ),
        N_("%(when)s, %(where)s: reservation %(number)s, call %(phone)s. Rules and QR code: %(link)s"),
        "%(start)s %(number)s %(phone)s %(link)s",  # in the 7-bit alphabet, where twice as much fits
    ),
    "reminder": (
        N_(
            "Reminder: your visit to %(where)s is on %(when)s. Reservation %(number)s, call %(phone)s."
            " Your QR code: %(link)s"
        ),
        "%(start)s %(number)s %(phone)s %(link)s",  # in the 7-bit alphabet, where twice as much fits
    ),
    "cancelled": (
        N_(
            "Hello %(name)s, your visit to %(where)s on %(when)s (reservation %(number)s) is cancelled."
            " Questions: %(phone)s"
        ),
        N_("Cancelled: %(start)s, reservation %(number)s. Questions: %(phone)s"),
    ),
    "survey": (
        N_("Hello %(name)s, thank you for your visit to %(where)s. How was it? %(link)s (%(number)s, %(phone)s)"),
        "%(number)s %(phone)s %(link)s",
    ),
    "changed": (
        N_(
            "Hello %(name)s, your visit has changed: now %(when)s at %(where)s, your host is %(host)s. Reservation"
            " %(number)s, call %(phone)s. Your QR code: %(link)s"
        ),
        N_("Changed: %(when)s, %(where)s. Reservation %(number)s, call %(phone)s. QR code: %(link)s"),
        "%(start)s %(number)s %(phone)s %(link)s",  # in the 7-bit alphabet, where twice as much fits
    ),
}

MAILS: Mapping[str, tuple[str, str]] = {
    "calendar_guest_entry": (
        N_("Visit to %(where)s"),
        N_("Your host is %(host)s, call %(phone)s.\nReservation %(number)s\nRules of entry and QR code: %(link)s"),
    ),
    "calendar_staff_entry": (
        N_("Visit of %(party)s"),
        N_("The host is %(host)s, call %(phone)s.\nReservation %(number)s\n%(link)s"),
    ),
    "calendar_guest": (
        N_("Your visit to %(where)s: %(when)s"),
        N_(
            "%(host)s expects you on %(when)s at %(where)s.\n\nReservation %(number)s, call %(phone)s.\nRules of entry"
            " and QR code: %(link)s\n\nThe appointment for your calendar comes with this e-mail."
        ),
    ),
    "calendar_staff": (
        N_("Visit of %(party)s: %(when)s"),
        N_(
            "%(party)s come to %(where)s on %(when)s (visit %(number)s); the host is %(host)s.\n%(link)s\n\nThe"
            " appointment for your calendar comes with this e-mail."
        ),
    ),
    "calendar_cancelled": (
        N_("Cancelled: visit to %(where)s, %(when)s"),
        N_(
            "The visit to %(where)s on %(when)s (visit %(number)s) does not take place, or not with you. The"
            " appointment leaves your calendar with this e-mail.\n\nQuestions: %(phone)s"
        ),
    ),
}
"""Subjects and texts of e-mails that carry a calendar file, and titles and texts of the entries themselves."""

NOTICES: Mapping[str, str] = {
    "task_opened": N_("%(person)s asks for your approval: %(subject)s"),
    "task_reminded": N_("Still waiting for your decision: %(subject)s"),
    "task_urged": N_("%(person)s asks you to decide soon: %(subject)s"),
    "task_moved": N_("You decide in the place of %(person)s: %(subject)s"),
    "approval_approved": N_("Approved: %(subject)s"),
    "approval_rejected": N_("Rejected by %(person)s: %(subject)s"),
    "approval_returned": N_("Returned to you by %(person)s: %(subject)s"),
    "approval_withdrawn": N_("Withdrawn by %(person)s: %(subject)s"),
    "approval_copied": N_("%(person)s sent you a copy: %(subject)s"),
    "approval_commented": N_("%(person)s commented on %(subject)s"),
    "approval_transferred": N_("%(person)s transferred a decision to you: %(subject)s"),
    "delegation_answered": N_("%(person)s has given an opinion, now you decide: %(subject)s"),
    "visit_cancelled": N_("Cancelled: visit %(number)s, %(party)s"),
    "visit_prepared": N_("You help to receive %(party)s on %(when)s (visit %(number)s)"),
    "visit_tomorrow": N_("Coming up: %(party)s on %(when)s (visit %(number)s)"),
    "checklist_due": N_("Please prepare for %(party)s: %(what)s (visit %(number)s)"),
    "visit_changed": N_("Changed: %(party)s, now on %(when)s (visit %(number)s)"),
    "visit_soon": N_("In an hour: %(party)s, %(when)s (visit %(number)s)"),
    "resource_needed": N_("%(resources)s: please have it ready for %(party)s on %(when)s (visit %(number)s)"),
    "guest_late": N_("%(name)s will be about %(minutes)s minutes late (visit %(number)s)"),
    "guest_declined": N_("%(name)s cannot come (visit %(number)s)"),
    "guest_rated": N_("%(name)s rated the visit with %(rating)s of 5 (visit %(number)s)"),
    "guest_arrived": N_("Your guest %(name)s is at gate %(gate)s (visit %(number)s)"),
    "guests_signed_out": N_("Signed out by rule, as nobody saw them leave: %(names)s (visit %(number)s)"),
    "leave_started": N_("%(person)s is on leave (%(when)s). Substitute: %(substitute)s"),
    "departed_person_owns": N_(
        "%(person)s has left the company. To be handed over: responsibilities %(places)s, requests %(requests)s,"
        " visits %(visits)s. To be settled: advances, claims and budget applications %(spending)s"
    ),
    "handed_over": N_("You take over from %(person)s: %(count)s records (place in the company, requests, visits)"),
    "guest_waiting": N_("A guest waits at the gate without appointment. Do you let them in? %(subject)s"),
    "gate_still_in": N_("The day is over and %(count)s visitors are still inside: %(names)s (%(site)s)"),
    "gate_offline": N_("A scan made without network cannot stand: %(name)s. Please look at it."),
    "gate_watched": N_("Somebody on the watch list is here or is expected: %(name)s"),
    "gate_blocked": N_("Somebody on the block list was refused: %(name)s"),
    "gate_badge_lost": N_("A badge did not come back: %(badge)s, %(name)s"),
    "export_ready": N_("Your file is ready: %(subject)s"),
    "export_refused": N_("Your file was not made because your rights changed: %(subject)s"),
    "export_failed": N_("Your file could not be made: %(subject)s"),
    "finance_export_ready": N_("Finance's export of %(day)s is ready"),
    "finance_export_failed": N_("Finance's export of %(day)s could not be made"),
    "report_ready": N_("What %(department)s spent in %(month)s: the report is ready"),
    "advance_due": N_("Advance %(number)s, %(amount)s, is to be accounted for by %(day)s"),
    "advance_overdue": N_("Overdue since %(day)s: advance %(number)s, %(amount)s"),
    "account_changed": N_("Your bank account was changed: %(subject)s. Was it not you? Tell an administrator at once."),
    "payment_made": N_("Paid to you: %(amount)s (%(subject)s)"),
    "payment_failed": N_("A payment to you failed and is made again: %(amount)s (%(subject)s). %(comment)s"),
    "test": N_("This is a test: messages from Atrium arrive here."),
}

LABELS: Mapping[str, str] = {
    "task_opened": N_("Something waits for my decision"),
    "task_reminded": N_("Reminder of a decision"),
    "task_urged": N_("Somebody asks me to decide soon"),
    "task_moved": N_("I decide in somebody's place"),
    "approval_approved": N_("My application is approved"),
    "approval_rejected": N_("My application is rejected"),
    "approval_returned": N_("My application is returned"),
    "approval_withdrawn": N_("An application is withdrawn"),
    "approval_copied": N_("Copy of an application"),
    "approval_commented": N_("Comment on an application"),
    "approval_transferred": N_("A decision is transferred to me"),
    "delegation_answered": N_("Answer to a delegated decision"),
    "visit_cancelled": N_("A visit is cancelled"),
    "visit_prepared": N_("I help to receive guests"),
    "visit_tomorrow": N_("Guests come tomorrow"),
    "checklist_due": N_("A task of a checklist is due"),
    "visit_changed": N_("A visit is changed"),
    "visit_soon": N_("Guests come in an hour"),
    "resource_needed": N_("A room, equipment or vehicle of mine is needed"),
    "guest_late": N_("A guest will be late"),
    "guest_declined": N_("A guest cannot come"),
    "guest_rated": N_("A guest has rated the visit"),
    "guest_arrived": N_("A guest has arrived"),
    "guests_signed_out": N_("Guests were signed out by rule"),
    "leave_started": N_("A leave begins, mine or one that I am the substitute for"),
    "guest_waiting": N_("A guest without appointment waits at the gate"),
    "gate_still_in": N_("Visitors are still inside at the end of the day"),
    "gate_offline": N_("A scan without network cannot stand"),
    "gate_watched": N_("Somebody on the watch list"),
    "gate_blocked": N_("Somebody on the block list"),
    "gate_badge_lost": N_("A badge did not come back"),
    "export_ready": N_("A file that I asked for is ready"),
    "export_refused": N_("A file that I asked for was refused"),
    "export_failed": N_("A file that I asked for could not be made"),
    "finance_export_ready": N_("Finance's export that I asked for is ready"),
    "finance_export_failed": N_("Finance's export could not be made"),
    "report_ready": N_("The month's report of a department that I head"),
    "departed_person_owns": N_("A person who left still owns something"),
    "handed_over": N_("Something is handed over to me"),
    "advance_due": N_("An advance of mine is due"),
    "advance_overdue": N_("An advance of mine is overdue"),
    "account_changed": N_("My bank account was changed (always told)"),
    "payment_made": N_("I was paid"),
    "payment_failed": N_("A payment to me failed"),
    "invited": N_("Invitation"),
    "reminder": N_("Reminder"),
    "cancelled": N_("Cancellation"),
    "changed": N_("Change"),
    "survey": N_("Question how it was"),
    "calendar": N_("Calendar entry"),
    "calendar_cancelled": N_("Calendar entry withdrawn"),
    "digest": N_("Digest"),
    "test": N_("Test"),
}
"""What lists call each template."""

AREAS: Mapping[str, str] = {
    "approvals": N_("Approvals"),
    "visits": N_("Visits"),
    "people": N_("People"),
    "spending": N_("Spending"),
}

CHANNELS: Mapping[str, str] = {
    "email": N_("E-mails"),
    "sms": N_("Text message"),
    "robot": N_("Group robot"),
    "webhook": N_("Webhook"),
}

HOOKS: Mapping[str, str] = {
    "webhook": N_("Signed webhook"),
    "wecom": N_("Robot of a WeCom group"),
    "dingtalk": N_("Robot of a DingTalk group"),
    "feishu": N_("Robot of a Feishu group"),
}

REASONS: Mapping[str, str] = {
    "bad_number": N_("this number cannot exist"),
    "opted_out": N_("the receiver wants no text messages"),
    "bad_address": N_("this address cannot exist"),
    "rejected": N_("the mail service rejected it"),
    "refused": N_("the other side refused it"),
    "unreachable": N_("the other side cannot be reached"),
    "timed_out": N_("the other side did not answer in time"),
    "no_answer": N_("nobody knows whether it was sent"),
    "unknown_host": N_("there is no such host"),
    "private_address": N_("the address leads into a private network"),
    "bad_web_address": N_("this is not a web address"),
    "bad_robot_address": N_("there is no such robot"),
    "bad_robot_secret": N_("the robot's secret is wrong"),
    "switched_off": N_("it is switched off"),
    "departed": N_("the person has left the company"),
}


def reason(word: str) -> str:
    """The English text of a refusal; what is not known here (an HTTP status) says it in a number."""
    return REASONS.get(word, REASONS["refused"]) if word else ""
