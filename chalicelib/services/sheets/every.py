"""Every list that can be had as a file, by its key: an export keeps the key and finds the list again when it runs.

A new list needs its sheet here and `sheet=` at its route; a test says so.
"""

from collections.abc import Mapping

from chalicelib.services.exports import Sheet
from chalicelib.services.sheets import (
    advances,
    applications,
    audit,
    claims,
    customers,
    ledger,
    payments,
    people,
    ratings,
    received,
    reports,
    requests,
    visits,
)

SHEETS: Mapping[str, Sheet] = {
    sheet.key: sheet
    for sheet in (
        *(visits.SHEET, ledger.SHEET, customers.SHEET, ratings.SHEET, requests.SHEET, people.SHEET, audit.SHEET),
        *(applications.SHEET, claims.SHEET, received.SHEET, payments.SHEET, advances.SHEET),
        applications.SHEET,
        claims.SHEET,
        received.SHEET,
        advances.SHEET,
        visits.SHEET,
        ledger.SHEET,
        customers.SHEET,
        ratings.SHEET,
        requests.SHEET,
        people.SHEET,
        audit.SHEET,
        payments.SHEET,
        reports.SHEET,
        reports.EXPENSES,
    )
}
