"""People, departments, leave and who is away over HTTP."""

from chalicelib.handlers.directory import leaves, me, office_calendar, owned, routes  # noqa: F401 - importing registers their routes
from chalicelib.handlers.directory.area import area

__all__ = ["area"]
