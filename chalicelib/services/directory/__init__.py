"""The directory: reading it (cached for a short while), and the commands that change people and departments."""

from chalicelib.services.directory.reading import (
    administrators,
    department,
    departments,
    forget,
    headed_by,
    holders,
    manager,
    person,
)
from chalicelib.services.directory.roster import People

__all__ = [
    "People",
    "administrators",
    "department",
    "departments",
    "forget",
    "headed_by",
    "holders",
    "manager",
    "person",
]
