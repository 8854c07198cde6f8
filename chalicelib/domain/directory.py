"""Who works here: people, departments and the roles that people hold."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.errors import FieldError, IllegalMove, Invalid

ROLES = ("employee", "approver", "reception", "gate", "finance", "auditor", "administrator")
SECOND_FACTOR_ROLES = frozenset({"finance", "administrator", "gate"})
SEPARATE = (
    frozenset({"finance", "auditor"}),
    frozenset({"administrator", "auditor"}),
    frozenset({"administrator", "finance"}),
)
"""Roles that one person should not hold together (segregation of duties, 不相容岗位分离): each pair checks itself."""

LOCALES = ("zh-CN", "en")


def not_separate(roles: frozenset[str]) -> list[tuple[str, str]]:
    """The pairs among `roles` that should be with different people, each in the order of ROLES."""
    pairs = [sorted(pair, key=ROLES.index) for pair in SEPARATE if pair <= roles]
    return [(first, second) for first, second in pairs]


@dataclass(frozen=True)
class Profile:
    """What an administrator states about a person. `phone` is E.164, `manager` a person's id, `site` a site's.

    `grade` (职级) and `region` (大区) are the company's own short names for them, None where it has none.
    """

    login: str
    name: str
    email: str
    phone: str
    department: str
    roles: frozenset[str]
    manager: str | None = None
    site: str | None = None
    locale: str = "zh-CN"
    time_zone: str = "Asia/Shanghai"
    grade: str | None = None
    region: str | None = None

    def check(self) -> None:
        """Raise Invalid for a role that does not exist."""
        unknown = sorted(self.roles - set(ROLES))
        if unknown:
            raise Invalid(FieldError("roles", "unknown_role"))


@dataclass(frozen=True)
class Unit:
    """What an administrator states about a department; `parent` and `head` are ids."""

    name: str
    cost_centre: str
    parent: str | None = None
    head: str | None = None


@dataclass(frozen=True)
class Department:
    """A node of the department tree. `path` lists its ancestors from the root, itself last."""

    id: str
    name: str
    parent: str | None
    head: str | None
    cost_centre: str
    path: tuple[str, ...]
    version: int = 1


@dataclass(frozen=True)
class Person:
    """Somebody with an account. `phone` is E.164; `second_factor_since` is when TOTP was enrolled.

    `account` tells how far the user pool has followed: pending (not there yet), ready, closed (after they left).
    While the person is away (from `away_from` until just before `away_until`, UTC), `substitute` decides for them.
    """

    id: str
    login: str
    name: str
    email: str
    phone: str
    department: str
    department_path: tuple[str, ...]
    manager: str | None
    roles: frozenset[str]
    locale: str = "zh-CN"
    time_zone: str = "Asia/Shanghai"
    site: str | None = None
    active: bool = True
    second_factor_since: datetime | None = None
    signed_out_at: datetime | None = None
    account: str = "pending"
    grade: str | None = None
    region: str | None = None
    substitute: str | None = None
    away_from: datetime | None = None
    away_until: datetime | None = None
    version: int = 1

    def away(self, now: datetime) -> bool:
        """Whether the person is on leave at that moment."""
        return self.away_from is not None and self.away_until is not None and self.away_from <= now < self.away_until

    def holds(self, role: str) -> bool:
        """Whether the person holds `role`; someone who left holds none."""
        return self.active and role in self.roles

    @property
    def needs_second_factor(self) -> bool:
        """TOTP is required for those who touch money, the gate or the configuration (spec 0.1)."""
        return bool(self.roles & SECOND_FACTOR_ROLES)

    def departed(self) -> "Person":
        """The person after they left, on no leave any more; raises IllegalMove when they left before."""
        if not self.active:
            raise IllegalMove(state="departed")
        return replace(self, active=False, substitute=None, away_from=None, away_until=None, version=self.version + 1)
