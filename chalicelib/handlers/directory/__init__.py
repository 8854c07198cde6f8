"""People, departments, leave and who is away over HTTP."""

from chalicelib.handlers.directory import (  # noqa: F401 - importing registers their routes
    leaves,
    me,
    office_calendar,
    owned,
    roles,
    routes,
)
from chalicelib.handlers.directory.area import area

__all__ = ["area"]
