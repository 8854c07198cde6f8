"""Labels of claims."""

from collections.abc import Mapping

from chalicelib.web import claim_words
from chalicelib.web.history.fields import Field, Kind, Sort, aside, rows, values, words
from chalicelib.web.i18n import N_

_MINOR = Field(N_("Amount in minor units"), Sort.NUMBER)
_BUDGET = Field(N_("Budget"), Sort.CODE)
_ALLOCATIONS = rows(
    N_("Shared by departments"),
    department=Field(N_("Department"), Sort.DEPARTMENT),
    amount=_MINOR,
    budget=aside(_BUDGET),
    share=Field(N_("Share in percent"), Sort.CODE),
)
_LINE = {
    "key": aside(Field(N_("Line"), Sort.CODE)),
    "category": Field(N_("Expense category"), Sort.CODE),
    "day": Field(N_("Day"), Sort.DAY),
    "amount": _MINOR,
    "currency": Field(N_("Currency"), Sort.CODE),
    "converted": Field(N_("Converted, in minor units"), Sort.NUMBER),
    "allocations": _ALLOCATIONS,
    "place": Field(N_("Place")),
    "heads": Field(N_("Heads"), Sort.NUMBER),
    "nights": Field(N_("Nights"), Sort.NUMBER),
    "tax": Field(N_("Tax in minor units"), Sort.NUMBER),
    "rate": Field(N_("Exchange rate"), Sort.CODE),
    "rate_day": Field(N_("Day of the rate"), Sort.DAY),
    "description": Field(N_("What")),
    "project": Field(N_("Project")),
    "customer": Field(N_("Customer")),
    "invoice": Field(N_("Received invoice"), Sort.CODE),
    "vendor": Field(N_("Seller")),
    "sanctioned": Field(N_("Granted, in minor units"), Sort.NUMBER),
    "refusal": Field(N_("Why less is granted")),
    "reason": Field(N_("Reason")),
}

KINDS: Mapping[str, Kind] = {
    "claim": Kind(
        N_("Claim"),
        {
            "id": aside(Field(N_("Claim"), Sort.CODE)),
            "number": Field(N_("Number"), Sort.CODE),
            "applicant": Field(N_("Applicant"), Sort.PERSON),
            "applicant_name": aside(Field(N_("Applicant's name"))),
            "department": Field(N_("Department"), Sort.DEPARTMENT),
            "department_path": aside(Field(N_("Place in the company"), Sort.DEPARTMENT)),
            "currency": Field(N_("Currency"), Sort.CODE),
            "purpose": Field(N_("Purpose")),
            "lines": rows(N_("Lines"), **_LINE),
            "created_at": Field(N_("Made"), Sort.MOMENT),
            "links": rows(
                N_("Settles"),
                kind=words(N_("Kind"), **claim_words.LINKS),
                document=aside(Field(N_("Document"), Sort.CODE)),
                number=Field(N_("Number"), Sort.CODE),
                finished=Field(N_("Finished with it"), Sort.FLAG),
            ),
            "offsets": rows(N_("Clears advances"), advance=Field(N_("Advance"), Sort.CODE), amount=_MINOR),
            "taken": rows(
                N_("Taken of budgets"),
                line=_BUDGET,
                amount=_MINOR,
                source_kind=aside(Field(N_("Taken over from"), Sort.CODE)),
                source=aside(Field(N_("Taken over from"), Sort.CODE)),
            ),
            "findings": rows(
                N_("Findings"),
                rule=Field(N_("Rule"), Sort.CODE),
                severity=Field(N_("Severity"), Sort.CODE),
                line=aside(Field(N_("Line"), Sort.CODE)),
                facts=aside(values(N_("Facts"))),
            ),
            "status": Field(N_("Status"), Sort.STATUS),
            "round": aside(Field(N_("Submission no."), Sort.NUMBER)),
            "approval": aside(Field(N_("Approval"), Sort.CODE)),
            "submitted_at": Field(N_("Submitted"), Sort.MOMENT),
            "approved_at": Field(N_("Approved at"), Sort.MOMENT),
            "paid_at": Field(N_("Paid at"), Sort.MOMENT),
            "ended_at": Field(N_("Ended at"), Sort.MOMENT),
            "payable": Field(N_("Payable, in minor units"), Sort.NUMBER),
            "budget_reason": Field(N_("Reason for the claim as a whole")),
            "audited": Field(N_("Drawn for audit"), Sort.FLAG),
            "auto": Field(N_("Approves itself"), Sort.FLAG),
            "reversal": Field(N_("Why it was reversed")),
        },
    ),
}
