"""Standards of reception over HTTP."""
