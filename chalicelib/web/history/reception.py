"""Labels of the items of reception."""

from collections.abc import Mapping

from chalicelib.web.history.fields import Field, Kind, Sort, aside, rows, words
from chalicelib.web.history.standards import ESTIMATE, ITEMS, LEVEL
from chalicelib.web.i18n import N_

LANGUAGE = words(N_("Language"), **{"zh-CN": N_("Chinese"), "en": N_("English")})
_STATUS = Field(N_("Status"), Sort.STATUS)
_STARTS = Field(N_("Starts"), Sort.MOMENT)
_ENDS = Field(N_("Ends"), Sort.MOMENT)
_SITE = Field(N_("Site"), Sort.SITE)
_VISIT = aside(Field(N_("Visit"), Sort.CODE))
_NO = Field(N_("Visitor no."), Sort.NUMBER)
_RESERVATION = Field(N_("Visitor's reservation number"), Sort.CODE)
_NUMBER = Field(N_("Reservation number"), Sort.CODE)
_INVITED_BY = Field(N_("Comes along with visitor no."), Sort.NUMBER)
_NAME = Field(N_("Full name"))
_COMPANY = Field(N_("Company"))
_PHONE = Field(N_("Mobile phone"), Sort.CODE)
_PLATE = Field(N_("Licence plate"), Sort.CODE)
_HOST = Field(N_("Host"), Sort.PERSON)
_HOST_NAME = aside(Field(N_("Host's name")))
_HOST_PHONE = Field(N_("Host's phone"), Sort.CODE)
_PURPOSE = Field(N_("Purpose of the visit"))
OCCURRENCES = rows(N_("Days of the series"), starts=_STARTS, ends=_ENDS)
RESOURCE_KIND = words(N_("Kind"), room=N_("Room"), equipment=N_("Equipment"), vehicle=N_("Vehicle"))

DOCUMENT_KIND = words(
    N_("Type of document"),
    id_card=N_("Resident identity card"),
    passport=N_("Passport"),
    permit=N_("Travel permit"),
    other=N_("Other document"),
)
_REF = aside(Field(N_("Mark of the document"), Sort.CODE))

VISITOR = {
    "name": _NAME,
    "phone": _PHONE,
    "company": _COMPANY,
    "title": Field(N_("Job title")),
    "email": Field(N_("E-mail"), Sort.CODE),
    "language": LANGUAGE,
    "plate": _PLATE,
    "no": _NO,
    "invited_by": _INVITED_BY,
    "document": rows(
        N_("Identity document"), kind=DOCUMENT_KIND, shown=Field(N_("Number, masked")), ref=_REF, mark=_REF
    ),
}

