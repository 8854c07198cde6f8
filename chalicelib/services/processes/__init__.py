"""Custom processes: made, tried out, published and retired by administrators; found by everybody."""

from chalicelib.services.processes.editing import Sent, change, create, publish, retire
from chalicelib.services.processes.reading import (
    Version,
    current,
    definition_of,
    detail,
    listed,
    version_of,
)

__all__ = [
    "Sent",
    "Version",
    "change",
    "create",
    "current",
    "definition_of",
    "detail",
    "listed",
    "publish",
    "retire",
    "version_of",
]
