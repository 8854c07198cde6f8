"""The schedule that finds what got lost between the tables and the services beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from chalicelib.gateways.cognito import user_pool
from chalicelib.gateways.executions import visit_executions
from chalicelib.services import (
    advances,
    approvals,
    audit,
    finance_exports,
    gate,
    handover,
    leaves,
    notifications,
    reconciling,
)
from chalicelib.services.checklist.reminding import remind_due
from chalicelib.services.exports import running as exports
from chalicelib.services.payments import taking_up as payments
from chalicelib.services.privacy import retaining
from chalicelib.settings import settings
from chalicelib.workflows.context import bucket, call_of


def run(event: Mapping[str, Any], context: Any) -> dict[str, int]:
    """Look after open visits, accounts, moved departments, messages, exports, payments; answers how many came back."""
    call = call_of("reconcile", context)
    executions = reconciling.reconcile_visits(call, visit_executions(), settings().public_url)
    settled = reconciling.reconcile_accounts(call, user_pool())
    paths = reconciling.reconcile_departments(call)
    return {
        "executions": executions,
        "accounts": settled,
        "paths": paths,
        "leaves": leaves.follow_starting(call),
        "copied": audit.copy_behind(call, bucket()),
        "handovers": handover.take_up(call),
        "due": approvals.time_out_due(call),
        "checklist": remind_due(call),
        "advances": advances.remind_due(call),
        "still_in": gate.end_days(call),
        "messages": notifications.take_up(call),
        "exports": exports.take_up(call),
        "finance_exports": finance_exports.take_up(call),
        "payments": payments.take_up(call),
        "forgotten": retaining.clear_due(call),
    }
