"""A world for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults import processes
from tests.faults.world import World, opened


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """An empty installation with few and small steps."""
    with opened(monkeypatch) as world:
        processes.shorten(monkeypatch)
        yield world
