"""DynamoDB tables: keys, indexes, item shapes and conditions. PynamoDB's errors end here.

A query may meet any kind of item that shares the partition, so every process knows every kind.
"""

from chalicelib.models import (  # noqa: F401 - imported so that their kinds are known
    approvals,
    archive,
    audit,
    badges,
    budgets,
    checklist,
    directory,
    exports,
    gate,
    gate_issues,
    handover,
    hooks,
    leaves,
    muster,
    notifications,
    office_calendar,
    privacy,
    processes,
    references,
    requests,
    sites,
    standards,
    statistics,
    uploads,
    visits,
    watchlist,
    work,
)
