"""What the routes of approvals take and answer."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from chalicelib.handlers.fields import Id, Line, PageQuery, Strict, Text


class InboxQuery(PageQuery):
    """Which box, and which of its documents: of one process (its key), or with a text in subject or applicant.

    `approved` and `refused` are what became of a bulk approval that led here.
    """

    box: Literal["open", "decided", "copied", "started"] = "open"
    process: str = Field(default="", max_length=64)
    q: Line = ""
    approved: int | None = Field(default=None, ge=0, le=50)
    refused: int | None = Field(default=None, ge=0, le=50)


class MoveForm(Strict):
    """A move. `people` are ids: one for transfer, delegate and remove; `step` is where a return goes, the applicant
    without one. Rejecting, returning and commenting need a comment."""

    action: Literal[
        "approve",
        "reject",
        "return",
        "transfer",
        "delegate",
        "add_before",
        "add_after",
        "remove",
        "copy_to",
        "urge",
        "comment",
    ]
    comment: Text = ""
    people: list[Id] = Field(default_factory=list, max_length=20)
    step: Id | None = None


class BulkForm(Strict):
    """Approve many tasks at once, each for itself."""

    action: Literal["approve"]
    ids: list[Id] = Field(min_length=1, max_length=50)
    comment: Text = ""


class MoveAnswer(Strict):
    """Where the approval stands after the move."""

    id: str
    status: str
    document: dict[str, str]
    location: str


class BulkAnswer(Strict):
    """What became of each task: the approval's `status`, or the `code` of the refusal."""

    results: list[dict[str, str]]
    approved: int
    refused: int
    location: str
