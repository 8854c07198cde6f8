"""The store's contract holds on the DynamoDB that the fault tests use, too."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from chalicelib.models.store import DynamoStore, Store
from tests.faults.world import World
from tests.models.test_store import *  # noqa: F403 - the same cases again


@pytest.fixture
def store(world: World) -> Iterator[Store]:
    yield DynamoStore()
