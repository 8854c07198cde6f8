"""Custom processes: made, tried out, published and retired by administrators; found by everybody."""

from chalicelib.services.processes.editing import Sent, change, create, publish, retire
from chalicelib.services.processes.reading import (
    Detail,
    Version,
    current,
    definition_of,
    detail,
    forget,
    known_form,
    listed,
    newest,
    newest_known,
    version_of,
)
from chalicelib.services.processes.trying import DryRun, dry_run

__all__ = [
    "Detail",
    "DryRun",
    "Sent",
    "Version",
    "change",
    "create",
    "current",
    "definition_of",
    "detail",
    "dry_run",
    "forget",
    "known_form",
    "listed",
    "newest",
    "newest_known",
    "publish",
    "retire",
    "version_of",
]
