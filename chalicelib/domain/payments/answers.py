"""What a bank answers to a batch, held against the batch: which payments it decides, and which rows cannot stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from chalicelib.domain.payments.batch import Item, LeftOut, Verdict

type Outcome = Literal["paid", "failed", "known", "open", "wrong"]
"""`known`: it was answered like this before; `open`: the bank is not done with it; `wrong`: the row cannot stand."""


@dataclass(frozen=True)
class Answer:
    """A row of the bank's answer: `verdict` is None while the bank is still working on the payment."""

    row: int
    end_to_end: str
    verdict: Verdict | None
    reason: str = ""


@dataclass(frozen=True)
class Judged:
    """A row, the payment that it is about, and what becomes of it; `fault` says what is wrong with it, by its code."""

    answer: Answer
    item: Item | None
    outcome: Outcome
    fault: str = ""


_WRONG_TWICE: tuple[Outcome, str] = ("wrong", "answer_twice")


def judged(answers: Sequence[Answer], items: Iterable[Item]) -> list[Judged]:
    """Every row of an answer held against the batch's items. The same answer twice decides nothing the second time."""
    by_id = {item.end_to_end: item for item in items}
    said: dict[str, Verdict | None] = {}
    found = []
    for answer in answers:
        known_before = answer.end_to_end in said
        contradicts = known_before and said[answer.end_to_end] != answer.verdict
        item = by_id.get(answer.end_to_end)
        outcome, fault = _WRONG_TWICE if contradicts else _outcome(answer, item, known_before)
        said.setdefault(answer.end_to_end, answer.verdict)
        found.append(Judged(answer, item, outcome, fault))
    return found


def _outcome(answer: Answer, item: Item | None, known_before: bool) -> tuple[Outcome, str]:
    if item is None:
        return "wrong", "answer_unknown_payment"
    if item.status == "dropped":
        return "wrong", "answer_not_in_batch"
    if answer.verdict is None:
        return "open", ""
    if item.status == answer.verdict or known_before:
        return "known", ""
    if item.status != "waiting":
        return "wrong", f"answer_already_{item.status}"
    return answer.verdict, ""


@dataclass(frozen=True)
class Decided:
    """One payment that an answer decides."""

    payable: str
    verdict: Verdict
    reason: str = ""


@dataclass(frozen=True)
class AnswerRun:
    """A bank's answer on its way: `done` of its `rows` are carried out, one payment a transaction.

    `id` is the SHA-256 of its content, `name` what the file was called, `by` who brought it; `refused` are payments
    that could not be settled, and why.
    """

    batch: str
    id: str
    name: str
    by: str
    at_time: datetime
    rows: tuple[Decided, ...]
    done: int = 0
    refused: tuple[LeftOut, ...] = ()
    status: Literal["running", "done"] = "running"
    version: int = 1

    @property
    def next(self) -> Decided | None:
        """What is to be carried out now; None when all is."""
        return self.rows[self.done] if self.done < len(self.rows) else None


def carried_on(run: AnswerRun, refusal: str = "") -> AnswerRun:
    """The answer after its next payment was settled, or refused for a reason (a code)."""
    refused = (*run.refused, LeftOut(run.rows[run.done].payable, refusal)) if refusal else run.refused
    done = run.done + 1
    status: Literal["running", "done"] = "done" if done == len(run.rows) else "running"
    return replace(run, done=done, refused=refused, status=status, version=run.version + 1)
