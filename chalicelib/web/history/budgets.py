"""Labels of budget lines and of what moves on them."""

from collections.abc import Mapping

from chalicelib.web import budget_words
from chalicelib.web.history.fields import Field, Kind, Sort, aside, words
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
