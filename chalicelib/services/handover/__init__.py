"""Handing over what a person has: what hangs on them, the wish, and the steps that carry it out."""

from chalicelib.services.handover.carrying_out import step, take_up
from chalicelib.services.handover.owned import Owned, hanging_on, owned
from chalicelib.services.handover.wish import wish

__all__ = ["Owned", "hanging_on", "owned", "step", "take_up", "wish"]
