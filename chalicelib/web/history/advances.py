"""Labels of advances, of what moves on them and of the rules for them."""

from collections.abc import Mapping

from chalicelib.web import advance_words
from chalicelib.web.history.fields import Field, Kind, Sort, aside, rows, words
from chalicelib.web.i18n import N_

_ADVANCE = aside(Field(N_("Advance"), Sort.CODE))
_AMOUNT = Field(N_("Amount in minor units"), Sort.NUMBER)
_CONTROLS = advance_words.CONTROLS

KINDS: Mapping[str, Kind] = {
    "advance": Kind(
        N_("Advance"),
        {
            "id": _ADVANCE,
            "number": Field(N_("Number"), Sort.CODE),
            "applicant": aside(Field(N_("Applicant"), Sort.PERSON)),
            "applicant_name": Field(N_("Applicant")),
            "department": Field(N_("Department"), Sort.DEPARTMENT),
            "department_path": aside(Field(N_("Departments above"), Sort.VALUES)),
            "purpose": Field(N_("Purpose")),
            "currency": Field(N_("Currency"), Sort.CODE),
            "amount": _AMOUNT,
            "due": Field(N_("To be accounted for by"), Sort.DAY),
            "created_at": aside(Field(N_("Created"), Sort.MOMENT)),
            "source_kind": aside(Field(N_("Kind of document"), Sort.CODE)),
            "source": aside(Field(N_("Document"), Sort.CODE)),
            "source_number": Field(N_("Number of the document"), Sort.CODE),
            "reason": Field(N_("Reason")),
            "excesses": rows(
                N_("Against a rule"),
                rule=words(N_("Rule"), **advance_words.RULES),
                limit=Field(N_("Limit in minor units"), Sort.NUMBER),
                open=Field(N_("Outstanding, in minor units"), Sort.NUMBER),
                number=Field(N_("Number"), Sort.CODE),
                due=Field(N_("Due"), Sort.DAY),
            ),
            "origin": words(N_("Comes from"), **advance_words.ORIGINS),
            "status": words(N_("Status"), **{key: word for key, (word, _, _) in advance_words.STATUSES.items()}),
            "round": aside(Field(N_("Round"), Sort.NUMBER)),
            "approval": aside(Field(N_("Approval"), Sort.CODE)),
            "submitted_at": Field(N_("Submitted"), Sort.MOMENT),
            "approved_at": Field(N_("Approved at"), Sort.MOMENT),
            "paid_at": Field(N_("First paid at"), Sort.MOMENT),
            "settled_at": Field(N_("Settled at"), Sort.MOMENT),
            "paid": Field(N_("Paid, in minor units"), Sort.NUMBER),
            "reserved": Field(N_("Reserved for claims, in minor units"), Sort.NUMBER),
            "scheduled": Field(N_("To be deducted from salary, in minor units"), Sort.NUMBER),
            "cleared": Field(N_("Cleared, in minor units"), Sort.NUMBER),
            "returned": Field(N_("Returned, in minor units"), Sort.NUMBER),
            "clearings": rows(
                N_("Claims"),
                claim=aside(Field(N_("Document"), Sort.CODE)),
                number=Field(N_("Number"), Sort.CODE),
                reserved=Field(N_("Reserved for claims, in minor units"), Sort.NUMBER),
                cleared=Field(N_("Cleared, in minor units"), Sort.NUMBER),
            ),
            "deductions": rows(
                N_("Deductions from salary"),
                id=aside(Field(N_("Deductions from salary"), Sort.CODE)),
                month=Field(N_("Month"), Sort.CODE),
                amount=_AMOUNT,
            ),
            "parts": aside(Field(N_("Payments"), Sort.NUMBER)),
            "payables": aside(Field(N_("To be paid"), Sort.VALUES)),
            "remind_at": aside(Field(N_("Reminded at"), Sort.MOMENT)),
        },
    ),
    "advance_movement": Kind(
        N_("Movement of an advance"),
        {
            "id": aside(Field(N_("Movement of an advance"), Sort.CODE)),
            "advance": _ADVANCE,
            "what": words(N_("What"), **advance_words.MOVEMENTS),
            "amount": _AMOUNT,
            "at_time": aside(Field(N_("When"), Sort.MOMENT)),
            "by": aside(Field(N_("Who"), Sort.PERSON)),
            "reason": Field(N_("Reason")),
            "document_kind": aside(Field(N_("Kind of document"), Sort.CODE)),
            "document": aside(Field(N_("Document"), Sort.CODE)),
            "number": Field(N_("Number of the document"), Sort.CODE),
            "method": words(N_("How"), **advance_words.METHODS),
            "month": Field(N_("Month"), Sort.CODE),
            "receipt": Field(N_("Receipt"), Sort.CODE),
        },
    ),
    "advance_terms": Kind(
        N_("Rules for advances"),
        {
            "limits": rows(
                N_("Limits"),
                grade=Field(N_("Grade"), Sort.CODE),
                currency=Field(N_("Currency"), Sort.CODE),
                amount=_AMOUNT,
            ),
            "over_limit": words(N_("Above the limit"), **_CONTROLS),
            "overdue": words(N_("While another one is overdue"), **_CONTROLS),
            "days": Field(N_("Days to account for it"), Sort.NUMBER),
            "before": Field(N_("Reminded so many days ahead"), Sort.NUMBER),
            "every": Field(N_("Reminded again every so many days"), Sort.NUMBER),
        },
    ),
}
