"""The office calendar in table `directory`: one item, pk `calendar#office`, sk `profile`."""

from pynamodb.attributes import UnicodeAttribute

from chalicelib.domain.office_calendar import OfficeCalendar, SpecialDay
from chalicelib.domain.office_hours import Week
from chalicelib.models.attributes import DataAttribute
from chalicelib.models.directory import DirectoryTable
from chalicelib.models.item import Key


class OfficeCalendarItem(DirectoryTable, discriminator="office_calendar"):
    """The company's calendar."""

    country = UnicodeAttribute()
    week = DataAttribute[Week](Week)
    holidays = DataAttribute[tuple[SpecialDay, ...]](tuple[SpecialDay, ...])
    workdays = DataAttribute[tuple[SpecialDay, ...]](tuple[SpecialDay, ...])

    @classmethod
    def at(cls) -> Key:
        """Where it lives."""
        return cls, "calendar#office", "profile"

    @classmethod
    def from_calendar(cls, calendar: OfficeCalendar) -> "OfficeCalendarItem":
        """The item of the calendar."""
        _, pk, sk = cls.at()
        return cls.of(calendar, pk=pk, sk=sk)
