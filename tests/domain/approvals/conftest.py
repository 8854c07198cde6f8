"""The company that most stories play in."""

import pytest

from tests.domain.approvals.company import Company


@pytest.fixture
def company() -> Company:
    """Ann works for Max, Max for Dora, Dora for Cleo; Dora heads sales; Adam and Ada administer."""
    company = Company(heads={"sales": "dora"})
    company.hire("cleo")
    company.hire("dora", "cleo", "approver")
    company.hire("max", "dora", "approver")
    company.hire("ann", "max", "employee")
    company.hire("fay", "cleo", "finance")
    company.hire("fred", "cleo", "finance")
    company.hire("adam", "cleo", "administrator")
    company.hire("ada", "cleo", "administrator")
    return company
