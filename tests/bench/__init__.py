"""Measures speed, calls, growth and cost, and writes docs/figures.md: `python -m tests.bench`."""
