"""Expense categories: kept by finance, read by every application and claim."""

from chalicelib.services.expenses.keeping import all_of, change, create, one
from chalicelib.services.expenses.reading import as_of, forget, head, known, whole

__all__ = ["all_of", "as_of", "change", "create", "forget", "head", "known", "one", "whole"]
