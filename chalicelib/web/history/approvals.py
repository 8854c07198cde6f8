"""Labels of the items of approvals, processes and requests."""

from collections.abc import Mapping

from chalicelib.web.history.designs import FORM, STEPS
from chalicelib.web.history.fields import Field, Kind, Sort, aside, rows, words
from chalicelib.web.i18n import N_

_ID = aside(Field(N_("Id"), Sort.CODE))
_STATUS = Field(N_("Status"), Sort.STATUS)
_STEP = Field(N_("Step"), Sort.STEP)
_APPLICANT = Field(N_("Applicant"), Sort.PERSON)
_APPLICANT_NAME = aside(Field(N_("Applicant's name")))
_SUBJECT = Field(N_("Subject"))
_FACTS = aside(Field(N_("Facts of the document"), Sort.VALUES))
_ROUND = aside(Field(N_("Submission no."), Sort.NUMBER))
_TURN = aside(Field(N_("Asking no."), Sort.NUMBER))
_COMMENT = Field(N_("Comment"))
_SEEN = Field(N_("Version of the document that was seen"), Sort.NUMBER)
_BEHALF = Field(N_("As the substitute of"), Sort.PERSON)
_PERSON = Field(N_("Approver"), Sort.PERSON)
_OPENED = Field(N_("Asked at"), Sort.MOMENT)
_DUE = Field(N_("Due at"), Sort.MOMENT)
_DECIDED = Field(N_("Decided at"), Sort.MOMENT)
_ASKED_BY = Field(N_("Asked by"), Sort.PERSON)
_TITLE = Field(N_("Title"), Sort.BY_LANGUAGE)

_ORIGIN = words(
    N_("Why this person"),
    rule=N_("By the step's rule"),
    escalated=N_("Escalated"),
    substitute=N_("As a substitute"),
    transferred=N_("Transferred"),
    delegated=N_("Delegated"),
    added=N_("Added as an approver"),
)

WHAT = words(
    N_("What happened"),
    submitted=N_("submitted"),
    amended=N_("submitted a change"),
    approved=N_("approved"),
    rejected=N_("rejected"),
    returned=N_("returned it"),
    returned_to=N_("returned it to an earlier step"),
    withdrawn=N_("withdrew it"),
    cancelled=N_("cancelled it"),
    transferred=N_("transferred the decision"),
    delegated=N_("asked somebody for advice"),
    advised=N_("gave advice"),
    added=N_("added approvers"),
    removed=N_("removed an approver"),
    copied=N_("sent copies"),
    urged=N_("urged"),
    commented=N_("commented"),
    skipped=N_("skipped the step"),
    auto_approved=N_("approved by rule"),
    escalated=N_("asked the administrators"),
    counted=N_("counted an earlier approval"),
    timed_out=N_("nobody decided in time"),
    reminded=N_("reminded"),
    moved=N_("gave the decision to somebody else by rule"),
)

_HEADING = {
    "document_kind": aside(Field(N_("Kind of document"), Sort.CODE)),
    "document_id": aside(Field(N_("Document"), Sort.CODE)),
    "definition_key": aside(Field(N_("Process"), Sort.CODE)),
    "subject": _SUBJECT,
    "applicant": _APPLICANT,
}
_DOCUMENT = _HEADING | {
    "definition_version": aside(Field(N_("Version of the process"), Sort.NUMBER)),
    "applicant_name": _APPLICANT_NAME,
    "facts": _FACTS,
}
_TASK_STATUS = words(
    N_("Status"),
    queued=N_("Its turn has not come"),
    open=N_("To do"),
    approved=N_("Approved"),
    rejected=N_("Rejected"),
    returned=N_("Returned"),
    advised_for=N_("Advised to approve"),
    advised_against=N_("Advised to reject"),
    closed=N_("No longer needed"),
    transferred=N_("Transferred"),
    moved=N_("Given to somebody else by rule"),
    removed=N_("Taken off"),
    lapsed_for=N_("Approved because time was over"),
    lapsed_against=N_("Rejected because time was over"),
)
_TASK = {
    "person": _PERSON,
    "step": _STEP,
    "status": _TASK_STATUS,
    "origin": _ORIGIN,
    "opened_at": _OPENED,
    "due_at": _DUE,
    "on_behalf_of": _BEHALF,
    "asked_by": _ASKED_BY,
    "decided_at": _DECIDED,
    "comment": _COMMENT,
}

