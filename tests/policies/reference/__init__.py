"""Who may call which route, said a second time and in plain Python: what the policies allow has to be the same.

A new route needs a line in one of the tables. `may` and `knows` answer for a person of one role in one relation to the
records of the world (tests/policies/world.py): who may not is answered 403, or 404 where they may not even know of the
record. `path` and `body` ask for something that would go well.
"""

from __future__ import annotations

from collections.abc import Mapping

from tests.policies.reference.company import COMPANY
from tests.policies.reference.reception import RECEPTION
from tests.policies.reference.spending import SPENDING
from tests.policies.reference.who import RELATIONS, ROLES, Line, Who, sees_received, sees_visit

ROUTES: Mapping[str, Line] = {**COMPANY, **RECEPTION, **SPENDING}

VISIT_FILE = Line(sees_visit, "/files/{agenda}", knows=sees_visit)
"""GET /files/{id} once more, for a file of a visit; in ROUTES it is one of a request."""

RECEIVED_FILE = Line(sees_received, "/files/{receipt}", knows=sees_received)
"""And for a file of a received invoice."""

__all__ = ["RECEIVED_FILE", "RELATIONS", "ROLES", "ROUTES", "VISIT_FILE", "Line", "Who"]
