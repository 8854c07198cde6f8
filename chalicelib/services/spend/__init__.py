"""Reports of spending: counted as it happens, read at the cost of their cells, counted anew to compare."""

from chalicelib.services.spend.counting import Counted, count
from chalicelib.services.spend.reading import Read, read
from chalicelib.services.spend.recounting import differences

__all__ = ["Counted", "Read", "count", "differences", "read"]