KINDS: Mapping[str, Kind] = {
    "visit": Kind(
        N_("Application for a visit"),
        {
            "id": _VISIT,
            "number": _NUMBER,
            "applicant": Field(N_("Applicant"), Sort.PERSON),
            "applicant_name": aside(Field(N_("Applicant's name"))),
            "department": Field(N_("Department"), Sort.DEPARTMENT),
            "department_path": aside(Field(N_("Place in the company"), Sort.DEPARTMENT)),
            "site": _SITE,
            "starts": _STARTS,
            "ends": _ENDS,
            "time_zone": aside(Field(N_("Time zone"), Sort.CODE)),
            "host": _HOST,
            "host_name": _HOST_NAME,
            "host_phone": _HOST_PHONE,
            "purpose": _PURPOSE,
            "requirements": Field(N_("Requirements")),
            "team": rows(
                N_("Reception team"),
                name=Field(N_("Colleague")),
                task=Field(N_("Helps with")),
                person=aside(Field(N_("Colleague"), Sort.PERSON)),
            ),
            "bookings": rows(
                N_("Rooms, equipment, vehicles"),
                name=Field(N_("Booked")),
                kind=RESOURCE_KIND,
                starts=_STARTS,
                ends=_ENDS,
                resource=aside(Field(N_("Booked"), Sort.CODE)),
                margin_minutes=aside(Field(N_("Kept free before and after"), Sort.MINUTES)),
                keeper=aside(Field(N_("Keeper or driver"), Sort.PERSON)),
            ),
            "occurrences": OCCURRENCES,
            "attachments": rows(
                N_("Files"),
                name=Field(N_("Name of the file")),
                id=aside(Field(N_("File"), Sort.CODE)),
                media=aside(Field(N_("Type of the file"), Sort.CODE)),
                size=aside(Field(N_("Size in bytes"), Sort.NUMBER)),
            ),
            "customer": Field(N_("Customer")),
            "level": LEVEL,
            "walk_in": Field(N_("Came without appointment"), Sort.FLAG),
            "items": ITEMS,
            "estimate": ESTIMATE,
            "budget": rows(
                N_("Budget"),
                line=Field(N_("Budget"), Sort.CODE),
                amount=Field(N_("Amount in minor units"), Sort.NUMBER),
                over=Field(N_("Above the budget, in minor units"), Sort.NUMBER),
            ),
            "budget_reason": Field(N_("Reason for exceeding the budget")),
            "party": Field(N_("Visitors")),
            "visitors": Field(N_("Number of visitors"), Sort.NUMBER),
            "created_at": Field(N_("Made"), Sort.MOMENT),
            "status": _STATUS,
            "round": aside(Field(N_("Submission no."), Sort.NUMBER)),
            "approval": aside(Field(N_("Approval"), Sort.CODE)),
            "approved_at": Field(N_("Approved at"), Sort.MOMENT),
            "invited_at": Field(N_("Visitors invited at"), Sort.MOMENT),
            "amended_at": Field(N_("Changed at"), Sort.MOMENT),
            "companions_allowed": Field(N_("Companions of each visitor"), Sort.NUMBER),
            "numbered": aside(Field(N_("Highest visitor no."), Sort.NUMBER)),
            "proposal": aside(Field(N_("Change that waits for approval"), Sort.VALUES)),
            "ended_at": Field(N_("Ended at"), Sort.MOMENT),
        },
    ),
    "guests": Kind(N_("List of visitors"), {"visitors": rows(N_("Visitors"), **VISITOR)}),
    "guest": Kind(
        N_("Invited visitor"),
        {
            "visit": _VISIT,
            "no": _NO,
            "name": _NAME,
            "phone": _PHONE,
            "company": _COMPANY,
            "language": LANGUAGE,
            "plate": _PLATE,
            "reservation": _RESERVATION,
            "link": aside(Field(N_("Link of the invitation"), Sort.CODE)),
            "nonce": aside(Field(N_("Mark of the QR code"), Sort.CODE)),
            "invited_at": Field(N_("Invited at"), Sort.MOMENT),
            "appointment": rows(
                N_("Appointment"),
                site=_SITE,
                starts=_STARTS,
                ends=_ENDS,
                number=_NUMBER,
                host=_HOST,
                host_name=_HOST_NAME,
                host_phone=_HOST_PHONE,
                purpose=_PURPOSE,
                occurrences=OCCURRENCES,
                id=_VISIT,
            ),
            "status": _STATUS,
            "email": Field(N_("E-mail"), Sort.CODE),
            "document_mark": _REF,
            "invited_by": _INVITED_BY,
            "rules_accepted_at": Field(N_("Rules accepted at"), Sort.MOMENT),
            "late_minutes": Field(N_("Minutes late, as announced"), Sort.NUMBER),
            "late_at": Field(N_("Announced at"), Sort.MOMENT),
            "declined_at": Field(N_("Said not to come at"), Sort.MOMENT),
        },
    ),
    "rating": Kind(
        N_("Visitor's rating"),
        {
            "visit": _VISIT,
            "no": _NO,
            "name": _NAME,
            "company": _COMPANY,
            "number": _NUMBER,
            "site": _SITE,
            "host": _HOST,
            "host_name": _HOST_NAME,
            "rating": Field(N_("Rating (1 to 5)"), Sort.NUMBER),
            "comment": Field(N_("Comment")),
            "rated_at": Field(N_("Rated at"), Sort.MOMENT),
        },
    ),
    "resource_day": Kind(
        N_("Bookings of a room, equipment or a vehicle"),
        {f"q{n:02}": Field(f"{n // 4:02}:{n % 4 * 15:02}", Sort.QUARTER) for n in range(96)},
    ),
    "archive": Kind(
        N_("Archive of the visit"),
        {
            "content": aside(Field(N_("Content"))),
            "sha256": Field(N_("Checksum"), Sort.CODE),
            "archived_at": Field(N_("Archived at"), Sort.MOMENT),
        },
    ),
}
