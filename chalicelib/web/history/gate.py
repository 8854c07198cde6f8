"""Labels of what happens at the gates: passes, passages, badges, lists, matters for reception."""

from collections.abc import Mapping

from chalicelib.web.history.fields import Field, Kind, Sort, aside, rows, words
from chalicelib.web.i18n import N_

_COMPANY = Field(N_("Company"))
_DAY = Field(N_("Day"), Sort.DAY)
_ENDS = Field(N_("Ends"), Sort.MOMENT)
_GATE = Field(N_("Gate"), Sort.CODE)
_HOST = Field(N_("Host"), Sort.PERSON)
_HOST_NAME = aside(Field(N_("Host's name")))
_NAME = Field(N_("Full name"))
_NO = Field(N_("Visitor no."), Sort.NUMBER)
_NUMBER = Field(N_("Reservation number"), Sort.CODE)
_PHONE = Field(N_("Mobile phone"), Sort.CODE)
_RESERVATION = Field(N_("Visitor's reservation number"), Sort.CODE)
_SITE = Field(N_("Site"), Sort.SITE)
_STARTS = Field(N_("Starts"), Sort.MOMENT)
_STATUS = Field(N_("Status"), Sort.STATUS)
_VISIT = aside(Field(N_("Visit"), Sort.CODE))

KINDS: Mapping[str, Kind] = {
    "pass": Kind(
        N_("Visitor's pass"),
        {
            "visit": _VISIT,
            "no": _NO,
            "day": _DAY,
            "site": _SITE,
            "name": _NAME,
            "company": _COMPANY,
            "phone_digits": aside(Field(N_("Last digits of the phone"), Sort.CODE)),
            "reservation": _RESERVATION,
            "number": _NUMBER,
            "host": _HOST,
            "host_name": _HOST_NAME,
            "starts": _STARTS,
            "ends": _ENDS,
            "status": _STATUS,
            "since": Field(N_("On site since"), Sort.MOMENT),
            "first_in": Field(N_("First came in"), Sort.MOMENT),
            "last_out": Field(N_("Last went out"), Sort.MOMENT),
            "gate": _GATE,
            "entries": Field(N_("Times come in"), Sort.NUMBER),
            "signed_out_by_rule": Field(N_("Signed out by rule"), Sort.FLAG),
            "late_minutes": Field(N_("Minutes late, as announced"), Sort.NUMBER),
            "last": aside(
                rows(
                    N_("Passage that can be undone"),
                    at=Field(N_("When"), Sort.MOMENT),
                    nonce=Field(N_("Mark of the scan"), Sort.CODE),
                    recorded_at=Field(N_("Known since"), Sort.MOMENT),
                    moved=Field(N_("Last passage before it"), Sort.MOMENT),
                    gate=_GATE,
                )
            ),
        },
    ),
    "passage": Kind(
        N_("Passage through a gate"),
        {
            "visit": _VISIT,
            "no": _NO,
            "day": _DAY,
            "direction": words(N_("Direction"), **{"in": N_("In"), "out": N_("Out")}),
            "at_time": Field(N_("When"), Sort.MOMENT),
            "recorded_at": Field(N_("Known since"), Sort.MOMENT),
            "site": _SITE,
            "gate": _GATE,
            "by": Field(N_("Scanned by"), Sort.PERSON),
            "nonce": aside(Field(N_("Mark of the scan"), Sort.CODE)),
            "reason": Field(N_("Let through without a code because")),
            "undone_at": Field(N_("Taken back at"), Sort.MOMENT),
            "undone_by": Field(N_("Taken back by"), Sort.PERSON),
            "undo_reason": Field(N_("Taken back because")),
        },
    ),
    "watched": Kind(
        N_("Entry of the watch list or the block list"),
        {
            "id": aside(Field(N_("Entry"), Sort.CODE)),
            "list": words(N_("Which list"), watch=N_("Watch: reception is told"), block=N_("Block: no entry")),
            "name": _NAME,
            "aliases": Field(N_("Other names")),
            "phone": _PHONE,
            "document": aside(Field(N_("Mark of the document"), Sort.CODE)),
            "document_end": Field(N_("End of the document's number"), Sort.CODE),
            "reason": Field(N_("Reason")),
            "until": Field(N_("Until"), Sort.MOMENT),
            "added_by": Field(N_("Added by"), Sort.PERSON),
            "added_at": Field(N_("Added at"), Sort.MOMENT),
            "status": _STATUS,
            "ended_by": Field(N_("Taken off by"), Sort.PERSON),
            "ended_at": Field(N_("Taken off at"), Sort.MOMENT),
        },
    ),
    "badge": Kind(
        N_("Visitor's badge"),
        {
            "site": _SITE,
            "number": Field(N_("Badge"), Sort.CODE),
            "status": words(N_("Status"), out=N_("Handed out"), returned=N_("Brought back"), lost=N_("Lost")),
            "visit": _VISIT,
            "no": _NO,
            "name": _NAME,
            "host": _HOST_NAME,
            "since": Field(N_("Since"), Sort.MOMENT),
            "gate": _GATE,
        },
    ),
    "issue": Kind(
        N_("Matter for reception"),
        {
            "id": aside(Field(N_("Matter"), Sort.CODE)),
            "site": _SITE,
            "issue": words(
                N_("Kind"),
                offline=N_("Scan without network that cannot stand"),
                watched=N_("On the watch list"),
                blocked=N_("On the block list"),
                badge_lost=N_("Badge not returned"),
            ),
            "at_time": Field(N_("When"), Sort.MOMENT),
            "recorded_at": Field(N_("Known since"), Sort.MOMENT),
            "gate": _GATE,
            "by": Field(N_("Scanned by"), Sort.PERSON),
            "visit": _VISIT,
            "facts": rows(
                N_("What is known"),
                why=Field(N_("Why"), Sort.CODE),
                name=_NAME,
                company=_COMPANY,
                reservation=_RESERVATION,
                host=_HOST_NAME,
                badge=Field(N_("Badge"), Sort.CODE),
                entry=aside(Field(N_("Entry"), Sort.CODE)),
                direction=words(N_("Direction"), **{"in": N_("In"), "out": N_("Out")}),
            ),
            "status": _STATUS,
            "settled_at": Field(N_("Settled at"), Sort.MOMENT),
            "settled_by": Field(N_("Settled by"), Sort.PERSON),
            "note": Field(N_("Note")),
        },
    ),
}
