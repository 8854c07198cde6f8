"""The office, with the kind of document that tests pay."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.payments import the_kind
from tests.services.payments.office import Office


@pytest.fixture(autouse=True)
def _kind() -> Iterator[None]:
    with the_kind():
        yield


@pytest.fixture
def office() -> Office:
    """Everybody has accounts, finance is set up; no second person is asked for."""
    office = Office()
    office.accounts()
    office.set_up()
    return office
