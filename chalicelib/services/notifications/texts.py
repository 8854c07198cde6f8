"""The texts of messages and notices in their reader's language."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from chalicelib.domain.invitations import Guest
from chalicelib.domain.notifications import Line, fit
from chalicelib.domain.sites import Site, localised
from chalicelib.domain.visits import Occurrence, Visit
from chalicelib.services.notifications.words import MAILS, NOTICES, SMS
from chalicelib.web.i18n import translator
from chalicelib.web.reception_words import SOURCES

LEAST: Mapping[str, int] = {"name": 4, "host": 4, "where": 6}
"""How many characters stay at least of what may be shortened; number, time, phone and link stay whole."""
COMMENT, SUBJECT = 200, 120
"""Characters of a comment within a notice, and of an e-mail's subject."""
PRODUCT = "Atrium"


class _Facts(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return PRODUCT if name == "person" else ""  # what nobody did, a rule did


def sms_text(
    template: str, guest: Guest, visit: Visit, site: Site, public_url: str, of: Occurrence | None = None
) -> str:
    """The message `template` to a visitor in their language, at most two segments long; its times are those of `of`."""
    gettext = translator(guest.language).gettext
    of = of or Occurrence(visit.starts, visit.ends)
    facts = {
        "name": guest.name,
        "host": visit.host_name,
        "when": when(of.starts, of.ends, guest.language, site.time_zone),
        "start": of.starts.astimezone(ZoneInfo(site.time_zone)).strftime("%Y-%m-%d %H:%M"),
        "where": f"{localised(site.name, guest.language)} {localised(site.address, guest.language)}",
        "number": guest.reservation,
        "phone": visit.host_phone,
        "link": f"{public_url}/i/{guest.link}",
    }
    return fit([gettext(form) for form in SMS[template]], facts, LEAST)


def mailed(template: str, facts: Mapping[str, str], language: str) -> tuple[str, str]:
    """Subject and text of an e-mail with a calendar file, or title and text of a calendar's entry."""
    gettext = translator(language).gettext
    title, text = (gettext(form) % facts for form in MAILS[template])
    return " ".join(title.split()), text


def when(starts: datetime, ends: datetime, language: str, time_zone: str) -> str:
    """From when until when, in the time of the site: with one date for one day, with two for several."""
    from chalicelib.web import times

    first, last = (times.date(moment, language, time_zone, starts) for moment in (starts, ends))
    hours = [times.time(moment, language, time_zone) for moment in (starts, ends)]
    return f"{first} {'-'.join(hours)}" if first == last else f"{first} {hours[0]} - {last} {hours[1]}"


def notice_text(template: str, facts: Mapping[str, str], locale: str) -> str:
    """The text of a notice in the reader's language; `starts`, `ends` and `time_zone` among the facts give
    `when`, `word` and `text` what is to be prepared."""
    filled = _Facts({name: value for name, value in facts.items() if value})
    if "starts" in facts:
        starts, ends = (datetime.fromisoformat(facts[name]) for name in ("starts", "ends"))
        filled["when"] = when(starts, ends, locale, facts["time_zone"])
    gettext = translator(locale).gettext
    if "word" in facts:
        source = SOURCES[facts["word"]]
        filled["what"] = " · ".join(part for part in (gettext(source), facts.get("text")) if part)
    text = gettext(NOTICES[template]) % filled
    if "comment" not in filled:
        return text
    return gettext("%(text)s (comment: %(comment)s)") % {"text": text, "comment": _cut(filled["comment"], COMMENT)}


def _cut(text: str, length: int) -> str:
    tidy = " ".join(text.split())
    return tidy if len(tidy) <= length else tidy[: length - 1] + "…"


def short_text(template: str, facts: Mapping[str, str], locale: str, link: str) -> str:
    """A notice as a text message of at most two segments; its link stays whole."""
    said = {"text": notice_text(template, facts, locale), "link": link}
    return fit(["%(text)s %(link)s", "%(link)s"], said, {"text": 4})


def robot_text(template: str, facts: Mapping[str, str], language: str, names: Sequence[str], link: str) -> str:
    """A notice as a group reads it: for whom, what, where."""
    listed = ("、" if language == "zh-CN" else ", ").join(names)
    text = notice_text(template, facts, language)
    return translator(language).gettext("For %(names)s: %(text)s") % {"names": listed, "text": text} + f"\n{link}"


def test_text(language: str) -> str:
    """What a hook gets when an administrator tries it."""
    return notice_text("test", {}, language)


def webhook_body(kind: str, at: datetime, data: Mapping[str, object]) -> str:
    """What a webhook gets, in the shape that Standard Webhooks recommends."""
    return json.dumps({"type": kind, "timestamp": at.isoformat(), "data": data}, ensure_ascii=False)


def subject(text: str) -> str:
    """The subject of an e-mail about a notice."""
    return _cut(text, SUBJECT)


def digest_subject(count: int, locale: str) -> str:
    """The subject of a digest."""
    text = translator(locale).ngettext("Atrium: %(num)s notice", "Atrium: %(num)s notices", count)
    return text % {"num": count}


def mail_text(lines: Sequence[Line], count: int, locale: str, public_url: str) -> str:
    """The text of an e-mail: each notice with its link, how many more there are, and where to choose otherwise."""
    gettext = translator(locale).gettext
    parts = [f"{line.text}\n{public_url}{line.path}" for line in lines]
    if count > len(lines):
        more = {"count": count - len(lines), "link": public_url + "/notices"}
        parts.append(gettext("And %(count)s more: %(link)s") % more)
    choose = gettext("Choose what you are told, and how: %(link)s") % {"link": public_url + "/preferences"}
    return "\n\n".join([*parts, f"--\n{choose}\n"])
