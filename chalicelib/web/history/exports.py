"""Labels of the items of the exports: who took which list, or the books, out of the product."""

from collections.abc import Mapping

from chalicelib.web.history.fields import Field, Kind, Sort, aside, rows, words
from chalicelib.web.history.reception import LANGUAGE
from chalicelib.web.i18n import N_

KINDS: Mapping[str, Kind] = {
    "export": Kind(
        N_("Export"),
        {
            "id": aside(Field(N_("Id"), Sort.CODE)),
            "person": Field(N_("Colleague"), Sort.PERSON),
            "sheet": Field(N_("List"), Sort.CODE),
            "asked": Field(N_("Filters"), Sort.VALUES),
            "format": Field(N_("Type of file"), Sort.CODE),
            "locale": LANGUAGE,
            "standing": aside(Field(N_("Mark of the rights"), Sort.CODE)),
            "created_at": Field(N_("Made"), Sort.MOMENT),
            "status": words(
                N_("Status"),
                running=N_("Being made"),
                done=N_("Ready"),
                refused=N_("Refused"),
                failed=N_("Not possible"),
            ),
            "reason": words(
                N_("Reason"),
                rights_changed=N_("the rights changed"),
                list_changed=N_("the list's columns changed"),
                too_long=N_("the list is too long"),
                gave_up=N_("it did not go on"),
            ),
            "rows": Field(N_("Rows"), Sort.NUMBER),
            "size": Field(N_("Bytes"), Sort.NUMBER),
            "ended_at": Field(N_("Ended at"), Sort.MOMENT),
        },
    ),
    "finance_run": Kind(
        N_("Finance's export"),
        {
            "id": aside(Field(N_("Id"), Sort.CODE)),
            "day": Field(N_("Day"), Sort.DAY),
            "by": Field(N_("Asked for by"), Sort.PERSON),
            "started_at": Field(N_("Begun"), Sort.MOMENT),
            "status": words(N_("Status"), running=N_("Being made"), done=N_("Ready"), failed=N_("Not possible")),
            "files": rows(
                N_("Files of the day"),
                kind=Field(N_("File"), Sort.CODE),
                rows=Field(N_("Rows"), Sort.NUMBER),
                size=Field(N_("Bytes"), Sort.NUMBER),
                sha256=Field("SHA-256", Sort.CODE),
                content_sha256=aside(Field(N_("SHA-256 of the content: equal for equal books"), Sort.CODE)),
                totals=aside(Field(N_("Totals"), Sort.VALUES)),
            ),
            "content_sha256": aside(Field(N_("SHA-256 of the content: equal for equal books"), Sort.CODE)),
            "ended_at": Field(N_("Ended at"), Sort.MOMENT),
        },
    ),
}
