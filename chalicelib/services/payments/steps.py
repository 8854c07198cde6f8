"""What follows from a batch's change, step by step: payables are taken in or given back, the file is made.

A step writes the head anew, and that is what brings the next one. It does nothing for a head that went on meanwhile, so
that a change told late or twice has one effect.
"""

from __future__ import annotations

from chalicelib.domain.payments import MOVING, Batch
from chalicelib.models.payment_batches import BatchItem
from chalicelib.models.store import replace as replace_item
from chalicelib.services.call import Call
from chalicelib.services.payments.batching import give_back, take_in
from chalicelib.services.payments.releasing import Files, Opens, make_file


def go_on(call: Call, files: Files, opens: Opens, id: str, version: int) -> None:
    """Take the step that the head of that version asks for; raises Contention when somebody else is at it."""
    (item,) = call.store.get(BatchItem.at(id))
    if item is None or item.version != version or item.status not in MOVING:
        return
    batch: Batch = item.to(Batch)
    if batch.status == "gathering":
        _gather(call, batch)
    elif batch.status == "releasing":
        make_file(call, files, opens, batch)
    else:
        give_back(call, batch)


def _gather(call: Call, batch: Batch) -> None:
    gathered, operations = take_in(call, batch)
    call.commit({}, replace_item(BatchItem.from_batch(gathered)), *operations)
