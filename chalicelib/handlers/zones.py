"""Time zones as a field of forms."""

from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError


def _known(name: str) -> str:
    if name not in available_timezones():
        raise PydanticCustomError("bad_choice", "not a time zone")
    return name


TimeZone = Annotated[str, StringConstraints(max_length=64), AfterValidator(_known)]
"""The IANA name of a time zone."""
