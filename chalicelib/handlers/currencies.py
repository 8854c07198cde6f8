"""Currencies as forms take them."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

from chalicelib.web.money import digits_of


def _known(text: str) -> str:
    if digits_of(text) is None:
        raise PydanticCustomError("unknown_currency", "not a currency")
    return text


def _known_or_none(text: str) -> str:
    return _known(text) if text else text


Currency = Annotated[str, StringConstraints(strip_whitespace=True, max_length=3), AfterValidator(_known)]
"""A currency in use, by its three letters (ISO 4217)."""

MaybeCurrency = Annotated[str, StringConstraints(strip_whitespace=True, max_length=3), AfterValidator(_known_or_none)]
"""The same, or nothing."""
