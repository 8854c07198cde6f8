"""Fixtures of the workflow's tests."""

import pytest

from tests.workflows.stage import Stage


@pytest.fixture
def stage() -> Stage:
    """A stage whose visit is still to be made."""
    return Stage()
