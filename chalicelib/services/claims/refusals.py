"""Refusals of budgets as a claim tells them: it takes of several, so the one that has not enough is named."""

from __future__ import annotations

from chalicelib.domain.budgets import Overspent
from chalicelib.services.applications.taking import budget_word
from chalicelib.services.call import Call


def named(call: Call, refused: Overspent) -> Overspent:
    """The refusal with what people call the budget."""
    _, category, _, period = refused.params["line"].rsplit(".", 3)
    return Overspent("claim_overspent", budget=f"{budget_word(call, category)} {period}", **refused.params)
