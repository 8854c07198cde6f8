"""Use cases: load, ask the domain, write one transaction."""
