"""The store in memory and DynamoDB, and files as they were brought."""

from __future__ import annotations

import pytest

from chalicelib.services.received import reading as reading_
from tests.services.conftest import Company
from tests.services.received.bucket import Bucket


@pytest.fixture
def company(on_either_store: Company) -> Company:
    """The same cases on both."""
    return on_either_store


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Bucket:
    made = Bucket()
    monkeypatch.setattr(reading_, "files", lambda: made)
    return made
