"""PDF files as Atrium makes them: one font for all scripts, headings, tables, bars, page numbers.

Texts are data: what somebody typed is shown as it is. reportlab costs half a second to load, so only a file loads it.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.charts.legends import Legend
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, KeepTogether, Paragraph, SimpleDocTemplate, Spacer, Table

FONT = "NotoSansSC"
INK, SOFT, LINE, ACCENT, PALE = map(HexColor, ("#17202c", "#525d6e", "#e2e5ea", "#2f5bd7", "#9db4f0"))
MARGIN = 18 * mm
PADDING = 6
"""Of the frame of a page, in points."""
WIDTH = A4[0] - 2 * MARGIN - 2 * PADDING

type Cell = str | int
"""A text, or a number that is read from the right."""


def document(title: str, language: str, parts: Sequence[Flowable]) -> bytes:
    """The file: the same parts give the same bytes. `language` is for screen readers."""
    _fonts()
    out = io.BytesIO()
    made = SimpleDocTemplate(
        out,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=title,
        author="Atrium",
        lang=language,
        invariant=1,
    )

    def footer(canvas: Any, page: Any) -> None:
        canvas.saveState()
        canvas.setFont(FONT, 8)
        canvas.setFillColor(SOFT)
        canvas.drawString(MARGIN + PADDING, MARGIN / 2, title)
        canvas.drawRightString(A4[0] - MARGIN - PADDING, MARGIN / 2, str(page.page))
        canvas.restoreState()

    made.build(list(parts), onFirstPage=footer, onLaterPages=footer)
    return out.getvalue()


@cache
def _fonts() -> None:
    pdfmetrics.registerFont(TTFont(FONT, str(Path(__file__).parent / "fonts/NotoSansSC-Regular.ttf")))


def _style(size: float, colour: Any = INK, **more: Any) -> ParagraphStyle:
    _fonts()
    facts = {"fontName": FONT, "fontSize": size, "leading": size * 1.45, "textColor": colour}
    return ParagraphStyle("atrium", **facts | more)


def text(content: str, size: float = 9, colour: Any = INK, **more: Any) -> Paragraph:
    """A paragraph of plain text."""
    wrap = {"wordWrap": "CJK"} if any(char >= "\u2e80" for char in content) else {}  # between any two characters
    return Paragraph(escape(content), _style(size, colour, **wrap, **more))


def heading(title: str, beside: str) -> list[Flowable]:
    """What the file is, and under it what it is of."""
    return [text(title, 18), text(beside, 9, SOFT), Spacer(1, 5 * mm)]


def section(title: str, *parts: Flowable) -> list[Flowable]:
    """A part with its heading, which never stands alone at the foot of a page."""
    first, *rest = parts
    return [Spacer(1, 5 * mm), KeepTogether([text(title, 12), Spacer(1, 2 * mm), first]), *rest]


def figures(named: Sequence[tuple[str, str]]) -> Table:
    """Some figures side by side, each under its name."""
    rows = [[text(name, 8, SOFT) for name, _ in named], [text(value, 13) for _, value in named]]
    rule: list[Any] = [("LINEABOVE", (0, 0), (-1, 0), 0.5, LINE), ("LINEBELOW", (0, -1), (-1, -1), 0.5, LINE)]
    return Table(rows, [WIDTH / len(named)] * len(named), style=[*rule, *_PADDING])


_PADDING: list[Any] = [
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
    ("VALIGN", (0, 0), (-1, -1), "TOP"),
]


def table(columns: Sequence[str], rows: Sequence[Sequence[Cell]], shares: Sequence[float]) -> Table:
    """Rows under their columns, which are repeated on each page. `shares` are of the width; all but the first of the
    columns that hold no text are read from the right."""
    numbers = {n for n in range(1, len(columns)) if rows and all(isinstance(row[n], int | Number) for row in rows)}

    def cell(n: int, content: Cell, colour: Any = INK) -> Paragraph:
        return text(str(content), 8.5, colour, **({"alignment": TA_RIGHT} if n in numbers else {}))

    head = [cell(n, each, SOFT) for n, each in enumerate(columns)]
    body = [[cell(n, each) for n, each in enumerate(row)] for row in rows]
    rules: list[Any] = [("LINEBELOW", (0, 0), (-1, -1), 0.5, LINE), *_PADDING]
    return Table([head, *body], [WIDTH * share for share in shares], repeatRows=1, style=rules)


class Number(str):
    """A text that is a number with its unit: read from the right."""

    __slots__ = ()


def bars(labels: Sequence[str], series: Sequence[tuple[str, Sequence[float]]]) -> Drawing:
    """One bar for each label, the series on top of each other, with a legend; values are in major units."""
    _fonts()
    drawing = Drawing(WIDTH, 52 * mm)
    chart: Any = VerticalBarChart()
    chart.x, chart.y, chart.width, chart.height = 18 * mm, 8 * mm, WIDTH - 20 * mm, 34 * mm
    chart.data = [tuple(values) for _, values in series]
    chart.categoryAxis.categoryNames = list(labels)
    chart.categoryAxis.style = "stacked"
    chart.valueAxis.valueMin = 0
    chart.valueAxis.labelTextFormat = lambda value: f"{value:,.0f}"
    chart.barWidth, chart.groupSpacing = 6, 8
    for axis in (chart.categoryAxis, chart.valueAxis):
        axis.labels.fontName, axis.labels.fontSize, axis.labels.fillColor = FONT, 7, SOFT
        axis.strokeColor = LINE
    chart.valueAxis.gridStrokeColor, chart.valueAxis.visibleGrid = LINE, True
    for n, colour in zip(range(len(series)), (ACCENT, PALE), strict=False):
        chart.bars[n].fillColor, chart.bars[n].strokeColor = colour, None
    drawing.add(chart)
    drawing.add(_legend([name for name, _ in series]))
    return drawing


def _legend(names: Sequence[str]) -> Any:
    legend: Any = Legend()
    legend.x, legend.y, legend.boxAnchor, legend.columnMaximum = 18 * mm, 51 * mm, "nw", 1
    legend.fontName, legend.fontSize, legend.fillColor = FONT, 8, INK
    legend.dx = legend.dy = 7
    legend.deltax, legend.alignment, legend.strokeWidth = 60, "right", 0
    legend.colorNamePairs = list(zip((ACCENT, PALE), names, strict=False))
    return legend
