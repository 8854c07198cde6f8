"""Labels of reception items, of standards and of the checklist."""

from collections.abc import Mapping

from chalicelib.web import reception_words
from chalicelib.web.history.fields import Field, Kind, Sort, aside, rows, values, words
from chalicelib.web.i18n import N_

_TYPE = words(N_("Type"), **reception_words.TYPES)
_PRICE = Field(N_("Price in minor units"), Sort.NUMBER)

ITEMS = rows(
    N_("Reception items"),
    type=_TYPE,
    day=Field(N_("Day"), Sort.DAY),
    meal=words(N_("Meal"), **reception_words.MEALS),
    what=Field(N_("What")),
    venue=Field(N_("Place or route")),
    guests=Field(N_("Guests"), Sort.NUMBER),
    hosts=Field(N_("Hosts"), Sort.NUMBER),
    bottles=Field(N_("Bottles"), Sort.NUMBER),
    nights=Field(N_("Nights"), Sort.NUMBER),
    rooms=Field(N_("Rooms"), Sort.NUMBER),
    room_level=words(N_("Level of the rooms"), **reception_words.ROOM_LEVELS),
    vehicle=words(N_("Vehicle"), **reception_words.VEHICLES),
    legs=values(N_("Trips"), origin=N_("From"), goal=N_("To")),
    price=_PRICE,
    note=Field(N_("Note")),
    reason=Field(N_("Reason for the excess")),
    owner=aside(Field(N_("Who arranges it"), Sort.PERSON)),
    owner_name=Field(N_("Who arranges it")),
)
ESTIMATE = rows(
    N_("Estimate"),
    currency=Field(N_("Currency"), Sort.CODE),
    total=Field(N_("Total in minor units"), Sort.NUMBER),
    by_type=values(N_("By type"), **reception_words.TYPES),
    lines=aside(Field(N_("Item by item"), Sort.VALUES)),
    excesses=values(N_("Above the standard"), **reception_words.RULES),
)
LEVEL = Field(N_("Level of the visitors"), Sort.CODE)

KINDS: Mapping[str, Kind] = {
    "standards": Kind(
        N_("Levels of visitors"),
        {"levels": rows(N_("Levels"), key=Field(N_("Key"), Sort.CODE), title=Field(N_("Name"), Sort.BY_LANGUAGE))},
    ),
    "standard": Kind(
        N_("Reception standard"),
        {
            "id": aside(Field(N_("Reception standard"), Sort.CODE)),
            "type": _TYPE,
            "level": LEVEL,
            "site": Field(N_("Site"), Sort.SITE),
            "currency": Field(N_("Currency"), Sort.CODE),
            "valid_from": Field(N_("Valid from"), Sort.DAY),
            "valid_until": Field(N_("Valid until"), Sort.DAY),
            "allowed": Field(N_("Allowed"), Sort.FLAG),
            "amount": Field(N_("Amount in minor units"), Sort.NUMBER),
            "hosts_least": Field(N_("Hosts who may always take part"), Sort.NUMBER),
            "ratio_hosts": Field(N_("Hosts"), Sort.NUMBER),
            "ratio_guests": Field(N_("To how many guests"), Sort.NUMBER),
            "excess": words(N_("When exceeded"), **reception_words.CONSEQUENCES),
            "note": Field(N_("By which rule")),
        },
    ),
    "checklist": Kind(
        N_("Task of the checklist"),
        {
            "visit": aside(Field(N_("Visit"), Sort.CODE)),
            "id": aside(Field(N_("Task of the checklist"), Sort.CODE)),
            "no": aside(Field(N_("Place in the list"), Sort.NUMBER)),
            "source": aside(Field(N_("Comes from"), Sort.CODE)),
            "word": words(N_("What"), **reception_words.SOURCES),
            "text": Field(N_("Details")),
            "counts": values(N_("How many"), **reception_words.COUNTS),
            "owner": aside(Field(N_("Who does it"), Sort.PERSON)),
            "owner_name": Field(N_("Who does it")),
            "needed": Field(N_("Needed at"), Sort.MOMENT),
            "due": Field(N_("Due"), Sort.MOMENT),
            "status": Field(N_("Status"), Sort.STATUS),
            "done_at": Field(N_("Done at"), Sort.MOMENT),
            "done_by": aside(Field(N_("Done by"), Sort.PERSON)),
            "done_by_name": Field(N_("Done by")),
            "reminded_at": aside(Field(N_("Reminded at"), Sort.MOMENT)),
        },
    ),
}
