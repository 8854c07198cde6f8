"""Labels of received invoices."""

from collections.abc import Mapping

from chalicelib.web import received_words
from chalicelib.web.history.fields import Field, Kind, Sort, aside, rows, values, words
from chalicelib.web.i18n import N_

_WORDS = received_words.FIELDS

KINDS: Mapping[str, Kind] = {
    "received": Kind(
        N_("Received invoice"),
        {
            "id": aside(Field(N_("Received invoice"), Sort.CODE)),
            "owner": aside(Field(N_("Whose"), Sort.PERSON)),
            "owner_name": Field(N_("Whose")),
            "type": words(_WORDS["type"], **received_words.KINDS),
            "code": Field(_WORDS["code"], Sort.CODE),
            "number": Field(_WORDS["number"], Sort.CODE),
            "seller": Field(_WORDS["seller"]),
            "seller_tax_id": Field(_WORDS["seller_tax_id"], Sort.CODE),
            "buyer": Field(_WORDS["buyer"]),
            "buyer_tax_id": Field(_WORDS["buyer_tax_id"], Sort.CODE),
            "day": Field(_WORDS["day"], Sort.DAY),
            "currency": Field(_WORDS["currency"], Sort.CODE),
            "total": Field(N_("Total in minor units"), Sort.NUMBER),
            "tax": Field(N_("Tax in minor units"), Sort.NUMBER),
            "net": Field(N_("Without tax, in minor units"), Sort.NUMBER),
            "created_at": aside(Field(N_("When"), Sort.MOMENT)),
            "file": rows(
                N_("File"),
                id=aside(Field(N_("File"), Sort.CODE)),
                name=Field(N_("Name of the file")),
                media=Field(N_("Type of the file"), Sort.CODE),
                size=aside(Field(N_("Size in bytes"), Sort.NUMBER)),
            ),
            "digest": aside(Field(N_("SHA-256 of the file"), Sort.CODE)),
            "read": values(N_("Read from the invoice"), **received_words.FIELDS),
            "differs": words(N_("Differs from what was read"), **received_words.FIELDS),
            "status": words(N_("Status"), **received_words.STATUS),
        },
    ),
}
