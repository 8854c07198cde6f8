"""What a command on a claim is going to ask by key, read in one batch: all of it follows from what was stated."""

from __future__ import annotations

from chalicelib.domain.budgets import Document
from chalicelib.domain.claims import Claim, Stated, holder, linked
from chalicelib.models.item import Key
from chalicelib.services import advances, compliance, expenses, rates, received
from chalicelib.services.ahead import read_ahead
from chalicelib.services.call import Call
from chalicelib.services.claims import charging, comparing, record, sources


def foreseen(call: Call, stated: Stated, id: str, changed: bool = False, submitted: bool = False) -> Call:
    """The call that knows what making the claim asks for, and what submitting it does.

    Which budgets that are follows from the expense categories that were read before; where finance stated others since,
    the rest is asked for once they are known.
    """
    keys = [*(record.keys([id]) if changed else ()), expenses.head(), *_of_stated(call, stated)]
    if submitted:
        keys += [*_of_submission(call, stated, id), *compliance.keys()]
        return read_ahead(call, keys, *comparing.queries(call, stated.links))
    return read_ahead(call, keys)


def _of_stated(call: Call, stated: Stated) -> list[Key]:
    days = {line.day for line in stated.lines if line.currency != stated.currency}
    return [
        *sources.keys(stated.links),
        *advances.keys(offset.advance for offset in stated.offsets),
        *received.keys(line.invoice for line in stated.lines if line.invoice),
        *rates.keys(days),
    ]


def _of_submission(call: Call, stated: Stated, id: str) -> list[Key]:
    categories = expenses.known(call.store, call.now)
    payers = charging.stated_payers(stated, categories, call.me.department)
    documents = [Document("claim", id), *(Document(link.kind, link.document) for link in stated.links)]
    return charging.keys(payers, stated.currency, documents)


def submission_of(call: Call, claim: Claim) -> Call:
    """The call that knows what submitting the claim as it stands asks for: it is known since it was read."""
    categories = expenses.known(call.store, call.now)
    documents = [holder(claim), *linked(claim).values()]
    return read_ahead(
        call,
        [
            expenses.head(),
            *compliance.keys(),
            *charging.keys(charging.payers(claim, categories), claim.currency, documents),
            *sources.keys(claim.links),
            *advances.keys(offset.advance for offset in claim.offsets),
            *received.keys(line.invoice for line in claim.lines if line.invoice),
        ],
        *comparing.queries(call, claim.links),
    )
