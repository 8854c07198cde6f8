"""Field types that several forms share: trimmed text, real phone numbers, e-mail addresses."""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic_core import PydanticCustomError

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120, pattern=r"^[^\r\n\t\x00-\x1f]*$")]
"""One line of text, possibly empty."""

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=r"^[^\x00-\x1f]+$")]
"""One line of text that must be there."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000, pattern=r"^[^\x00-\x08\x0b-\x1f]*$")]
"""Several lines of text, possibly empty."""

Id = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_.:-]+$")]
"""An id of ours."""

Month = Annotated[str, StringConstraints(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
"""A month, YYYY-MM."""

LevelKey = Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)]
"""The key of a level of visitors."""

Language = Literal["zh-CN", "en"]
Cursor = Annotated[str, StringConstraints(max_length=2000)]
_EMAIL = re.compile(r"[^@\s]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?\.[A-Za-z]{2,}")


def _real_phone(text: str) -> str:
    import phonenumbers

    try:
        number = phonenumbers.parse(text, "CN")  # a number without a country code is a Chinese one
    except phonenumbers.NumberParseException as error:
        raise PydanticCustomError("phone_not_real", "not a phone number") from error
    if not phonenumbers.is_valid_number(number):
        raise PydanticCustomError("phone_not_real", "not a phone number")
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def _email(text: str) -> str:
    if text and not _EMAIL.fullmatch(text):
        raise PydanticCustomError("bad_email", "not an e-mail address")
    return text


def contact_of(text: str) -> str:
    """An e-mail address in lower case, or a phone number as E.164; raises PydanticCustomError for anything else."""
    return _email(text).lower() if "@" in text else _real_phone(text)


Phone = Annotated[str, StringConstraints(strip_whitespace=True, max_length=32), AfterValidator(_real_phone)]
"""A phone number that can exist, as E.164."""

Email = Annotated[str, StringConstraints(strip_whitespace=True, max_length=254), AfterValidator(_email)]
"""An e-mail address, or nothing."""


class Strict(BaseModel):
    """A body or query: unknown fields are refused. Built when first used, for a cold start uses one or two of all."""

    model_config = ConfigDict(extra="forbid", defer_build=True)


class Bilingual(Strict):
    """A text in both languages."""

    en: Line = ""
    zh: Line = ""


class Answered(BaseModel):
    """What a route answers, for the description of the interface only: built when that is asked for."""

    model_config = ConfigDict(defer_build=True)


class PageQuery(Strict):
    """What every list takes."""

    cursor: Cursor | None = None
    limit: int = Field(default=50, ge=1, le=100)
    lang: str | None = Field(default=None, max_length=10)
