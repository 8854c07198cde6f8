"""What people read for each error code. The code is for programs and never changes; the text may."""

from collections.abc import Mapping

from chalicelib.web import (
    advance_words,
    application_words,
    budget_words,
    claim_words,
    compliance_words,
    expense_words,
    gate_words,
    payment_words,
    received_words,
)
from chalicelib.web.i18n import N_, translator
from chalicelib.web.money import money

_MESSAGES: Mapping[str, str] = {
    # Requests
    "refused": N_("This is not possible."),
    "malformed": N_("The request could not be read."),
    "body_too_large": N_("That is too much at once: at most %(limit)s KB."),
    "unsupported_media_type": N_("This kind of content is not accepted here."),
    "bad_csrf": N_("This page is too old. Load it again and repeat what you did."),
    "bad_cursor": N_("This page of the list no longer exists. Start again from the first page."),
    "not_found": N_("There is nothing here, or you may not see it."),
    "method_not_allowed": N_("This cannot be done at this address."),
    "internal_error": N_("Something went wrong on our side."),
    "conflict": N_("The record has moved on, so this is no longer possible."),
    "illegal_move": N_("The present status does not allow this."),
    "stale_version": N_("Somebody changed this after you opened it."),
    "contention": N_("Somebody else was faster. Please try again."),
    "too_many_requests": N_("Too many attempts. Please wait a little."),
    "idempotency_key_reused": N_("This was already sent once with other content. Reload the page and send again."),
    # Signing in
    "unauthenticated": N_("Please sign in."),
    "token_expired": N_("Your session has ended. Please sign in again."),
    "signed_out": N_("You signed out. Please sign in again."),
    "second_factor_needed": N_("Your role requires a code from your authenticator app."),
    "wrong_credentials": N_("User name or password is wrong."),
    "wrong_code": N_("This code is wrong or was used before. Enter the next one."),
    "sign_in_expired": N_("Signing in took too long. Please start again."),
    "weak_password": N_(
        "This password is too weak. At least 12 characters, with capital and small letters and digits."
    ),
    "password_used_before": N_("This password was used before."),
    "locked_out": N_("Too many failed attempts. Try again in %(minutes)s minutes."),
    "forbidden": N_("You may not do this."),
    "not_yours": N_("This is for somebody else to decide."),
    # Fields
    "invalid_fields": N_("Some fields need another look."),
    "required": N_("Please fill this in."),
    "too_long": N_("At most %(max_length)s characters."),
    "too_many_rows": N_("At most %(max_length)s entries."),
    "too_few_rows": N_("At least %(min_length)s entries."),
    "too_small": N_("At least %(ge)s."),
    "too_large": N_("At most %(le)s."),
    "unknown_field": N_("There is no such field."),
    "bad_choice": N_("Please choose one of the given values."),
    "bad_format": N_("This cannot be read as what is asked for."),
    "bad_email": N_("This is not a complete e-mail address."),
    "phone_not_real": N_("This phone number does not exist. With a foreign number, start with + and the country code."),
    "needs_time_zone": N_("The time needs a time zone."),
    # Visits
    "change_pending": N_("Another change of this visit waits for approval. Take it back first, or wait for it."),
    "site_is_fixed": N_("An approved visit stays where it is. Cancel it and apply for one at the other site."),
    "visit_not_over": N_("The visit is not over yet."),
    "rated_already": N_("You have already said how it was. Thank you."),
    "no_more_companions": N_("You cannot bring more people. Please ask your host."),
    "listed_already": N_("Somebody with this phone number is expected already."),
    "already_begun": N_("The visit has begun, so its start stays. You can change its end."),
    "visit_illegal_move": N_("The present status of the visit does not allow this."),
    "name_taken": N_("Somebody else signs in with this."),
    "unknown_department": N_("There is no such department."),
    "department_circle": N_("A department cannot belong to one below it."),
    "not_yourself": N_("Not yourself."),
    "no_office_hours": N_("At least one day of the week needs office hours."),
    "last_administrator": N_("Somebody has to stay administrator. Give somebody else this role first."),
    "unknown_host": N_("There is no such host."),
    "private_address": N_("This address leads into a private network; only addresses on the internet are possible."),
    "quiet_all_day": N_("Beginning and end are the same."),
    "bad_web_address": N_("A web address starts with https://."),
    "unknown_site": N_("There is no such site."),
    "unknown_person": N_("There is no such person."),
    "unknown_resource": N_("There is no such room, equipment or vehicle at this site."),
    "host_departed": N_("%(name)s has left the company. Please choose another host."),
    "in_the_past": N_("This time has passed."),
    "end_before_start": N_("The end must be after the start."),
    "period_too_long": N_("At most %(months)s months."),
    "visit_too_long": N_("A visit lasts at most %(days)s days."),
    "too_far_ahead": N_("At most %(days)s days ahead."),
    "visitor_twice": N_("Visitor %(row)s has the same phone number."),
    "kept_longer_than_names": N_("Contact data cannot be kept longer than the names that they belong to."),
    "bad_contact": N_("This is neither a phone number nor an e-mail address."),
    "privacy_data_gone": N_("These data can be fetched for seven days after they were asked for."),
    "too_many_documents": N_("At most %(limit)s documents can be stated at once. Add the others by a change."),
    "outside_visit": N_("It is booked outside the time of the visit."),
    "resource_taken": N_("%(resource)s is taken at that time by %(booking)s. Choose another one or another time."),
    "too_many_resource_days": N_("At most %(limit)s days of rooms, equipment and vehicles in one application."),
    "until_or_count": N_("Say until when, or how many times; one of the two."),
    "series_of_one": N_("The series has one day only. Let it end later."),
    "series_too_long": N_("At most %(limit)s times in one series."),
    "series_too_far_ahead": N_("The series goes further ahead than a year."),
    "file_unreadable": N_("This file cannot be read. Save it as CSV or XLSX and try again."),
    "file_unpacks_too_large": N_("This file unpacks to more than %(limit)s MB."),
    "file_too_many_rows": N_("At most %(limit)s rows in one file."),
    "column_missing": N_("This column is missing in the first row."),
    "column_twice": N_("This column is there more than once."),
    "looks_like_formula": N_("This looks like a formula. Write plain text."),
    "list_is_empty": N_("There is no visitor in the file. The headings stand in its first row."),
    "list_too_long": N_("The file has %(rows)s visitors. One application takes %(limit)s at most."),
    "series_overlaps": N_("One visit is not over before the day of the next one. Leave more weeks between them."),
    # Reception items, standards, checklist
    "not_of_this_item": N_("An item of this type does not take this."),
    "outside_visit_days": N_("At most %(days)s days before or after the visit."),
    "bad_amount": N_("This is no amount of this currency."),
    "price_needed": N_("No standard says what this costs. Please fill in the price."),
    "reason_needed": N_("This is above the standard. Please give the reason; your approvers read it."),
    "above_standard": N_("The standard allows %(limit)s at most. Please choose something less expensive."),
    "too_many_hosts": N_("The standard allows %(max)s hosts at most."),
    "not_allowed_by_standard": N_("The standard does not allow this. Please remove the item."),
    "unknown_level": N_("There is no such level."),
    "standard_overlaps": N_("Another standard counts from %(first)s to %(last)s for the same."),
    "standard_in_force": N_("Visits were estimated by this already. Let it end, and write down a new standard."),
    "level_in_use": N_("There are standards for level %(level)s, so it stays."),
    "bad_level_key": N_("At most 20 letters, digits, - and _, beginning with a letter or digit."),
    "checklist_illegal_move": N_("Somebody else changed this task already."),
    **budget_words.REFUSALS,
    **compliance_words.REFUSALS,
    **application_words.REFUSALS,
    **claim_words.REFUSALS,
    **received_words.REFUSALS,
    **payment_words.REFUSALS,
    **expense_words.REFUSALS,
    **gate_words.REFUSALS,
    **advance_words.REFUSALS,
    # Approvals
    "already_decided": N_("This was already decided."),
    "own_document": N_("Nobody decides on what they asked for themselves."),
    "comment_needed": N_("Please say why, so that the applicant knows what to change."),
    "no_approver": N_("Nobody can approve this. Please tell an administrator."),
    "too_many_approvers": N_("At most %(max)s people can be asked."),
    # Process definitions
    "never_decided": N_("Nobody could ever decide this step: its rules match nobody, and there is no administrator."),
    "optional_field": N_(
        "The applicant could leave this field empty, and nobody would decide. Make the field required, "
        "or let an administrator decide when nobody matches."
    ),
    "wrong_field_type": N_(
        "This field is of the wrong kind here: approvers are people, a budget belongs to a department."
    ),
    "too_many_copies": N_("At most %(max)s people can get a copy."),
    "urged_recently": N_("This was urged a moment ago. Please wait an hour before urging again."),
    "already_asked": N_("This person is already asked in this step, or stands in for somebody who is."),
    "advice_only": N_("You were asked for advice: say yes or no. The decision is made by whoever asked you."),
    "not_due": N_("The time to decide is not over yet."),
    "last_approver": N_("Nobody would be left to decide this step. Add or transfer to somebody else first."),
    "not_asked": N_("This person is not being asked."),
    "not_returnable": N_("The document cannot be returned to this step: it asked nobody before."),
    "too_deep": N_("At most %(max)s levels of groups within groups."),
    "bad_value": N_("This field cannot have this value."),
    "bad_operator": N_("This kind of field cannot be compared in this way."),
    "out_of_range": N_("This value is out of range."),
    "duplicate": N_("This is already there."),
    "unknown_role": N_("There is no such role."),
    "unknown_value": N_("This value is not known."),
    "bad_key": N_("Only lower-case letters, digits and underscores."),
    "departed_person": N_("This person has left the company."),
    "too_many": N_("At most %(max)s."),
    "wrong_type": N_("This is the wrong kind of value."),
    # Processes and requests
    "bad_value_in_line": N_("Line %(line)s cannot be used: at most %(max_length)s characters, nothing invisible."),
    "bad_prefix": N_("Two to twelve capital letters or digits, a letter first."),
    "process_illegal_move": N_("The present status of the process does not allow this."),
    "export_too_long": N_("More than %(limit)s rows do not fit into one file. Please narrow the list down first."),
    "unknown_list": N_("There is no such list."),
    "export_not_ready": N_("There is no file yet."),
    "export_gone": N_("This file was kept for seven days and is gone. Ask for it again."),
    "export_rights_changed": N_("Your rights changed since this file was made. Ask for it again."),
    "finance_export_running": N_("An export of today is being made already. Wait for it, or look at how far it is."),
    "finance_export_no_file": N_("This run has no files: it is not ready, or a later run of the day took its place."),
    "process_retired": N_("This process cannot be started any more."),
    "request_illegal_move": N_("The present status of the request does not allow this."),
    # Forms
    "too_short": N_("At least %(min_length)s characters."),
    "too_early": N_("Not before %(min)s."),
    "too_late": N_("Not after %(max)s."),
    "not_whole": N_("A whole number, please."),
    "too_many_decimals": N_("At most %(decimals)s digits after the point."),
    "pattern_mismatch": N_("This does not have the form that is asked for."),
    "not_listed": N_("This is not in the reference list."),
    "not_for_kind": N_("A field of this kind does not take this."),
    "no_nested_tables": N_("A table cannot contain another table."),
    "unknown_currency": N_("There is no such currency."),
    "bad_pattern": N_("This pattern cannot be used."),
    "unknown_reference": N_("There is no such reference list."),
    "no_files_in_tables": N_("A table cannot contain files."),
    "too_many_files": N_("At most %(max)s files."),
    "too_few_files": N_("At least %(min)s files."),
    # Files
    "file_type_refused": N_(
        "Files of this type are not taken. Possible are PDF, pictures, Word, Excel, text, CSV, OFD, XML."
    ),
    "file_type_not_taken": N_("This type of file is not taken here."),
    "file_empty": N_("This file is empty."),
    "file_too_large": N_("This file is larger than %(limit)s MB."),
    "file_not_as_named": N_("The content of this file is not what its name says. Please choose the right file."),
    "file_missing": N_("This file did not arrive. Please remove it and upload it again."),
    "file_expired": N_("This file was uploaded more than a day ago and is gone. Please upload it again."),
    "file_unknown": N_("This file is not there, or belongs to another document. Please upload it again."),
    "too_many_uploads": N_("Too many files in one hour. Please go on a little later."),
    "min_above_max": N_("The upper bound lies below the lower one."),
}


class _Given(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "…"  # a text that lacks a value is still better than no answer


_SUMS = frozenset({"available", "asked", "held", "left", "open", "most"})


def message(code: str, params: Mapping[str, str], locale: str) -> str:
    """The text for an error `code` in the language of `locale`, with `params` filled in."""
    text = translator(locale).gettext(_MESSAGES.get(code, _MESSAGES["refused"]))
    return text % _Given({name: _told(name, value, params) for name, value in params.items()})


def _told(name: str, value: str, params: Mapping[str, str]) -> str:
    """A sum of money as people read it: params carry its minor units, and the currency beside them."""
    return money(int(value), params["currency"]) if name in _SUMS and "currency" in params else value


def codes() -> frozenset[str]:
    """Every code that has a text."""
    return frozenset(_MESSAGES)
