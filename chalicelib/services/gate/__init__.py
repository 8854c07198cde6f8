"""The gate: scanning visitors in and out, and who is expected and inside."""

from chalicelib.services.gate.lists import evacuation, expected, on_site
from chalicelib.services.gate.places import find_gate, find_site, post, sites_of
from chalicelib.services.gate.scans import Asked, scan

__all__ = ["Asked", "evacuation", "expected", "find_gate", "find_site", "on_site", "post", "scan", "sites_of"]
