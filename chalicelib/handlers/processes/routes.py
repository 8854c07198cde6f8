"""The routes of processes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.handlers.answers import Reply
from chalicelib.handlers.endpoint import Area
from chalicelib.handlers.processes.filling import builder, flat, new_builder, trial
from chalicelib.handlers.processes.forms import NewProcessForm, ProcessAction, ProcessChanged, ProcessForm
from chalicelib.handlers.processes.shown import detail_data, dry_run_data, process_data
from chalicelib.services import processes
from chalicelib.services.call import Answer, Call

area = Area("chalicelib.handlers.processes")


@area.endpoint("GET", "/processes", action="process:view", page="processes.html")
def list_processes(call: Call) -> dict[str, Any]:
    """The processes that I may start; for administrators those in the making and retired ones, too."""
    return {"items": [process_data(call, each) for each in processes.listed(call)]}


@area.endpoint("GET", "/processes/new", action="process:manage", page="process_form.html")
def new_process(call: Call) -> dict[str, Any]:
    """The empty builder, and what there is to choose in it."""
    return new_builder(call)


@area.endpoint(
    "POST",
    "/processes",
    action="process:manage",
    body=NewProcessForm,
    answer=ProcessChanged,
    status=201,
    page="process_form.html",
    refill=new_builder,
)
def create_process(call: Call, form: NewProcessForm) -> Answer:
    """Make a process, as a draft."""
    return processes.create(call, form.key, form.sent())


@area.endpoint("GET", "/processes/{key}", action="process:view", page="process.html")
def show_process(call: Call, key: str) -> Reply:
    """A process: its published form and steps; for administrators its draft and what they can do now."""
    found = processes.detail(call, key)
    return Reply(detail_data(call, found), version=found.process.version)


@area.endpoint("GET", "/processes/{key}/edit", action="process:manage", page="process_form.html")
def edit_process(call: Call, key: str) -> Reply:
    """The builder filled with the draft."""
    data = builder(call, key)
    return Reply(data, version=data["process"]["version"])


@area.endpoint("GET", "/processes/{key}/trial", action="process:manage", page="process_trial.html")
def try_process(call: Call, key: str) -> dict[str, Any]:
    """The draft's form, to be filled in with a sample and tried out."""
    return trial(call, key)


@area.endpoint(
    "POST",
    "/processes/{key}",
    action="process:manage",
    body=ProcessForm,
    answer=ProcessChanged,
    page="process_form.html",
    refill=builder,
)
def change_process(call: Call, key: str, form: ProcessForm) -> Answer:
    """State a process's draft anew; what is published stays until the next publication."""
    return processes.change(call, key, form.sent())


@area.endpoint(
    "POST",
    "/processes/{key}/actions",
    action="process:manage",
    body=ProcessAction,
    page="process_trial.html",
    refill=trial,
)
def act_on_process(call: Call, key: str, form: ProcessAction) -> Any:
    """Publish the draft as a new version, retire the process, or try the draft out without changing anything."""
    if form.action == "dry_run":
        return _tried_out(call, key, form)
    return _MOVES[form.action](call, key)


_MOVES: Mapping[str, Callable[[Call, str], Answer]] = {"publish": processes.publish, "retire": processes.retire}


def _tried_out(call: Call, key: str, form: ProcessAction) -> dict[str, Any]:
    if form.applicant is None:
        raise Invalid(FieldError("applicant", "required"))
    found = dry_run_data(call, processes.dry_run(call, key, form.applicant, form.values))
    typed = {"applicant": form.applicant} | dict(flat({"values": form.values}, ""))
    return trial(call, key, typed) | {"values": typed} | found
