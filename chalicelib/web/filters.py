"""Filters and functions that templates may use."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from chalicelib.web import (
    advance_words,
    application_words,
    budget_words,
    chart,
    claim_words,
    compliance_words,
    expense_words,
    gate_results,
    payment_words,
    received_words,
    reception_words,
    report_words,
    times,
)
from chalicelib.web.assets import asset_path
from chalicelib.web.i18n import translator
from chalicelib.web.money import amount, digits_of, money
from chalicelib.web.page import INBOX_MINUTES, initials
from chalicelib.web.status import look

ICON_FOLDER = Path(__file__).parent / "icons"


@cache
def _drawing(name: str) -> str:
    text = (ICON_FOLDER / f"{name}.svg").read_text()
    return text[text.index(">", text.index("<svg")) + 1 : text.rindex("</svg>")].strip()


def icon(name: str, size: int = 18) -> Markup:
    """The drawing `name`, inlined and hidden from screen readers: a word always stands beside it."""
    return Markup(
        '<svg class="icon" width="{0}" height="{0}" viewBox="0 0 24 24" fill="none" stroke="currentColor"'
        ' stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"'
        ' focusable="false">{1}</svg>'
    ).format(size, Markup(_drawing(name)))  # noqa: S704 - a file of ours


def phone(number: str) -> str:
    """A phone number (E.164) with its middle hidden: +86 138****5678."""
    if number.startswith("+86") and len(number) == 14:
        return f"+86 {number[3:6]}****{number[-4:]}"
    return f"{number[:3]} ****{number[-4:]}" if len(number) > 7 else "****"


@pass_context
def status(context: Context, value: str) -> Markup:
    """A status as a word with an icon and a colour."""
    word, drawing, tone = look(value)
    return Markup('<span class="status status-{}">{}{}</span>').format(
        tone, icon(drawing, 14), _translate(context, word)
    )


@pass_context
def status_word(context: Context, value: str) -> str:
    """A status as a word alone, for options and charts."""
    return _translate(context, look(value)[0])


def _translate(context: Context, msgid: str) -> str:
    return translator(context["page"].locale).gettext(msgid)


def _in_zone(form: Callable[..., str]) -> Callable[..., Markup]:
    @pass_context
    def shown(context: Context, value: times.Moment, time_zone: str = "") -> Markup:
        page, moment = context["page"], times.moment(value)
        text = form(moment, page.locale, time_zone or page.time_zone, page.now)
        return Markup('<time datetime="{}">{}</time>').format(moment.isoformat(), text)

    return shown


@pass_context
def span(context: Context, starts: times.Moment, ends: times.Moment, time_zone: str = "") -> Markup:
    """From when until when, in `time_zone` (otherwise the page's), which is named where the reader has another one."""
    page, first, last = context["page"], times.moment(starts), times.moment(ends)
    if not isinstance(first, datetime) or not isinstance(last, datetime):
        raise TypeError("a span is between two times")
    zone = time_zone or page.time_zone
    text = times.span(first, last, page.locale, zone, page.now)
    text = times.named_zone(text, last, page.locale, zone, page.reader_zone)
    return Markup('<time datetime="{}">{}</time>').format(first.isoformat(), text)


@pass_context
def zoned(context: Context, text: str) -> Markup:
    """Words about a place with the name of its zone behind them, where the reader has another one."""
    page = context["page"]
    return escape(times.named_zone(text, page.now, page.locale, page.time_zone, page.reader_zone))


@pass_context
def elapsed(context: Context, since: times.Moment) -> str:
    """How long ago, as in "waiting for 3 hours"."""
    moment = times.moment(since)
    return times.elapsed(moment, context["page"].locale, context["page"].now) if isinstance(moment, datetime) else ""


@pass_context
def input_time(context: Context, value: times.Moment | None) -> str:
    """A time as the value of a datetime-local field, in the page's time zone; empty for none."""
    moment = times.moment(value) if value else None
    return times.for_input(moment, context["page"].time_zone) if isinstance(moment, datetime) else ""


@pass_context
def country_names(context: Context, codes: Iterable[str]) -> list[tuple[str, str]]:
    """Codes of countries with their names, for a chooser."""
    return times.country_names(codes, context["page"].locale)


def with_query(query: Mapping[str, str], **changes: str | None) -> str:
    """The URL's parameters with `changes`; None removes one. A changed filter starts at the first page."""
    merged = {**query, "cursor": None, **changes}
    return "?" + urlencode({name: value for name, value in merged.items() if value})


def row_count(values: Mapping[str, Any], name: str) -> int:
    """How many rows of the group `name` were typed: visitors.0.name and visitors.2.phone make three."""
    numbers = [key[len(name) + 1 :].split(".")[0] for key in values if key.startswith(name + ".")]
    return max((int(number) + 1 for number in numbers if number.isdecimal()), default=0)


@pass_context
def static(context: Context, name: str) -> str:
    """URL of a static file, with its version and the stage prefix."""
    url: str = context["page"].url_for(asset_path(name))
    return url


def file_size(size: int) -> str:
    """Bytes as people read them: whole kilobytes, from a megabyte on with one digit after the point."""
    return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(1, round(size / 1024))} KB"


def new_key() -> str:
    """An idempotency key for a form that is shown for the first time."""
    return secrets.token_urlsafe(16)


FILTERS: dict[str, Callable[..., Any]] = {
    "date": _in_zone(times.date),
    "time": _in_zone(times.time),
    "datetime": _in_zone(times.datetime_),
    "digits": lambda currency: digits_of(currency) or 0,
    "span": span,
    "zoned": zoned,
    "elapsed": elapsed,
    "input_time": input_time,
    "phone": phone,
    "status": status,
    "status_word": status_word,
    "initials": initials,
    "country_names": country_names,
    "with_query": with_query,
    "row_count": row_count,
    "file_size": file_size,
    "money": money,
    "major": lambda minor, currency: float(amount(minor, currency)),
}
GLOBALS: dict[str, Any] = {
    "gate_results": gate_results.RESULTS,
    "application_words": application_words,
    "claim_words": claim_words,
    "advance_words": advance_words,
    "budget_words": budget_words,
    "report_words": report_words,
    "compliance_words": compliance_words,
    "received_words": received_words,
    "payment_words": payment_words,
    "expense_words": expense_words,
    "reception_words": reception_words,
    "icon": icon,
    "inbox_minutes": INBOX_MINUTES,
    "static": static,
    "new_key": new_key,
    "escape": escape,
    "bar_chart": chart.bars,
    "line_chart": chart.lines,
}
