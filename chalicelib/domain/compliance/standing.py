"""What findings mean for a claim: what keeps it from being submitted, and whether it approves itself (自动审批)."""

import hmac
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from chalicelib.domain.approvals.conditions import Facts, FactSpec, FactType, FactTypes
from chalicelib.domain.compliance.book import Rules
from chalicelib.domain.compliance.shapes import Finding

YES, NO = "yes", "no"
_PARTS = 1_000_000

FACTS: FactTypes = {
    "total": FactSpec(FactType.MONEY, required=True),
    "currency": FactSpec(FactType.TEXT, required=True),
    "clean": FactSpec(FactType.CHOICE, choices=(YES, NO), required=True),
    "findings": FactSpec(FactType.NUMBER, required=True),
    "audited": FactSpec(FactType.CHOICE, choices=(YES, NO), required=True),
    "auto": FactSpec(FactType.CHOICE, choices=(YES, NO), required=True),
}
"""What the conditions of an approval may ask: `total` in minor units of `currency`, the number of `findings`."""


@dataclass(frozen=True)
class Standing:
    """How a claim stands: nothing needs a reason or is refused (`clean`), it approves itself (`auto`), or could have,
    had the lot not fallen on it (`audited`)."""

    total: int
    currency: str
    findings: int
    clean: bool
    audited: bool
    auto: bool

    def facts(self) -> Facts:
        """The facts of FACTS."""
        flags = {name: YES if getattr(self, name) else NO for name in ("clean", "audited", "auto")}
        return {"total": self.total, "currency": self.currency, "findings": self.findings, **flags}


def standing(
    claim: str, findings: Iterable[Finding], total: int, currency: str, rules: Rules, key: Callable[[], bytes]
) -> Standing:
    """How the claim of that id stands: a small and clean one approves itself, unless the lot falls on it.

    `key` is asked for what the lot is drawn with, only where it is drawn.
    """
    found = tuple(findings)
    clean = is_clean(found)
    limit = rules.sums_of(currency).auto
    small = clean and limit is not None and total <= limit
    drawn = small and rules.audit_share > 0 and audited(claim, key(), rules.audit_share)
    return Standing(total, currency, len(found), clean, drawn, small and not drawn)


def is_clean(findings: Iterable[Finding]) -> bool:
    """Whether there are notes at most."""
    return all(each.severity in ("off", "note") for each in findings)


def audited(claim: str, key: bytes, share: int) -> bool:
    """Whether the lot falls on the claim, for `share` per cent of all ids: the same whenever it is asked, and foreseen
    by nobody who does not know the key (HMAC-SHA-256, RFC 2104)."""
    drawn = int.from_bytes(hmac.digest(key, claim.encode(), "sha256")[:8])
    return drawn % _PARTS < share * (_PARTS // 100)


def refused(findings: Iterable[Finding], reasons: Mapping[str, str]) -> Iterator[Finding]:
    """The findings that keep the claim from being submitted: those that block, and those without the reason that they
    need (`reasons` by line, "" for the claim as a whole)."""
    for each in findings:
        if each.severity == "block" or (each.severity == "justify" and not reasons.get(each.line, "").strip()):
            yield each
