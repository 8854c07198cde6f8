"""What every page is told about its reader."""

from chalicelib.handlers.callers import Caller
from chalicelib.handlers.incoming import Incoming
from chalicelib.web.page import Page, areas_for

THEMES = ("auto", "light", "dark")


def page_of(incoming: Incoming, caller: Caller) -> Page:
    """The chrome of the page that answers `incoming`."""
    person = caller.person
    theme = incoming.cookies.get("theme", "")
    return Page(
        locale=caller.locale,
        path=incoming.path,
        person=person,
        csrf=incoming.cookies.get("csrf", ""),
        url_for=lambda path: incoming.prefix + path,
        theme=theme if theme in THEMES else THEMES[0],
        areas=areas_for(person.roles) if person else (),
        time_zone=person.time_zone if person else "Asia/Shanghai",
        now=caller.now,
        query=incoming.query,
    )
