"""What lists and pages show of processes."""

from __future__ import annotations

from typing import Any

from chalicelib.domain.approvals import definition_to_data
from chalicelib.domain.forms import form_to_data, json_schema
from chalicelib.domain.processes import Design, Process
from chalicelib.domain.sites import localised
from chalicelib.services import processes
from chalicelib.services.call import Call


def process_data(call: Call, process: Process) -> dict[str, Any]:
    """A process as lists show it; `name` and `about` are title and description in the reader's language."""
    facts = {name: value for name, value in vars(process).items() if name != "id"}
    words = {"name": localised(process.title, call.locale), "about": localised(process.description, call.locale)}
    return {"key": process.id} | facts | words


def detail_data(call: Call, found: processes.Detail) -> dict[str, Any]:
    """A process with its newest version and, for who manages it, the draft."""
    data = {"process": process_data(call, found.process), "published": None, "draft": None, "moves": found.moves}
    if found.published:
        version = found.published
        design = design_data(Design(version.form, version.definition))
        data["published"] = design | {"published_at": version.published_at, "schema": json_schema(version.form)}
    if found.draft:
        data["draft"] = design_data(found.draft)
    return data


def design_data(design: Design) -> dict[str, Any]:
    """Form and steps as they are sent."""
    definition = definition_to_data(design.definition)
    return {"fields": form_to_data(design.form)} | {name: definition[name] for name in ("title", "steps", "copies")}


def dry_run_data(call: Call, run: processes.DryRun) -> dict[str, Any]:
    """The steps that a sample request passes: who would decide, or why nobody is asked."""
    titles = {step.key: localised(step.title, call.locale) for step in run.design.definition.steps}
    steps = [
        {
            "step": each.step,
            "title": titles[each.step],
            "outcome": each.outcome,
            "reason": each.reason,
            "people": [{"id": id, "name": run.names.get(id, "")} for id in each.people],
        }
        for each in run.steps
    ]
    return {"steps": steps}
