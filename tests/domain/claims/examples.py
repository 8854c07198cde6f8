"""Claims to test with."""

from datetime import UTC, date, datetime
from typing import Any

from chalicelib.domain.claims import Allocation, Claim, Line

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
DAY = date(2026, 11, 20)
NOVEMBER, DECEMBER = "D1.reception.CNY.2026-11", "D1.reception.CNY.2026-12"


def a_line(key: str = "1", amount: int = 10_000, budget: str = NOVEMBER, **facts: Any) -> Line:
    """A dinner of 100 yuan, all of it the department's own."""
    known: dict[str, Any] = {"category": "meal", "day": DAY, "currency": "CNY", "converted": amount}
    known["allocations"] = (Allocation("D1", facts.get("converted", amount), budget),)
    return Line(key, amount=amount, **known | facts)


def a_claim(*lines: Line, **facts: Any) -> Claim:
    """A draft of these lines."""
    known: dict[str, Any] = {"id": "01KJPX9W3TZ4QZ6T1N7V0F2B5W", "number": "CL10000001", "applicant": "P1"}
    known |= {"applicant_name": "林梅", "department": "D1", "department_path": ("D1",), "currency": "CNY"}
    known |= {"purpose": "Dinner", "lines": lines or (a_line(),), "created_at": NOW}
    return Claim(**known | facts)
