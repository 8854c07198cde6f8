"""Requests over HTTP: list, form, page, actions."""
