"""Files that people bring in (导入): what is wrong where."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Problem:
    """What is wrong at a place of the file: its row (from 1, as spreadsheets count) and the heading of its column.

    Row 0 is the whole file.
    """

    row: int
    column: str
    code: str
    params: Mapping[str, str] = field(default_factory=dict)
