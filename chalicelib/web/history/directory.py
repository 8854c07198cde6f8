"""Labels of the items of the directory."""

from collections.abc import Mapping

from chalicelib.web.history.fields import Field, Kind, Sort, aside, rows, values, words
from chalicelib.web.history.reception import LANGUAGE
from chalicelib.web.i18n import N_

_ID = aside(Field(N_("Id"), Sort.CODE))
_NAMES = Field(N_("Name"), Sort.BY_LANGUAGE)

_DAY = {"day": Field(N_("Day"), Sort.DAY), "title": Field(N_("Title"))}

KINDS: Mapping[str, Kind] = {
    "person": Kind(
        N_("Person's profile"),
        {
            "id": _ID,
            "login": Field(N_("User name"), Sort.CODE),
            "name": Field(N_("Full name")),
            "email": Field(N_("E-mail"), Sort.CODE),
            "phone": Field(N_("Mobile phone"), Sort.CODE),
            "department": Field(N_("Department"), Sort.DEPARTMENT),
            "department_path": aside(Field(N_("Place in the company"), Sort.DEPARTMENT)),
            "manager": Field(N_("Manager"), Sort.PERSON),
            "roles": words(
                N_("Roles"),
                employee=N_("Employee"),
                approver=N_("Approver"),
                reception=N_("Reception"),
                gate=N_("Gate"),
                finance=N_("Finance"),
                auditor=N_("Auditor"),
                administrator=N_("Administrator"),
            ),
            "locale": LANGUAGE,
            "time_zone": Field(N_("Time zone"), Sort.CODE),
            "site": Field(N_("Site"), Sort.SITE),
            "active": Field(N_("Works here"), Sort.FLAG),
            "second_factor_since": Field(N_("Second factor since"), Sort.MOMENT),
            "signed_out_at": Field(N_("Signed out everywhere at"), Sort.MOMENT),
            "account": words(
                N_("Account"), pending=N_("Being set up"), ready=N_("Ready"), closed=N_("No sign-in any more")
            ),
            "grade": Field(N_("Grade")),
            "region": Field(N_("Region")),
            "substitute": Field(N_("Substitute"), Sort.PERSON),
            "away_from": Field(N_("Away from"), Sort.MOMENT),
            "away_until": Field(N_("Away until"), Sort.MOMENT),
        },
    ),
    "handover": Kind(
        N_("Handover"),
        {
            "person": Field(N_("From whom"), Sort.PERSON),
            "successor": Field(N_("Successor"), Sort.PERSON),
            "successor_name": aside(Field(N_("Successor's name"))),
            "by": Field(N_("Wished by"), Sort.PERSON),
            "begun_at": Field(N_("Begun at"), Sort.MOMENT),
            "status": words(
                N_("Status"), running=N_("Under way"), done=N_("Done"), stopped=N_("Stopped, the successor left")
            ),
            "handed": Field(N_("Handed over so far"), Sort.NUMBER),
            "following": aside(Field(N_("Visits whose passes follow"), Sort.CODE)),
        },
    ),
    "department": Kind(
        N_("Department"),
        {
            "id": _ID,
            "name": Field(N_("Name")),
            "parent": Field(N_("Belongs to"), Sort.DEPARTMENT),
            "head": Field(N_("Head"), Sort.PERSON),
            "cost_centre": Field(N_("Cost centre"), Sort.CODE),
            "path": aside(Field(N_("Place in the company"), Sort.DEPARTMENT)),
        },
    ),
    "site": Kind(
        N_("Site"),
        {
            "id": _ID,
            "name": _NAMES,
            "address": Field(N_("Address"), Sort.BY_LANGUAGE),
            "rules": Field(N_("Rules of entry"), Sort.BY_LANGUAGE),
            "time_zone": Field(N_("Time zone"), Sort.CODE),
            "map_url": Field(N_("Link to a map"), Sort.CODE),
            "early_minutes": Field(N_("Visitors may come earlier by"), Sort.MINUTES),
            "currency": Field(N_("Currency"), Sort.CODE),
            "gates": rows(
                N_("Gates"),
                name=_NAMES,
                direction=words(N_("Direction"), both=N_("In and out"), **{"in": N_("only in"), "out": N_("only out")}),
                id=_ID,
            ),
            "resources": rows(
                N_("Rooms, equipment, vehicles"),
                name=_NAMES,
                kind=words(N_("Kind"), room=N_("Room"), equipment=N_("Equipment"), vehicle=N_("Vehicle")),
                seats=Field(N_("Seats"), Sort.NUMBER),
                margin_minutes=Field(N_("Kept free before and after"), Sort.MINUTES),
                keeper=Field(N_("Keeper or driver"), Sort.PERSON),
                id=_ID,
            ),
        },
    ),
    "office_calendar": Kind(
        N_("Office calendar"),
        {
            "country": Field(N_("Country of the public holidays"), Sort.CODE),
            "week": values(
                N_("Office hours"),
                days=N_("Weekday (1 is Monday)"),
                opens=N_("From"),
                closes=N_("Until"),
                time_zone=N_("Time zone"),
            ),
            "holidays": rows(N_("Days off"), **_DAY),
            "workdays": rows(N_("Days worked instead"), **_DAY),
        },
    ),
    "retention_rules": Kind(
        N_("Retention of visitors' data"),
        {
            "documents": Field(N_("Identity documents, days"), Sort.NUMBER),
            "contacts": Field(N_("Contact data, days"), Sort.NUMBER),
            "passages": Field(N_("Names and passages, days"), Sort.NUMBER),
            "messages": Field(N_("Messages, days"), Sort.NUMBER),
        },
    ),
    "hook": Kind(
        N_("Webhook or group robot"),
        {
            "id": _ID,
            "hook_kind": words(
                N_("Type"),
                webhook=N_("Signed webhook"),
                wecom=N_("Robot of a WeCom group"),
                dingtalk=N_("Robot of a DingTalk group"),
                feishu=N_("Robot of a Feishu group"),
            ),
            "name": Field(N_("Name")),
            "events": Field(N_("Kinds of events"), Sort.CODE),
            "language": LANGUAGE,
            "host": Field(N_("Host name of the address"), Sort.CODE),
            "sealed": Field(N_("Address and secret")),
            "created_at": Field(N_("Made"), Sort.MOMENT),
            "generation": Field(N_("Secret no."), Sort.NUMBER),
            "renewed_at": Field(N_("Secret renewed at"), Sort.MOMENT),
            "active": Field(N_("Switched on"), Sort.FLAG),
        },
    ),
    "preferences": Kind(
        N_("Notification settings"),
        {
            "person": aside(Field(N_("Colleague"), Sort.PERSON)),
            "channels": Field(N_("Channels by kind of event"), Sort.VALUES),
            "digest": words(N_("Digest"), off=N_("Each by itself"), daily=N_("Once a day"), weekly=N_("Once a week")),
            "digest_at": Field(N_("Time of the digest"), Sort.CLOCK),
            "digest_day": Field(N_("Weekday of the digest (1 is Monday)"), Sort.NUMBER),
            "quiet_from": Field(N_("Quiet from"), Sort.CLOCK),
            "quiet_until": Field(N_("Quiet until"), Sort.CLOCK),
        },
    ),
}
