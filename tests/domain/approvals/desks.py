"""Steps and desks on which tasks are handed on."""

from chalicelib.domain.approvals import ManagerRule, Mode, PersonRule, TaskStatus
from tests.domain.approvals.company import Company, Desk, process, step

BOTH = step("both", PersonRule("max"), PersonRule("fay"), mode=Mode.ALL_OF)
ALONE = step("alone", ManagerRule())
LAST = step("last", PersonRule("cleo"))


def submitted(company: Company, *steps, applicant: str = "ann") -> Desk:
    desk = Desk(process(*(steps or (ALONE, LAST))), company, applicant)
    desk.submit()
    return desk


def statuses(desk: Desk) -> dict[str, TaskStatus]:
    return {task.person: task.status for task in desk.running.tasks}
