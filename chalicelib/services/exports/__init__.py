"""Lists as files: how a list becomes a table, tables as CSV and XLSX, and long ones made in the background."""

from chalicelib.services.exports.sheet import Asked, Column, Sheet, local, titled, word
from chalicelib.services.exports.tables import WRITERS, Cell, Table, as_csv, as_xlsx, disposition, guarded

__all__ = [
    "WRITERS",
    "Asked",
    "Cell",
    "Column",
    "Sheet",
    "Table",
    "as_csv",
    "as_xlsx",
    "disposition",
    "guarded",
    "local",
    "titled",
    "word",
]
