"""Turns a template and its data into a page. Nothing here is loaded until the first page is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chalicelib.web.i18n import LOCALES, translator
from chalicelib.web.page import Page

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATE_FOLDER = Path(__file__).parent / "templates"
_ALWAYS_THERE: Mapping[str, Any] = {"errors": {}, "values": {}, "notice": ""}


def render(template: str, data: Mapping[str, Any], page: Page) -> str:
    """The page `template` filled with `data`, in the page's language, time zone and theme.

    `data` becomes top-level names; `errors` (field path -> message), `values` (what was typed) and `notice` (a
    text) are empty unless given. Raises jinja2.UndefinedError for a name that a template uses and the data lacks.
    """
    return environment(page.locale).get_template(template).render({**_ALWAYS_THERE, **data, "page": page})


@cache
def environment(locale: str) -> Environment:
    """The templates with the texts of `locale` (one of LOCALES), made once."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    from chalicelib.web.filters import FILTERS, GLOBALS

    env = Environment(
        loader=FileSystemLoader(TEMPLATE_FOLDER),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.install_gettext_translations(translator(locale), newstyle=True)  # type: ignore[attr-defined]
    env.filters.update(FILTERS)
    env.globals.update({**GLOBALS, "LOCALES": LOCALES})
    return env
