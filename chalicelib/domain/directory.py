"""Who works here: people, departments and the roles that people hold."""

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.errors import FieldError, IllegalMove, Invalid

ROLES = ("employee", "approver", "reception", "gate", "finance", "auditor", "administrator")
SECOND_FACTOR_ROLES = frozenset({"finance", "administrator", "gate"})
LOCALES = ("zh-CN", "en")


@dataclass(frozen=True)
class Profile:
    """What an administrator states about a person. `phone` is E.164, `manager` a person's id, `site` a site's."""

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
    version: int = 1

    def holds(self, role: str) -> bool:
        """Whether the person holds `role`; someone who left holds none."""
        return self.active and role in self.roles

    @property
    def needs_second_factor(self) -> bool:
        """TOTP is required for those who touch money, the gate or the configuration (spec 0.1)."""
        return bool(self.roles & SECOND_FACTOR_ROLES)

    def departed(self) -> "Person":
        """The person after they left; raises IllegalMove when they left before."""
        if not self.active:
            raise IllegalMove(state="departed")
        return replace(self, active=False, version=self.version + 1)
