"""The report of a month as a PDF file, for those who head a department and for finance (月报)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from chalicelib.domain.spend import Measure
from chalicelib.services.reports.month import Month
from chalicelib.services.reports.spending import Row
from chalicelib.web import times
from chalicelib.web.budget_words import CATEGORIES
from chalicelib.web.i18n import N_, translator
from chalicelib.web.money import amount, money
from chalicelib.web.report_words import DIMENSIONS, anomaly_words

if TYPE_CHECKING:
    from reportlab.platypus import Flowable

FIGURES: Mapping[Measure, str] = {
    "spent": N_("Spent"),
    "awaiting": N_("Approved, to be paid"),
    "excess": N_("Above the standards"),
    "refused": N_("Not granted"),
}
FIVE = (0.29, 0.17, 0.19, 0.19, 0.16)


def month_title(found: Month, locale: str) -> str:
    """What the file is called, for people and for their folders."""
    title = translator(locale).gettext("Spending in %(month)s") % {"month": times.month(found.month, locale)}
    return f"{title} · {found.department}" if found.department else title


def month_pdf(found: Month, locale: str, today: date) -> bytes:
    """The file, in the reader's language."""
    from chalicelib.web import pdf

    gettext = translator(locale).gettext
    made = gettext("As of %(day)s") % {"day": times.whole_date(today, locale)}
    parts = [*pdf.heading(month_title(found, locale), made), *_figures(found, gettext)]
    if not found.whole:
        parts.append(pdf.text(gettext("There is more than is read at once: figures by kind may be too low."), 8.5))
    parts += [*_year(found, locale, gettext), *_rows(found, gettext), *_budgets(found, gettext)]
    parts += [*_excess(found, locale, gettext), *_second_look(found, locale, gettext)]
    return pdf.document(month_title(found, locale), locale, parts)


def _figures(found: Month, gettext: Any) -> Iterator[Flowable]:
    from chalicelib.web import pdf

    if not found.totals:
        yield pdf.text(gettext("Nothing was spent in this month."))
    for currency, sums in sorted(found.totals.items()):
        yield pdf.figures([(gettext(word), money(sums.get(name, 0), currency)) for name, word in FIGURES.items()])


def _year(found: Month, locale: str, gettext: Any) -> Iterator[Flowable]:
    from chalicelib.web import pdf

    labels = [times.month(each, locale, short=True) for each in found.labels]
    for currency in sorted(found.year):
        title = gettext("The year so far, %(currency)s") % {"currency": currency}
        yield from pdf.section(title, pdf.bars(labels, [_series(found, currency, each, gettext) for each in _STACKED]))


_STACKED: tuple[Measure, ...] = ("spent", "awaiting")


def _series(found: Month, currency: str, name: Measure, gettext: Any) -> tuple[str, Sequence[float]]:
    sums = [found.year[currency].get(each, {}).get(name, 0) for each in found.labels]
    return gettext(FIGURES[name]), [float(amount(each, currency)) for each in sums]


def _rows(found: Month, gettext: Any) -> Iterator[Flowable]:
    from chalicelib.web import pdf

    for dimension, rows in found.rows.items():
        if rows:
            columns = [gettext(DIMENSIONS[dimension]), *(gettext(word) for word in FIGURES.values())]
            yield from pdf.section(columns[0], pdf.table(columns, [_row(*each) for each in rows], FIVE))


def _row(name: str, row: Row) -> Sequence[str]:
    from chalicelib.web.pdf import Number

    return [name or "–", *(Number(money(row.figures.get(each, 0), row.currency)) for each in FIGURES)]


def _budgets(found: Month, gettext: Any) -> Iterator[Flowable]:
    from chalicelib.web import pdf

    if not found.budgets:
        return
    words = (N_("Category"), N_("Budget"), N_("Used"), N_("Frozen"), N_("Available"), N_("Used, per cent"))
    rows = [
        [
            gettext(CATEGORIES.get(each.category, each.category)),
            *(pdf.Number(money(sum_, each.currency)) for sum_ in (each.budget, *(each.figures[n] for n in _HELD))),
            pdf.Number(f"{each.share} %"),
        ]
        for each in found.budgets
    ]
    shares = (0.2, 0.18, 0.17, 0.17, 0.17, 0.11)
    yield from pdf.section(gettext("Budgets used"), pdf.table([gettext(word) for word in words], rows, shares))


_HELD = ("used", "frozen", "available")


def _excess(found: Month, locale: str, gettext: Any) -> Iterator[Flowable]:
    from chalicelib.web import pdf

    if not found.excess:
        return
    words = (N_("Day"), N_("Colleague"), N_("Expense category"), N_("Amount"), N_("Above the standards"), N_("Claim"))
    rows = [
        [
            times.whole_date(date.fromisoformat(each.about.day), locale),
            found.names["person"].get(each.about.person),
            found.names["category"].get(each.about.category),
            pdf.Number(money(each.amount, each.currency)),
            pdf.Number(money(each.excess, each.currency)),
            each.about.number,
        ]
        for each in found.excess
    ]
    shares = (0.18, 0.16, 0.18, 0.17, 0.17, 0.14)
    yield from pdf.section(gettext("Above the standards"), pdf.table([gettext(word) for word in words], rows, shares))


def _second_look(found: Month, locale: str, gettext: Any) -> Iterator[Flowable]:
    from chalicelib.web import pdf

    people, parts = found.names["person"], []
    for each in found.second_look:
        title, reason = anomaly_words(each, people.get(each.facts.get("person", "")), locale)
        claims = ", ".join(dict.fromkeys(row.number for row in each.rows[:10]))
        parts += [pdf.text(title, 9.5, spaceBefore=4), pdf.text(reason), pdf.text(claims, 8, pdf.SOFT)]
    if parts:
        yield from pdf.section(gettext("Worth a second look"), *parts)
