"""Labels of payables, payment batches, the bank's answers, how finance pays, and people's bank accounts."""

from collections.abc import Mapping

from chalicelib.web import payment_words
from chalicelib.web.history.fields import Field, Kind, Sort, aside, rows, words
from chalicelib.web.i18n import N_

_DOCUMENT: Mapping[str, Field] = {
    "document_kind": aside(Field(N_("Kind of document"), Sort.CODE)),
    "document": aside(Field(N_("Document"), Sort.CODE)),
    "number": Field(N_("Number of the document"), Sort.CODE),
    "payee": Field(N_("Payee"), Sort.PERSON),
    "payee_name": aside(Field(N_("Payee"))),
    "amount": Field(N_("Amount in minor units"), Sort.NUMBER),
    "currency": Field(N_("Currency"), Sort.CODE),
}
_BATCH = aside(Field(N_("Payment batch"), Sort.CODE))
_PAYABLE = aside(Field(N_("Payment"), Sort.CODE))
_BARRED = aside(Field(N_("Who may not release it"), Sort.PERSON))
_LEFT_OUT = {"payable": Field(N_("Payment"), Sort.CODE), "reason": Field(N_("Reason"), Sort.CODE)}
_VERDICTS = {key: payment_words.ITEMS[key][0] for key in ("paid", "failed")}


def _looks(label: str, looks: Mapping[str, payment_words.Look]) -> Field:
    return words(label, **{key: word for key, (word, _, _) in looks.items()})


KINDS: Mapping[str, Kind] = {
    "payable": Kind(
        N_("Payment"),
        {
            "id": _PAYABLE,
            **_DOCUMENT,
            "created_at": aside(Field(N_("Made"), Sort.MOMENT)),
            "department": Field(N_("Department"), Sort.DEPARTMENT),
            "status": _looks(N_("Status"), payment_words.PAYABLES),
            "batch": _BATCH,
            "attempts": Field(N_("Attempts"), Sort.NUMBER),
            "reason": Field(N_("Reason")),
            "reference": Field(N_("Reference")),
            "paid_at": Field(N_("Paid on"), Sort.MOMENT),
            "paid_by": Field(N_("Marked by"), Sort.PERSON),
            "reversed_at": Field(N_("Reversed"), Sort.MOMENT),
        },
    ),
    "payment_batch": Kind(
        N_("Payment batch"),
        {
            "id": _BATCH,
            "number": Field(N_("Number"), Sort.CODE),
            "currency": Field(N_("Currency"), Sort.CODE),
            "maker": Field(N_("Made by"), Sort.PERSON),
            "created_at": aside(Field(N_("Made"), Sort.MOMENT)),
            "status": _looks(N_("Status"), payment_words.BATCHES),
            "payments": Field(N_("Payments"), Sort.NUMBER),
            "total": Field(N_("Sum in minor units"), Sort.NUMBER),
            "paid": Field(N_("Paid"), Sort.NUMBER),
            "paid_total": Field(N_("Paid, in minor units"), Sort.NUMBER),
            "failed": Field(N_("Failed"), Sort.NUMBER),
            "failed_total": Field(N_("Failed, in minor units"), Sort.NUMBER),
            "last_no": aside(Field(N_("Number of the last payment"), Sort.NUMBER)),
            "waiting_for": aside(Field(N_("Still to be taken in"), Sort.VALUES)),
            "left_out": rows(N_("Left out"), **_LEFT_OUT),
            "barred": _BARRED,
            "released_by": Field(N_("Released by"), Sort.PERSON),
            "released_at": Field(N_("Released"), Sort.MOMENT),
            "acknowledged": Field(N_("Changed accounts were acknowledged"), Sort.FLAG),
            "problem": Field(N_("Why there is no file"), Sort.CODE),
            "concerned": Field(N_("Whom it concerns"), Sort.VALUES),
            "file": rows(
                N_("File"),
                key=aside(Field(N_("Place of the file"), Sort.CODE)),
                name=Field(N_("Name"), Sort.CODE),
                media=aside(Field(N_("Type"), Sort.CODE)),
                sha256=Field("SHA-256", Sort.CODE),
                size=Field(N_("Size in bytes"), Sort.NUMBER),
            ),
            "fetched": Field(N_("Fetched"), Sort.NUMBER),
        },
    ),
    "payment": Kind(
        N_("Payment of a batch"),
        {
            "batch": _BATCH,
            "payable": _PAYABLE,
            "no": Field(N_("Number in the batch"), Sort.NUMBER),
            **_DOCUMENT,
            "barred": _BARRED,
            "status": _looks(N_("Status"), payment_words.ITEMS),
            "reason": Field(N_("Reason")),
            "answered_at": Field(N_("Answered"), Sort.MOMENT),
            "answered_by": Field(N_("Marked by"), Sort.PERSON),
        },
    ),
    "payment_answer": Kind(
        N_("Answer of a bank"),
        {
            "batch": _BATCH,
            "id": Field("SHA-256", Sort.CODE),
            "name": Field(N_("File")),
            "by": Field(N_("By"), Sort.PERSON),
            "at_time": Field(N_("When"), Sort.MOMENT),
            "rows": rows(
                N_("Rows"),
                payable=_LEFT_OUT["payable"],
                verdict=words(N_("Status"), **_VERDICTS),
                reason=Field(N_("Reason")),
            ),
            "done": Field(N_("Carried out"), Sort.NUMBER),
            "refused": rows(N_("Refused"), **_LEFT_OUT),
            "status": words(N_("Status"), running=N_("Being carried out"), done=N_("Carried out")),
        },
    ),
    "payment_opening": Kind(
        N_("Bank accounts opened for a file"),
        {
            "released_by": Field(N_("Released by"), Sort.PERSON),
            "payees": Field(N_("Whose accounts"), Sort.PERSON),
        },
    ),
    "payment_fetch": Kind(N_("File of a batch fetched"), {"sha256": Field("SHA-256", Sort.CODE)}),
    "payment_settings": Kind(
        N_("How we pay"),
        {
            "four_eyes": Field(N_("A batch is released by somebody else than who made it"), Sort.FLAG),
            "name": Field(N_("Name of the company")),
            "iban": Field(N_("IBAN"), Sort.CODE),
            "bic": Field(N_("BIC"), Sort.CODE),
            "account": Field(N_("Account number"), Sort.CODE),
        },
    ),
    "bank_account": Kind(
        N_("Bank account"),
        {
            "person": aside(Field(N_("Colleague"), Sort.PERSON)),
            "form": words(N_("Which account"), **payment_words.ACCOUNTS),
            "holder": Field(N_("Holder")),
            "shown": Field(N_("Number"), Sort.CODE),
            "sealed": Field(N_("Sealed number"), Sort.CODE),
            "changed_on": aside(Field(N_("Changed"), Sort.MOMENT)),
            "bank": Field(N_("Bank")),
            "cnaps": Field(N_("Code of the branch (CNAPS)"), Sort.CODE),
            "in_use": Field(N_("In use"), Sort.FLAG),
        },
    ),
}
