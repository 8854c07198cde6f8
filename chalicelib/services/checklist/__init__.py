"""The checklist of an approved visit: made by the stream, ticked off by people, reminded of by the schedule."""

from chalicelib.services.checklist.making import TOUCHED, follow
from chalicelib.services.checklist.ticking import Action, act

__all__ = ["TOUCHED", "Action", "act", "follow"]
