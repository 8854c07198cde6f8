"""docs/figures.md: sections with tables, the machine and the versions they were measured on."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

FIGURES = Path("docs/figures.md")
LIBRARIES = ("chalice", "pynamodb", "botocore", "pydantic", "cedarpy", "pyjwt")


@dataclass(frozen=True)
class Section:
    """A heading and what stands below it (Markdown)."""

    title: str
    text: str


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; the first column is text, the others are figures."""
    lines = ["| " + " | ".join(head) + " |", "|---" + "|---:" * (len(head) - 1) + "|"]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines)


def verdict(value: float, reach: float | None) -> str:
    """Whether the value is within its reach; nothing where there is none."""
    if reach is None:
        return ""
    return f"≤ {reach:g}: " + ("yes" if value <= reach else "**no**")


def write(sections: Iterable[Section], seconds: float) -> None:
    """Write the file."""
    parts = [HEAD.format(when=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"), machine=_machine(), seconds=seconds)]
    parts += [f"## {section.title}\n\n{section.text}" for section in sections]
    FIGURES.write_text("\n\n".join(parts) + "\n")


HEAD = """# Figures

Written by `make figures` on {when}, in {seconds:.0f} s.
Machine: {machine}.

Times are CPU time on that machine: compare them with each other, not with another machine's."""


def _machine() -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    processor = f"{os.cpu_count()} x {_processor()}"
    return f"{processor}, {platform.system()} {platform.release()}, Python {platform.python_version()}; {libraries}"


def _processor() -> str:
    facts = Path("/proc/cpuinfo")
    lines = facts.read_text().splitlines() if facts.exists() else []
    named = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")
    return named or platform.machine()
