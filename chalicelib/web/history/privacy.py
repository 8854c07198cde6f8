"""Labels of what is kept sealed of visitors, and of what they ask about their data."""

from collections.abc import Mapping

from chalicelib.web.history.fields import Field, Kind, Sort, aside, words
from chalicelib.web.history.reception import DOCUMENT_KIND
from chalicelib.web.i18n import N_

_REF = aside(Field(N_("Mark of the document"), Sort.CODE))

KINDS: Mapping[str, Kind] = {
    "sealed_document": Kind(
        N_("Number of an identity document"),
        {
            "ref": _REF,
            "sort": DOCUMENT_KIND,
            "sealed": aside(Field(N_("Number, sealed"))),
        },
    ),
    "privacy_request": Kind(
        N_("Request about a visitor's data"),
        {
            "id": aside(Field(N_("Id"), Sort.CODE)),
            "wish": words(N_("Wish"), export=N_("To know what is kept"), erase=N_("To be forgotten")),
            "contact": Field(N_("Phone number or e-mail"), Sort.CODE),
            "by": Field(N_("Answered by"), Sort.PERSON),
            "created_at": Field(N_("Made"), Sort.MOMENT),
            "status": words(N_("Status"), running=N_("In progress"), done=N_("Done")),
            "visits": Field(N_("Visits"), Sort.NUMBER),
            "kept": Field(N_("Visits still to come"), Sort.NUMBER),
            "cursor": aside(Field(N_("Place"), Sort.CODE)),
            "ended_at": Field(N_("Ended at"), Sort.MOMENT),
        },
    ),
    "disclosure": Kind(N_("Number of a document shown in full"), {"ref": _REF}),
}
