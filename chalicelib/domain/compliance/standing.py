"""What findings mean for a claim: what keeps it from being submitted, and whether it approves itself (自动审批)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

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
    """How a claim stands: nothing needs a reason or is refused (`clean`), it is looked at by lot (`audited`), it
    approves itself (`auto`)."""

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


def standing(claim: str, findings: Iterable[Finding], total: int, currency: str, rules: Rules, seed: str) -> Standing:
    """How the claim of that id stands: a small and clean one approves itself, unless the lot falls on it."""
    found = tuple(findings)
    clean = is_clean(found)
    drawn = audited(claim, seed, rules.audit_share)
    limit = rules.sums_of(currency).auto
    small = limit is not None and total <= limit
    return Standing(total, currency, len(found), clean, drawn, clean and small and not drawn)


def is_clean(findings: Iterable[Finding]) -> bool:
    """Whether there are notes at most."""
    return all(each.severity in ("off", "note") for each in findings)


def audited(claim: str, seed: str, share: int) -> bool:
    """Whether the lot falls on the claim, for `share` per cent of all ids: the same whenever it is asked."""
    drawn = int.from_bytes(sha256(f"{seed}\n{claim}".encode()).digest()[:8])
    return drawn % _PARTS < share * (_PARTS // 100)


def refused(findings: Iterable[Finding], reasons: Mapping[str, str]) -> Iterator[Finding]:
    """The findings that keep the claim from being submitted: those that block, and those without the reason that they
    need (`reasons` by line, "" for the claim as a whole)."""
    for each in findings:
        if each.severity == "block" or (each.severity == "justify" and not reasons.get(each.line, "").strip()):
            yield each
