"""Labels of budget lines and of what moves on them."""

from collections.abc import Mapping

from chalicelib.web import budget_words, expense_words
from chalicelib.web.history.fields import Field, Kind, Sort, aside, rows, values, words
from chalicelib.web.i18n import N_

_LINE = aside(Field(N_("Budget"), Sort.CODE))

KINDS: Mapping[str, Kind] = {
    "budget_line": Kind(
        N_("Budget"),
        {
            "id": _LINE,
            "department": Field(N_("Department"), Sort.DEPARTMENT),
            "category": words(N_("Category"), **budget_words.CATEGORIES),
            "currency": Field(N_("Currency"), Sort.CODE),
            "period": Field(N_("Period"), Sort.CODE),
            "control": words(N_("Control"), **budget_words.CONTROLS),
            "carries": Field(N_("The remainder is carried over"), Sort.FLAG),
            "borrows": Field(N_("May borrow from the next month"), Sort.FLAG),
            "status": words(N_("Status"), **budget_words.STATUS),
            "allotted": Field(N_("Allotted, in minor units"), Sort.NUMBER),
            "adjusted": Field(N_("Adjusted, in minor units"), Sort.NUMBER),
            "available": Field(N_("Available, in minor units"), Sort.NUMBER),
            "frozen": Field(N_("Frozen, in minor units"), Sort.NUMBER),
            "used": Field(N_("Used, in minor units"), Sort.NUMBER),
        },
    ),
    "budget_groups": Kind(
        N_("Groups of categories"),
        {
            "groups": rows(
                N_("Groups"),
                key=Field(N_("Key"), Sort.CODE),
                title=Field(N_("Name"), Sort.BY_LANGUAGE),
                categories=words(N_("Categories"), **budget_words.CATEGORIES),
            )
        },
    ),
    "budget_change": Kind(
        N_("Change of a budget"),
        {
            "id": aside(Field(N_("Change of a budget"), Sort.CODE)),
            "number": Field(N_("Number"), Sort.CODE),
            "applicant": aside(Field(N_("Applicant"), Sort.PERSON)),
            "applicant_name": Field(N_("Applicant")),
            "what": words(N_("What"), **budget_words.WHATS),
            "line": Field(N_("Budget"), Sort.CODE),
            "source": Field(N_("The other budget"), Sort.CODE),
            "department": Field(N_("Department"), Sort.DEPARTMENT),
            "department_path": aside(Field(N_("Department and those above"), Sort.DEPARTMENT)),
            "category": words(N_("Category"), **budget_words.CATEGORIES),
            "period": Field(N_("Period"), Sort.CODE),
            "currency": Field(N_("Currency"), Sort.CODE),
            "amount": Field(N_("Amount in minor units"), Sort.NUMBER),
            "reason": Field(N_("Reason")),
            "created_at": Field(N_("Made"), Sort.MOMENT),
            "status": Field(N_("Status"), Sort.STATUS),
            "round": aside(Field(N_("Round"), Sort.NUMBER)),
            "approval": aside(Field(N_("Approval"), Sort.CODE)),
            "submitted_at": Field(N_("Submitted"), Sort.MOMENT),
            "ended_at": Field(N_("Ended"), Sort.MOMENT),
        },
    ),
    "rates": Kind(
        N_("Exchange rates"),
        {
            "day": Field(N_("Day"), Sort.DAY),
            "reference": values(N_("What a euro is worth")),
            "own": rows(
                N_("By hand"),
                currency=Field(N_("Currency"), Sort.CODE),
                base=Field(N_("In"), Sort.CODE),
                value=Field(N_("Rate"), Sort.CODE),
            ),
        },
    ),
    "expense_categories": Kind(N_("Expense categories"), {}),
    "expense_category": Kind(
        N_("Expense category"),
        {
            "key_word": Field(N_("Key"), Sort.CODE),
            "title": Field(N_("Name"), Sort.BY_LANGUAGE),
            "budget": words(N_("Taken from the budget for"), **budget_words.CATEGORIES),
            "asks": words(N_("Its lines also say"), **expense_words.ASKS),
            "alcohol": Field(N_("For alcohol"), Sort.FLAG),
            "active": Field(N_("Can be chosen"), Sort.FLAG),
        },
    ),
    "budget_movement": Kind(
        N_("Movement of a budget"),
        {
            "id": aside(Field(N_("Movement of a budget"), Sort.CODE)),
            "line": _LINE,
            "what": words(N_("What"), **budget_words.MOVEMENTS),
            "amount": Field(N_("Amount in minor units"), Sort.NUMBER),
            "at_time": aside(Field(N_("When"), Sort.MOMENT)),
            "by": aside(Field(N_("Who"), Sort.PERSON)),
            "reason": Field(N_("Reason")),
            "document_kind": aside(Field(N_("Kind of document"), Sort.CODE)),
            "document": aside(Field(N_("Document"), Sort.CODE)),
            "number": Field(N_("Number of the document"), Sort.CODE),
            "other": Field(N_("The other budget"), Sort.CODE),
        },
    ),
}
