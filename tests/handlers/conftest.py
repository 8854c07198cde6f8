"""A running application for the tests of its routes."""

from __future__ import annotations

import pytest
from chalice.app import Chalice

from chalicelib.models.store import DynamoStore
from tests import cloud, company
from tests.client import Client


@pytest.fixture
def store(aws: cloud.Cloud) -> DynamoStore:
    """The tables, with head office in them."""
    store = DynamoStore()
    company.add_department(store)
    return store


@pytest.fixture(scope="session")
def application() -> Chalice:
    """Most areas, in one application: Chalice registers a blueprint rightly only the first time."""
    from chalicelib.handlers import approvals, directory, sessions, sites, system, visits

    app = Chalice(app_name="atrium")
    for module in (sessions, system, directory, sites, visits, approvals):
        app.register_blueprint(module.area)
    return app


@pytest.fixture
def client(application: Chalice, store: DynamoStore) -> Client:
    """Nobody yet: a program without a token, a browser without cookies."""
    return Client(application)
