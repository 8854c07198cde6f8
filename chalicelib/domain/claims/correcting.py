"""What an approver changes of a claim: less of a line than was claimed, or nothing of it, each with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from chalicelib.domain.claims.model import Claim, Line
from chalicelib.domain.errors import FieldError, Invalid


@dataclass(frozen=True)
class Correction:
    """What is granted of a line in minor units of the claim's currency (None: all of it), and why not more."""

    sanctioned: int | None
    refusal: str = ""


def correct(claim: Claim, corrections: Mapping[str, Correction]) -> Claim:
    """The claim with these lines corrected, by key. Raises Invalid: never above what was claimed, and below it with a
    reason."""
    places = {line.key: index for index, line in enumerate(claim.lines)}
    faults = [FieldError(f"lines.{key}", "unknown_line") for key in corrections if key not in places]
    for key, correction in corrections.items():
        if key in places:
            faults += _faults(claim.lines[places[key]], correction, f"lines.{key}")
    if faults:
        raise Invalid(*faults)
    return replace(claim, lines=tuple(_corrected(line, corrections.get(line.key)) for line in claim.lines))


def uncorrected(claim: Claim) -> Claim:
    """The claim as its applicant states it anew: nothing that an approver changed of it stands."""
    if all(line.sanctioned is None and not line.refusal for line in claim.lines):
        return claim
    return replace(claim, lines=tuple(replace(line, sanctioned=None, refusal="") for line in claim.lines))


def _faults(line: Line, correction: Correction, path: str) -> list[FieldError]:
    if correction.sanctioned is None:
        return []
    if not 0 <= correction.sanctioned <= line.converted:
        return [FieldError(f"{path}.sanctioned", "above_claimed")]
    if correction.sanctioned < line.converted and not correction.refusal.strip():
        return [FieldError(f"{path}.refusal", "refusal_needed")]
    return []


def _corrected(line: Line, correction: Correction | None) -> Line:
    if correction is None:
        return line
    if correction.sanctioned in (None, line.converted):
        return replace(line, sanctioned=None, refusal="")
    return replace(line, sanctioned=correction.sanctioned, refusal=correction.refusal.strip())
