"""Labels of budget applications."""

from collections.abc import Mapping

from chalicelib.web import application_words
from chalicelib.web.history.fields import Field, Kind, Sort, aside, rows, words
from chalicelib.web.i18n import N_

_LINE = Field(N_("Budget"), Sort.CODE)
_ROW = {
    "type": words(N_("Type"), **application_words.TYPES),
    "day": Field(N_("Day"), Sort.DAY),
    "until": Field(N_("Last day"), Sort.DAY),
    "category": Field(N_("Expense category"), Sort.CODE),
    "place": Field(N_("City or place")),
    "what": Field(N_("What exactly")),
    "origin": Field(N_("Leaves from")),
    "goal": Field(N_("Goes to")),
    "travel": words(N_("Means and class"), **application_words.TRAVELS),
    "heads": Field(N_("Heads"), Sort.NUMBER),
    "nights": Field(N_("Nights"), Sort.NUMBER),
    "rooms": Field(N_("Rooms"), Sort.NUMBER),
    "days": Field(N_("Number of days"), Sort.NUMBER),
    "quantity": Field(N_("Pieces"), Sort.NUMBER),
    "price": Field(N_("Price of one, in minor units"), Sort.NUMBER),
    "amount": Field(N_("Amount as stated, in minor units"), Sort.NUMBER),
    "currency": Field(N_("Currency"), Sort.CODE),
    "project": Field(N_("Project")),
    "customer": Field(N_("Customer")),
    "note": Field(N_("Note")),
    "cost": Field(N_("Cost in minor units"), Sort.NUMBER),
    "rate": Field(N_("Exchange rate"), Sort.CODE),
    "rate_day": Field(N_("Day of the rate"), Sort.DAY),
    "converted": Field(N_("Converted, in minor units"), Sort.NUMBER),
    "line": aside(_LINE),
}

KINDS: Mapping[str, Kind] = {
    "application": Kind(
        N_("Budget application"),
        {
            "id": aside(Field(N_("Budget application"), Sort.CODE)),
            "number": Field(N_("Number"), Sort.CODE),
            "applicant": Field(N_("Applicant"), Sort.PERSON),
            "applicant_name": aside(Field(N_("Applicant's name"))),
            "department": Field(N_("Department"), Sort.DEPARTMENT),
            "department_path": aside(Field(N_("Place in the company"), Sort.DEPARTMENT)),
            "site": Field(N_("Site"), Sort.SITE),
            "currency": Field(N_("Currency"), Sort.CODE),
            "purpose": Field(N_("Purpose")),
            "rows": rows(N_("What it is for"), **_ROW),
            "created_at": Field(N_("Made"), Sort.MOMENT),
            "visit": aside(Field(N_("Visit"), Sort.CODE)),
            "visit_number": Field(N_("Visit"), Sort.CODE),
            "shares": rows(
                N_("Taken of budgets"),
                line=_LINE,
                amount=Field(N_("Amount in minor units"), Sort.NUMBER),
                over=Field(N_("Above the budget, in minor units"), Sort.NUMBER),
            ),
            "budget_reason": Field(N_("Reason for exceeding the budget")),
            "status": Field(N_("Status"), Sort.STATUS),
            "round": aside(Field(N_("Submission no."), Sort.NUMBER)),
            "approval": aside(Field(N_("Approval"), Sort.CODE)),
            "submitted_at": Field(N_("Submitted"), Sort.MOMENT),
            "approved_at": Field(N_("Approved at"), Sort.MOMENT),
            "ended_at": Field(N_("Ended at"), Sort.MOMENT),
        },
    ),
}
