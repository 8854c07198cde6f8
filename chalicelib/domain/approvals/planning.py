"""What becomes of a step when its turn comes: skipped, approved by its rule, or put to whom."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from chalicelib.domain.approvals.approvers import Approver, Approvers
from chalicelib.domain.approvals.conditions import Facts, holds
from chalicelib.domain.approvals.definition import (
    MAX_APPROVERS,
    Definition,
    EmptyRule,
    Mode,
    RepeatedRule,
    Step,
)
from chalicelib.domain.approvals.presence import Presence
from chalicelib.domain.approvals.running import Origin
from chalicelib.domain.approvals.seats import Verdict, weigh
from chalicelib.domain.approvals.situation import Situation


class Outcome(StrEnum):
    """What becomes of a step."""

    ASKED = "asked"
    SKIPPED = "skipped"
    AUTO_APPROVED = "auto_approved"
    ESCALATED = "escalated"  # the administrators are asked
    NOBODY = "nobody"  # nobody can be asked: the document cannot go on


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of a step, why, who is asked, and whose approvals of earlier steps count in it."""

    outcome: Outcome
    reason: str = ""
    asked: tuple[Approver, ...] = ()
    counted: tuple[str, ...] = ()

    @property
    def origin(self) -> Origin:
        """Why the people are asked."""
        return Origin.ESCALATED if self.outcome is Outcome.ESCALATED else Origin.RULE


@dataclass(frozen=True, slots=True)
class Planned:
    """A step (its key) of a dry run: what becomes of it, why, and who is asked."""

    step: str
    outcome: Outcome
    reason: str
    people: tuple[str, ...]


def plan(step: Step, approvers: Approvers, facts: Facts, approved: Collection[str]) -> Plan:
    """What becomes of the step where `approved` have approved an earlier one.

    Reasons: `condition_false`, `rule_holds`, `nobody_matches`, `approved_before`; of Outcome.NOBODY they are the codes
    of refusals, `no_approver` and `too_many_approvers`.
    """
    if step.condition is not None and not holds(step.condition, facts):
        return Plan(Outcome.SKIPPED, "condition_false")
    if step.auto_approve is not None and holds(step.auto_approve, facts):
        return Plan(Outcome.AUTO_APPROVED, "rule_holds")
    found = approvers.of(step)
    if found:
        return _asking(Plan(Outcome.ASKED, "", found), step, approved)
    if step.when_empty is EmptyRule.SKIP:
        return Plan(Outcome.SKIPPED, "nobody_matches")
    return _asking(Plan(Outcome.ESCALATED, "nobody_matches", approvers.administrators()), step, approved)


def path(definition: Definition, applicant: str, situation: Situation) -> tuple[Planned, ...]:
    """What would become of each step for this applicant and these facts, if everybody approves.

    Somebody counts as having approved an earlier step where it could not end otherwise: not where one of several was
    enough.
    """
    approvers = Approvers(situation, Presence(situation, applicant))
    approved: set[str] = set()
    planned = []
    for step in definition.steps:
        found = plan(step, approvers, situation.facts, approved)
        people = tuple(approver.person for approver in found.asked)
        planned.append(Planned(step.key, found.outcome, found.reason, people))
        if len(people) == 1 or _all_must(step, found):
            approved.update(people)
    return tuple(planned)


def _asking(found: Plan, step: Step, approved: Collection[str]) -> Plan:
    people = found.asked
    if not people:
        return Plan(Outcome.NOBODY, "no_approver")
    if len(people) > MAX_APPROVERS:
        return Plan(Outcome.NOBODY, "too_many_approvers")
    if step.when_repeated is RepeatedRule.AGAIN:
        return found
    counted = tuple(approver.person for approver in people if approver.person in approved)
    if not counted:
        return found
    mode = Mode.ONE_OF if found.outcome is Outcome.ESCALATED else step.mode
    if weigh(mode, step.share, len(counted), 0, len(people)) is Verdict.APPROVED:
        return Plan(Outcome.SKIPPED, "approved_before", (), counted)
    rest = tuple(approver for approver in people if approver.person not in counted)
    return Plan(found.outcome, found.reason, rest, counted)


def _all_must(step: Step, found: Plan) -> bool:
    everybody = step.mode in (Mode.ALL_OF, Mode.IN_ORDER) or (step.mode is Mode.SHARE_OF and step.share == 100)
    return everybody and found.outcome is Outcome.ASKED
