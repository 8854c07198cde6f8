"""The page of a visit's archive."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chalicelib.domain.standards import Estimate, Line
from chalicelib.models.store import create
from tests import company, desk, reception

AUDITOR = company.person("auditor", roles=frozenset({"employee", "auditor"}))


@pytest.mark.parametrize(("language", "word"), [("zh-CN", "用餐"), ("en", "Meal")])
def test_the_archive_tells_plan_cost_by_type_and_that_it_is_whole(
    monkeypatch: pytest.MonkeyPatch, language: str, word: str
) -> None:
    at = desk.open_desk(monkeypatch)
    company.add_person(at.store, AUDITOR)
    estimate = Estimate("CNY", 90_000, {"meal": 90_000}, (Line(0, "meal", 90_000, "S1", 8_000, 80_000),))
    at.store.write(create(reception.an_archive(reception.a_visit(estimate=estimate))))
    at.now = reception.ENDS + timedelta(days=1)
    answer = at.client(AUDITOR).get(f"/visits/{reception.VISIT_ID}/archive")
    assert answer.json["whole"] and answer.json["costs"] == [
        {"type": "meal", "estimate": 90_000, "standard": 80_000, "above": 10_000}
    ]
    page = at.client(AUDITOR).page(f"/visits/{reception.VISIT_ID}/archive", headers={"Accept-Language": language})
    assert word in page.text and "100.00" in page.text and "何主任" in page.text
