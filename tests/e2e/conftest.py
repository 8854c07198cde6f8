"""One running Atrium for all journeys."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.stack import Stack, running


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """A copy of its own; with ATRIUM_RUNNING=path/of/run.json the one that runs already."""
    if "ATRIUM_RUNNING" in os.environ:
        file = Path(os.environ["ATRIUM_RUNNING"])
        facts = json.loads(file.read_text())
        yield Stack(facts["url"], facts["emulator"], facts["people"], file.parent)
        return
    with running(tmp_path_factory.mktemp("atrium") / "data") as started:
        yield started
