"""What a browser would send of a page's form: its inputs and chosen options, without the templates of further rows."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

OWN = ("csrf", "idempotency_key", "action")


def filled_in(page: str) -> dict[str, str]:
    """The fields of the page's forms by name, without those that are empty and the form's own."""
    reader = _Reader()
    reader.feed(page)
    return {name: value for name, value in reader.found.items() if value and name not in OWN}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self._templates, self._select, self._area = 0, "", ""

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        facts = {name: value or "" for name, value in attrs}
        if tag == "template":
            self._templates += 1
        elif not self._templates:
            self._field(tag, facts)

    def _field(self, tag: str, facts: dict[str, str]) -> None:
        name = facts.get("name", "")
        if tag == "input" and name and (facts.get("type") != "checkbox" or "checked" in facts):
            self.found[name] = facts.get("value", "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in facts:
            self.found[self._select] = facts["value"]
        elif tag == "textarea":
            self._area = name

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self._templates -= 1
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area and not self._templates:
            self.found[self._area] = self.found.get(self._area, "") + data.strip()
