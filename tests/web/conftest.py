"""Compiled texts and demo pages for the tests of pages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2 import ChoiceLoader, FileSystemLoader
from playwright.sync_api import Browser, Page, ViewportSize

from chalicelib.web.i18n import LOCALE_FOLDER, LOCALES, translator
from chalicelib.web.render import environment
from tests.web import demo, visit_server
from tests.web.looking import Eye

DESKTOP: ViewportSize = {"width": 1440, "height": 900}


@pytest.fixture(scope="session", autouse=True)
def _compiled_texts() -> None:
    for texts in LOCALE_FOLDER.glob("*/LC_MESSAGES/*.po"):
        _compile(texts)
    translator.cache_clear()
    environment.cache_clear()


def _compile(texts: Path) -> None:
    target = texts.with_suffix(".mo")
    if target.exists() and target.stat().st_mtime >= texts.stat().st_mtime:
        return
    partial = texts.with_suffix(f".{os.getpid()}.partial")  # other workers may be reading the present file
    with texts.open("rb") as source, partial.open("wb") as compiled:
        write_mo(compiled, read_po(source, locale=texts.parent.parent.name))
    partial.replace(target)


@pytest.fixture(scope="session")
def demo_pages(_compiled_texts: None) -> Iterator[None]:
    """The demo templates beside the product's own."""
    for locale in LOCALES:
        env = environment(locale)
        assert env.loader
        env.loader = ChoiceLoader([env.loader, FileSystemLoader(demo.FOLDER)])
    yield
    environment.cache_clear()


@pytest.fixture(scope="session")
def site(demo_pages: None) -> Iterator[str]:
    """Origin of a server with the demo pages."""
    with demo.serving() as origin:
        yield origin


@pytest.fixture(scope="session")
def server(_compiled_texts: None) -> Iterator[visit_server.Server]:
    """The pages of visits and approvals."""
    with visit_server.serving() as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page of a browser that is in another time zone than the site."""
    context = browser.new_context(
        locale="en-US", reduced_motion="reduce", timezone_id="Europe/Berlin", viewport=DESKTOP
    )
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def eye(browser: Browser, _compiled_texts: None) -> Eye:
    """What looks at the pages of a whole run."""
    return Eye.of(browser)
