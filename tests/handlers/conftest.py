"""A running application for the tests of its routes."""

from __future__ import annotations

import pytest

import app
from chalicelib.models.store import DynamoStore
from tests import cloud, company
from tests.client import Client


@pytest.fixture
def store(aws: cloud.Cloud) -> DynamoStore:
    """The tables, with head office in them."""
    store = DynamoStore()
    company.add_department(store)
    return store


@pytest.fixture
def client(store: DynamoStore) -> Client:
    """Nobody yet: a program without a token, a browser without cookies."""
    return Client(app.app)
