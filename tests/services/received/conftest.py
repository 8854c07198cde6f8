"""The store in memory and DynamoDB, and files as they were brought."""

from __future__ import annotations

import pytest

from chalicelib.models.store import DynamoStore
from chalicelib.services.received import reading as reading_
from tests.services.conftest import Company
from tests.services.received.bucket import Bucket


@pytest.fixture(params=["memory", "dynamodb"])
def company(request: pytest.FixtureRequest) -> Company:
    """The same cases on the store in memory and on DynamoDB."""
    if request.param == "memory":
        return Company()
    request.getfixturevalue("aws")
    return Company(DynamoStore())


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Bucket:
    made = Bucket()
    monkeypatch.setattr(reading_, "files", lambda: made)
    return made
