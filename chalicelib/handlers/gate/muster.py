"""Ticking people off at an evacuation."""

from __future__ import annotations

from pydantic import AwareDatetime, Field

from chalicelib.handlers.fields import Answered, Id, Strict
from chalicelib.handlers.gate.area import area
from chalicelib.services import gate
from chalicelib.services.call import Answer, Call


class WordForm(Strict):
    """A guard's word on a visitor: safe, or not after all; `at` is when they ticked."""

    visit: Id
    no: int = Field(ge=1, le=999)
    safe: bool
    at: AwareDatetime


class TicksForm(Strict):
    """Words of one guard's device, also those from while it had no network."""

    site: Id
    ticks: list[WordForm] = Field(max_length=90)


class Ticked(Answered):
    """How many of them were news."""

    site: str
    kept: int


@area.endpoint("POST", "/gate/ticks", action="gate:scan", body=TicksForm, answer=Ticked)
def tick_off(call: Call, form: TicksForm) -> Answer:
    """Tick visitors off at an evacuation; of several guards' words on a visitor the latest counts."""
    words = [gate.Word(each.visit, each.no, each.safe, each.at) for each in form.ticks]
    return gate.tick(call, form.site, words)
