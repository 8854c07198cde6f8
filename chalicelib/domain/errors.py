"""Every way in which the domain says no. Handlers turn them into HTTP by one table."""

from collections.abc import Mapping
from dataclasses import dataclass, field


class DomainError(Exception):
    """A refusal with a stable `code` that clients may rely on and `params` for its localised text."""

    code = "refused"

    def __init__(self, code: str | None = None, **params: str) -> None:
        self.code = code or self.code
        self.params: dict[str, str] = params
        super().__init__(self.code)


class Malformed(DomainError):
    """The request cannot be read at all."""

    code = "malformed"


class Unauthenticated(DomainError):
    """Nobody is signed in, or the token is expired, revoked or forged."""

    code = "unauthenticated"


class Forbidden(DomainError):
    """The person may know that the record exists but may not do this."""

    code = "forbidden"


class NotFound(DomainError):
    """There is no such record, or the person may not know that there is."""

    code = "not_found"


class Conflict(DomainError):
    """The record's present `state` does not allow this; nothing was changed."""

    code = "conflict"

    def __init__(self, code: str | None = None, *, state: str = "", **params: str) -> None:
        super().__init__(code, state=state, **params)
        self.state = state


class IllegalMove(Conflict):
    """The status table has no such move from the present state."""

    code = "illegal_move"


class Stale(DomainError):
    """The record changed since the version that the caller saw."""

    code = "stale_version"


class Contention(DomainError):
    """Somebody else wrote first; reading again and deciding again is safe. Retried, seldom seen by a client."""

    code = "contention"


class TooMany(DomainError):
    """The caller asked too often; trying again later helps."""

    code = "too_many_requests"


@dataclass(frozen=True)
class FieldError:
    """One invalid field: its dotted `path` in the request, a stable `code`, and values for the localised text."""

    path: str
    code: str
    params: Mapping[str, str] = field(default_factory=dict)


class Invalid(DomainError):
    """One or more fields are wrong; all of them are named at once."""

    code = "invalid_fields"

    def __init__(self, *fields: FieldError) -> None:
        super().__init__()
        self.fields = fields
