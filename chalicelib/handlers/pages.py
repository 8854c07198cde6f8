"""What every page is told about its reader."""

from collections.abc import Mapping
from functools import cache

from chalicelib.handlers.areas import every_endpoint
from chalicelib.handlers.callers import Caller, store
from chalicelib.handlers.endpoint import Public
from chalicelib.handlers.incoming import Incoming
from chalicelib.services import directory
from chalicelib.services.permissions import may_somewhere
from chalicelib.web.page import Area, Page, areas_for

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
        areas=_areas(caller),
        time_zone=person.time_zone if person else "Asia/Shanghai",
        reader_zone=person.time_zone if person else "",
        now=caller.now,
        query=incoming.query,
    )


def _areas(caller: Caller) -> tuple[Area, ...]:
    """The areas that open: the policies are asked for the action that the page's own route asks for."""
    person = caller.person
    if person is None:
        return ()
    heads = directory.headed_by(store(), person, caller.now)
    return areas_for(lambda path: may_somewhere(person, heads, _actions()[path]))


@cache
def _actions() -> Mapping[str, str]:
    """What one has to be allowed to do to see each page, by its path."""
    shown = [spec for spec in every_endpoint() if spec.method == "GET" and not isinstance(spec.action, Public)]
    return {spec.path: str(spec.action) for spec in shown}
