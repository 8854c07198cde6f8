"""One running Atrium for all journeys."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.stack import Stack, running

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in the same hook
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """All journeys go to one worker, which waits for the running copy most of the time: there is one copy."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker(pytest.mark.xdist_group("running"))


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A copy of its own; with ATRIUM_RUNNING=path/of/run.json the one that runs already."""
    if "ATRIUM_RUNNING" in os.environ:
        facts = json.loads(Path(os.environ["ATRIUM_RUNNING"]).read_text())
        yield Stack(facts["url"], facts["emulator"], facts["people"])
        return
    with running(tmp_path_factory.mktemp("atrium") / "data") as started:
        yield started
