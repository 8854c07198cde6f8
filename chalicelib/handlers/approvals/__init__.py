"""Approvals: my inbox, a document with its trail, every move that I may make on it."""
