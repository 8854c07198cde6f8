"""What files say of the invoice that they are: hostile until read, within limits, each format in its module."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

_READERS: Mapping[str, str] = {"application/pdf": "pdf", "application/xml": "xml", "application/ofd": "ofd"}
"""By media type: the module with the function `read`."""


def read(media: str, content: bytes) -> dict[str, str]:
    """What a file of that type says, as text by field; nothing for a picture, or a PDF without data.

    Raises Invalid for field `file` where it is hostile, or an XML file that is no invoice.
    """
    if media not in _READERS:
        return {}
    reader: Callable[[bytes], dict[str, str]] = import_module(f"{__name__}.{_READERS[media]}").read
    return reader(content)
