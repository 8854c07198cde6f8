"""What people call the parts of payments, and what they read when one refuses. English msgids."""

from collections.abc import Mapping

from chalicelib.web.i18n import N_

type Look = tuple[str, str, str]
"""A word (an English msgid), an icon and a tone."""

PAYABLES: Mapping[str, Look] = {
    "due": (N_("To be paid"), "hourglass", "waiting"),
    "batched": (N_("In a batch"), "list", "news"),
    "paid": (N_("Paid"), "circle-check", "good"),
    "failed": (N_("Failed, to be paid again"), "triangle-alert", "bad"),
    "cancelled": (N_("Not to be paid any more"), "ban", "quiet"),
}

BATCHES: Mapping[str, Look] = {
    "gathering": (N_("Being put together"), "hourglass", "waiting"),
    "draft": (N_("Not released yet"), "pencil", "quiet"),
    "releasing": (N_("The file is being made"), "hourglass", "waiting"),
    "released": (N_("Released, no answer yet"), "send", "news"),
    "partly": (N_("Partly answered"), "hourglass", "waiting"),
    "answered": (N_("Every payment is answered"), "circle-check", "good"),
    "closed": (N_("Put away"), "check", "quiet"),
    "cancelling": (N_("Being given up"), "hourglass", "quiet"),
    "cancelled": (N_("Given up"), "ban", "quiet"),
}

ITEMS: Mapping[str, Look] = {
    "waiting": (N_("No answer yet"), "hourglass", "waiting"),
    "paid": (N_("Paid"), "circle-check", "good"),
    "failed": (N_("Failed, to be paid again"), "triangle-alert", "bad"),
    "dropped": (N_("Taken out"), "ban", "quiet"),
}

STATES: Mapping[str, str] = {"open": N_("To be paid"), "batched": N_("In a batch"), "paid": N_("Done")}

ACCOUNTS: Mapping[str, str] = {"iban": N_("Account by IBAN"), "cn": N_("Account in China")}

PROBLEMS: Mapping[str, str] = {
    "payer_missing": N_("No file was made: name and IBAN of the company's account are missing."),
    "account_missing": N_("No file was made. These people have stated no account for this currency: %(names)s"),
    "account_on_hold": N_(
        "No file was made. The accounts of these people were changed within the last 24 hours: %(names)s"
    ),
}
"""Why a release made no file."""

OUTCOMES: Mapping[str, str] = {
    "paid": N_("Paid"),
    "failed": N_("Failed, to be paid again"),
    "known": N_("Known already"),
    "open": N_("The bank is still at it"),
    "wrong": N_("Cannot stand"),
}

REFUSALS: Mapping[str, str] = {
    "payable_exists": N_("This part of %(number)s is to be paid already."),
    "payable_illegal_move": N_("The present status of the payment does not allow this."),
    "payable_taken": N_("It stands in another batch, or was paid. Load the list again."),
    "payable_other_currency": N_("All payments of a batch have one currency."),
    "unknown_payable": N_("There is no such payment."),
    "payment_batch_size": N_("Choose at least one and at most %(limit)s payments."),
    "payment_batch_illegal_move": N_("The present status of the batch does not allow this."),
    "payment_batch_empty": N_("Nothing is in this batch. Give it up and make another one."),
    "payment_file_fetched": N_(
        "Somebody has fetched the file; it may be with the bank. Mark each payment as failed instead."
    ),
    "payment_illegal_move": N_("This payment was answered already, or its batch has no file yet."),
    "payment_not_yours": N_(
        "You approved %(number)s or something in it, or are paid by it. Somebody else of finance has to do this."
    ),
    "payment_four_eyes": N_("You made this batch. Somebody else of finance has to release it."),
    "answer_empty": N_("There is no payment in this file."),
    "answer_not_pain_002": N_("This is no status report of a bank (pain.002)."),
    "answer_other_batch": N_("This is the answer to another batch: %(message)s"),
    "answer_unknown_status": N_("Row %(row)s: the status %(status)s is not known."),
    "answer_column_missing": N_("The column %(column)s is missing in the first row."),
    "answer_unknown_payment": N_("No payment of this batch has this id."),
    "answer_not_in_batch": N_("This payment was taken out of the batch."),
    "answer_twice": N_("The file says something else of this payment before."),
    "answer_already_paid": N_("This payment is marked as paid."),
    "answer_already_failed": N_("This payment is marked as failed."),
    "bad_iban": N_("This is no IBAN. Please look at it digit by digit."),
    "bad_bic": N_("This is no BIC: 8 or 11 letters and digits."),
    "bad_account_number": N_("An account number has 8 to 32 digits."),
    "bad_cnaps": N_("The code of the branch has 12 digits. Your bank's app shows it."),
}
"""By error code, among those of web/messages.py."""
