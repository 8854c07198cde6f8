"""The Lambda functions besides the API, under the names that the template knows (infra/resources.yaml).

Each loads what it needs at its first call: a cold start pays for one function only.
"""

from typing import Any

from chalice.app import Blueprint

area = Blueprint(__name__)


@area.lambda_function(name="visit_tasks")
def visit_tasks(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """A task of the state machine `visit`."""
    from chalicelib.workflows import visit_tasks as tasks

    return tasks.run(event, context)


@area.lambda_function(name="drive")
def drive(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Streams of reception, approvals, directory and spending: workflows go on, people are told."""
    from chalicelib.workflows import drive as consumer

    return consumer.run(event, context)


@area.lambda_function(name="record")
def record(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """The same streams: audit chain and statistics."""
    from chalicelib.workflows import record as consumer

    return consumer.run(event, context)


@area.lambda_function(name="deliver")
def deliver(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Stream of the notifications: text messages are sent."""
    from chalicelib.workflows import deliver as consumer

    return consumer.run(event, context)


@area.lambda_function(name="export")
def export(event: dict[str, Any], context: Any) -> dict[str, Any]:
    """Stream of the exports: lists and finance's export become files, step by step; the night begins one."""
    from chalicelib.workflows import export as consumer

    return consumer.run(event, context)


@area.lambda_function(name="reconcile")
def reconcile(event: dict[str, Any], context: Any) -> dict[str, int]:
    """Every five minutes: what got lost is found and started again."""
    from chalicelib.workflows import reconcile as schedule

    return schedule.run(event, context)


@area.lambda_function(name="bootstrap")
def bootstrap(event: dict[str, Any], context: Any) -> dict[str, str]:
    """For the operator: the first administrator of a new installation."""
    from chalicelib.workflows import bootstrap as operation

    return operation.run(event, context)
