"""The words of text messages and notices, in every language; each form of a message is shorter than the one before."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from chalicelib.domain.invitations import Guest
from chalicelib.domain.notifications import fit
from chalicelib.domain.sites import Site, localised
from chalicelib.domain.visits import Visit
from chalicelib.web.i18n import N_, translator

SMS: Mapping[str, tuple[str, ...]] = {
    "invited": (
        N_(
            "Hello %(name)s, %(host)s expects you on %(when)s at %(where)s. Reservation %(number)s, call %(phone)s."
            " Bring an ID. Rules of entry and QR code: %(link)s"
        ),
        N_("%(when)s, %(where)s: reservation %(number)s, call %(phone)s. Rules and QR code: %(link)s"),
        "%(start)s %(number)s %(phone)s %(link)s",  # in the 7-bit alphabet, where twice as much fits
    ),
    "reminder": (
        N_(
            "Reminder: your visit to %(where)s is on %(when)s. Reservation %(number)s, call %(phone)s."
            " Your QR code: %(link)s"
        ),
        "%(start)s %(number)s %(phone)s %(link)s",  # in the 7-bit alphabet, where twice as much fits
    ),
    "cancelled": (
        N_(
            "Hello %(name)s, your visit to %(where)s on %(when)s (reservation %(number)s) is cancelled."
            " Questions: %(phone)s"
        ),
    ),
}
LEAST: Mapping[str, int] = {"name": 4, "host": 4, "where": 6}
"""How many characters stay at least of what may be shortened; number, time, phone and link stay whole."""

NOTICES: Mapping[str, str] = {
    "approval_waiting": N_("%(applicant)s asks for your approval: %(subject)s"),
    "visit_approved": N_("Approved: visit %(number)s, %(party)s"),
    "visit_rejected": N_("Rejected: visit %(number)s, %(party)s"),
    "visit_returned": N_("Returned to you: visit %(number)s, %(party)s"),
    "visit_cancelled": N_("Cancelled: visit %(number)s, %(party)s"),
    "visit_prepared": N_("You help to receive %(party)s on %(when)s (visit %(number)s)"),
    "visit_tomorrow": N_("Coming up: %(party)s on %(when)s (visit %(number)s)"),
    "guest_arrived": N_("Your guest %(name)s is at gate %(gate)s (visit %(number)s)"),
    "guests_signed_out": N_("Signed out by rule, as nobody saw them leave: %(names)s (visit %(number)s)"),
}


def sms_text(template: str, guest: Guest, visit: Visit, site: Site, public_url: str) -> str:
    """The message `template` to a visitor in their language, at most two segments long."""
    gettext = translator(guest.language).gettext
    facts = {
        "name": guest.name,
        "host": visit.host_name,
        "when": when(visit.starts, visit.ends, guest.language, site.time_zone),
        "start": visit.starts.astimezone(ZoneInfo(site.time_zone)).strftime("%Y-%m-%d %H:%M"),
        "where": f"{localised(site.name, guest.language)} {localised(site.address, guest.language)}",
        "number": guest.reservation,
        "phone": visit.host_phone,
        "link": f"{public_url}/i/{guest.link}",
    }
    return fit([gettext(form) for form in SMS[template]], facts, LEAST)


def when(starts: datetime, ends: datetime, language: str, time_zone: str) -> str:
    """From when until when, in the time of the site: with one date for one day, with two for several."""
    from chalicelib.web import times

    first, last = (times.date(moment, language, time_zone, starts) for moment in (starts, ends))
    hours = [times.time(moment, language, time_zone) for moment in (starts, ends)]
    return f"{first} {'-'.join(hours)}" if first == last else f"{first} {hours[0]} - {last} {hours[1]}"


def notice_text(template: str, facts: Mapping[str, str], locale: str) -> str:
    """The text of a notice in the reader's language; `starts`, `ends` and `time_zone` among the facts give `when`."""
    filled = dict(facts)
    if "starts" in facts:
        starts, ends = (datetime.fromisoformat(facts[name]) for name in ("starts", "ends"))
        filled["when"] = when(starts, ends, locale, facts["time_zone"])
    return translator(locale).gettext(NOTICES[template]) % filled
