"""Refusals of the engine's own."""

from chalicelib.domain.errors import Forbidden


class NotYours(Forbidden):
    """The move belongs to somebody else: to the task's person, or to the applicant."""

    code = "not_yours"