KINDS: Mapping[str, Kind] = {
    "running": Kind(
        N_("Approval"),
        _DOCUMENT
        | {
            "id": _ID,
            "round": _ROUND,
            "turn": _TURN,
            "status": _STATUS,
            "step": _STEP,
            "tasks": aside(
                rows(
                    N_("Questions of the present step"),
                    **_TASK,
                    id=_ID,
                    round=_ROUND,
                    turn=_TURN,
                    seat=aside(Field(N_("Approver's place"), Sort.CODE)),
                    after=aside(Field(N_("Waits for"), Sort.CODE)),
                    seen=_SEEN,
                )
            ),
            "task_count": aside(Field(N_("Questions so far"), Sort.NUMBER)),
            "entry_count": aside(Field(N_("Lines so far"), Sort.NUMBER)),
            "passed": aside(Field(N_("Steps that are done"), Sort.CODE)),
            "approvals": aside(Field(N_("Approvals of this submission"), Sort.CODE)),
            "counted": aside(Field(N_("Whose earlier approval counts"), Sort.PERSON)),
            "people": aside(Field(N_("Everybody who was asked"), Sort.PERSON)),
            "copied": Field(N_("Copied to"), Sort.PERSON),
            "urged_at": Field(N_("Urged at"), Sort.MOMENT),
        },
    ),
    "trail": Kind(
        N_("Move"),
        _HEADING
        | {
            "approval": aside(Field(N_("Approval"), Sort.CODE)),
            "outcome": Field(N_("New status"), Sort.STATUS),
            "entries": rows(
                N_("Trail"),
                who=Field(N_("Who"), Sort.PERSON),
                what=WHAT,
                on_behalf_of=_BEHALF,
                about=Field(N_("Concerns"), Sort.PERSON),
                step=_STEP,
                reason=Field(N_("Reason"), Sort.CODE),
                comment=_COMMENT,
                seen=_SEEN,
                at=aside(Field(N_("When"), Sort.MOMENT)),
                round=_ROUND,
            ),
        },
    ),
    "task": Kind(
        N_("Question to an approver"),
        _DOCUMENT | _TASK | {"id": _ID, "approval": aside(Field(N_("Approval"), Sort.CODE))},
    ),
    "copy": Kind(
        N_("Copy for information"),
        _DOCUMENT
        | {
            "approval": aside(Field(N_("Approval"), Sort.CODE)),
            "person": Field(N_("Copied to"), Sort.PERSON),
            "copied_by": Field(N_("Copied by"), Sort.PERSON),
            "copied_at": Field(N_("Copied at"), Sort.MOMENT),
        },
    ),
    "process": Kind(
        N_("Process"),
        {
            "id": _ID,
            "prefix": Field(N_("Beginning of the numbers"), Sort.CODE),
            "title": _TITLE,
            "description": Field(N_("Description"), Sort.BY_LANGUAGE),
            "changed": aside(Field(N_("Changed at"), Sort.MOMENT)),
            "status": words(N_("Status"), draft=N_("Draft"), published=N_("Published"), retired=N_("No longer used")),
            "published": Field(N_("Published version"), Sort.NUMBER),
            "edited": Field(N_("Has changes that are not published"), Sort.FLAG),
        },
    ),
    "process_draft": Kind(
        N_("Draft of the process"),
        {"form": FORM, "definition": STEPS},
    ),
    "process_version": Kind(
        N_("Published version of the process"),
        {
            "form": FORM,
            "definition": STEPS,
            "number": Field(N_("Published version"), Sort.NUMBER),
            "published_at": Field(N_("Published at"), Sort.MOMENT),
            "published_by": Field(N_("Published by"), Sort.PERSON),
        },
    ),
    "reference": Kind(
        N_("Reference list"),
        {"id": _ID, "title": _TITLE, "size": Field(N_("Number of values"), Sort.NUMBER)},
    ),
    "reference_part": Kind(N_("Values of the list"), {"held": Field(N_("Values"), Sort.CODE)}),
    "upload": Kind(
        N_("File"),
        {
            "id": _ID,
            "name": Field(N_("Name of the file")),
            "owner": Field(N_("Uploaded by"), Sort.PERSON),
            "media": Field(N_("Type of the file"), Sort.CODE),
            "size": Field(N_("Size in bytes"), Sort.NUMBER),
            "status": words(
                N_("Status"), waiting=N_("announced"), claimed=N_("part of a document"), kept=N_("stored for good")
            ),
            "purpose": aside(Field(N_("Kind of document"), Sort.CODE)),
            "document": aside(Field(N_("Document"), Sort.CODE)),
            "stored": aside(Field(N_("Version in the bucket"), Sort.CODE)),
            "created_at": Field(N_("Made"), Sort.MOMENT),
        },
    ),
    "custom_request": Kind(
        N_("Request"),
        {
            "id": _ID,
            "number": Field(N_("Request number"), Sort.CODE),
            "process": Field(N_("Process"), Sort.CODE),
            "process_version": aside(Field(N_("Version of the process"), Sort.NUMBER)),
            "title": _TITLE,
            "applicant": _APPLICANT,
            "applicant_name": _APPLICANT_NAME,
            "department": Field(N_("Department"), Sort.DEPARTMENT),
            "department_path": aside(Field(N_("Place in the company"), Sort.DEPARTMENT)),
            "subject": _SUBJECT,
            "values": Field(N_("Filled in"), Sort.VALUES),
            "facts": _FACTS,
            "created_at": Field(N_("Made"), Sort.MOMENT),
            "status": _STATUS,
            "round": _ROUND,
            "approval": aside(Field(N_("Approval"), Sort.CODE)),
            "submitted_at": Field(N_("Submitted at"), Sort.MOMENT),
            "ended_at": Field(N_("Ended at"), Sort.MOMENT),
        },
    ),
}
