"""Geometry of charts: where the marks go. The macros draw them, without script."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

_WIDTH, _HEIGHT = 720, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 16, 28, 36
_NAMES = 150
_NAME_GAP = 22
_STEPS = (1, 2, 5, 10)
_MOST_LABELS = 8
MOST_SERIES = 6


@dataclass(frozen=True)
class Tick:
    """A line of the value axis at height `y` (pixels from the top)."""

    y: float
    text: str


@dataclass(frozen=True)
class Mark:
    """A value: centre `x`, top `y`, and for bars `width` and `height`; all in pixels."""

    label: str
    value: float
    text: str
    x: float
    y: float
    width: float = 0
    height: float = 0


@dataclass(frozen=True)
class Series:
    """A named line; `path` is the SVG path through its marks, `name_y` the baseline of the name at its end."""

    name: str
    marks: tuple[Mark, ...]
    path: str = ""
    name_y: float = 0


@dataclass(frozen=True)
class Chart:
    """What the macro draws: the frame, the axis and the series (bars are one series with an empty path)."""

    width: int
    height: int
    left: int
    right: int
    base: float
    ticks: tuple[Tick, ...]
    labels: tuple[tuple[float, str], ...]
    series: tuple[Series, ...]


def bars(points: Sequence[tuple[str, float]]) -> Chart:
    """One bar per (label, value); values are not negative."""
    top, ticks = _axis([value for _, value in points])
    room = _room(len(points), _RIGHT)
    marks = tuple(_bar(number, label, value, room, top) for number, (label, value) in enumerate(points))
    return _chart(ticks, [label for label, _ in points], _RIGHT, (Series("", marks),))


def lines(labels: Sequence[str], series: Sequence[tuple[str, Sequence[float]]]) -> Chart:
    """Up to six lines over common labels, values not negative. Raises ValueError for more series."""
    if len(series) > MOST_SERIES:
        raise ValueError(f"a chart holds at most {MOST_SERIES} series")
    top, ticks = _axis([value for _, values in series for value in values])
    drawn = tuple(_line(name, labels, values, top) for name, values in series)
    return _chart(ticks, labels, _NAMES, _names_apart(drawn))


def _axis(values: Sequence[float]) -> tuple[float, tuple[Tick, ...]]:
    most = max(values, default=0)
    step = _step(most / 4)
    count = max(1, math.ceil(most / step))
    top = step * count
    return top, tuple(Tick(_y(step * n, top), _text(step * n)) for n in range(count + 1))


def _step(least: float) -> float:
    if least <= 1:
        return 1
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * step for step in _STEPS if power * step >= least)


def _text(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def _y(value: float, top: float) -> float:
    return round(_HEIGHT - _BOTTOM - value / top * (_HEIGHT - _TOP - _BOTTOM), 1)


def _room(count: int, right: int) -> float:
    return (_WIDTH - _LEFT - right) / max(count, 1)


def _x(number: int, room: float) -> float:
    return round(_LEFT + room * (number + 0.5), 1)


def _bar(number: int, label: str, value: float, room: float, top: float) -> Mark:
    y, width = _y(value, top), round(min(room * 0.62, 48), 1)
    return Mark(label, value, _text(value), _x(number, room), y, width, round(_HEIGHT - _BOTTOM - y, 1))


def _line(name: str, labels: Sequence[str], values: Sequence[float], top: float) -> Series:
    room = _room(len(labels), _NAMES)
    marks = tuple(
        Mark(label, value, _text(value), _x(number, room), _y(value, top))
        for number, (label, value) in enumerate(zip(labels, values, strict=True))
    )
    return Series(name, marks, "M" + "L".join(f"{mark.x},{mark.y}" for mark in marks))


def _names_apart(series: Sequence[Series]) -> tuple[Series, ...]:
    heights: dict[str, float] = {}
    lowest = 0.0
    for line in sorted(series, key=lambda line: line.marks[-1].y):
        lowest = max(line.marks[-1].y + 4, lowest + _NAME_GAP)
        heights[line.name] = lowest
    return tuple(replace(line, name_y=heights[line.name]) for line in series)


def _chart(ticks: tuple[Tick, ...], labels: Sequence[str], right: int, series: tuple[Series, ...]) -> Chart:
    room, every = _room(len(labels), right), max(1, -(-len(labels) // _MOST_LABELS))
    shown = tuple((_x(n, room), label) for n, label in enumerate(labels) if n % every == 0)
    return Chart(_WIDTH, _HEIGHT, _LEFT, _WIDTH - right, _HEIGHT - _BOTTOM, ticks, shown, series)
