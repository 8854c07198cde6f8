"""Custom processes over HTTP: made by administrators, found by everybody."""
