"""Standards of reception: kept by administrators and finance, read by every application."""

from chalicelib.services.standards.keeping import all_of, change, create, one, set_levels
from chalicelib.services.standards.reading import as_of, forget, known, whole

__all__ = ["all_of", "as_of", "change", "create", "forget", "known", "one", "set_levels", "whole"]
