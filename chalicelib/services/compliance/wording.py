"""Findings in words: what was found and what the rule says, in the reader's language; and as errors of fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chalicelib.domain.compliance import Finding, Rule, Severity, refused
from chalicelib.domain.errors import FieldError
from chalicelib.web.findings import text_key, text_of, values_of


@dataclass(frozen=True)
class Told:
    """A finding for people: `title` names the rule, `text` says what was found, `says` what the rule says."""

    rule: Rule
    severity: Severity
    line: str
    title: str
    text: str
    says: str


def texts(findings: Iterable[Finding], locale: str) -> list[Told]:
    """The findings in the language of `locale`, in their order."""
    return [Told(each.rule, each.severity, each.line, *text_of(each, locale)) for each in findings]


def faults(findings: Iterable[Finding], reasons: Mapping[str, str], paths: Mapping[str, str]) -> list[FieldError]:
    """Why the claim cannot be submitted: a finding that blocks is named at its line, one without the reason that it
    needs at the reason of its line.

    `paths` are those of the lines in the request (`lines.0`) by their keys; the claim as a whole is "".
    """
    return [_fault(each, paths.get(each.line, "")) for each in refused(findings, reasons)]


def _fault(finding: Finding, path: str) -> FieldError:
    if finding.severity == "block":
        return FieldError(path, f"finding_{text_key(finding)}", values_of(finding))
    return FieldError(f"{path}.reason" if path else "reason", "finding_reason_needed")
