"""The office calendar: keeping it, and counting office hours by it."""

from chalicelib.services.office_calendar.keeping import Coming, change, coming, current, due, is_workday, view

__all__ = ["Coming", "change", "coming", "current", "due", "is_workday", "view"]
