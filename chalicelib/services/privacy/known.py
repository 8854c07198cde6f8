"""All that is known of a visitor, for themselves: visit by visit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chalicelib.domain.notifications import Intent
from chalicelib.domain.passes import Pass
from chalicelib.domain.visits import Visit, Visitor
from chalicelib.models.gate import PassageItem, PassItem
from chalicelib.models.notifications import IntentItem, NotificationsTable
from chalicelib.models.reception import ReceptionTable
from chalicelib.models.store import Query
from chalicelib.models.visits import GuestsItem, VisitItem
from chalicelib.services.call import Call
from chalicelib.services.directory.reading import every
from chalicelib.services.exports import Cell, Table, local, titled
from chalicelib.services.privacy.asking import visits_of
from chalicelib.services.privacy.following import contacts_of
from chalicelib.web.i18n import N_, translator

TITLE = N_("What is known of a visitor")


@dataclass(frozen=True)
class Known:
    """What one visit knows of somebody."""

    visit: Visit
    visitor: Visitor
    passes: Sequence[Pass]
    passages: Sequence[Any]
    messages: Sequence[Intent]


def known_of(call: Call, contact: str) -> list[Known]:
    """What every visit that lists somebody of that contact knows of them."""
    return [each for visit_id in visits_of(call, contact) for each in _in_visit(call, visit_id, contact)]


def _in_visit(call: Call, visit_id: str, contact: str) -> list[Known]:
    items = every(call.store, Query(ReceptionTable, f"visit#{visit_id}", limit=1000))
    head = next((item.to(Visit) for item in items if isinstance(item, VisitItem)), None)
    listed = next((item.visitors for item in items if isinstance(item, GuestsItem)), ())
    if head is None:
        return []
    numbered = [(visitor.no or place, visitor) for place, visitor in enumerate(listed, 1)]
    mine = [(no, visitor) for no, visitor in numbered if contact.strip().lower() in contacts_of([visitor])]
    sent = every(call.store, Query(NotificationsTable, f"about#{visit_id}", index=1, limit=500)) if mine else []
    messages = [item.to(Intent) for item in sent if isinstance(item, IntentItem)]
    return [_known(head, visitor, no, items, messages) for no, visitor in mine]


def _known(visit: Visit, visitor: Visitor, no: int, items: Sequence[Any], messages: Sequence[Intent]) -> Known:
    return Known(
        visit,
        visitor,
        [item.to(Pass) for item in items if isinstance(item, PassItem) and item.no == no],
        [item for item in items if isinstance(item, PassageItem) and item.no == no],
        [each for each in messages if each.address in (visitor.phone, visitor.email) and each.address],
    )


def as_data(known: Known) -> dict[str, Any]:
    """The same as plain values, for the visitor to take along (GDPR art. 20, PIPL art. 45)."""
    visit, visitor = known.visit, known.visitor
    document = visitor.document
    return {
        "visit": {name: getattr(visit, name) for name in ("number", "site", "starts", "ends", "purpose", "host_name")},
        "visitor": {name: getattr(visitor, name) for name in ("name", "phone", "company", "title", "email", "plate")}
        | {"document": {"kind": document.kind, "shown": document.shown} if document else None},
        "days": [{"day": each.day, "came": each.first_in, "left": each.last_out} for each in known.passes],
        "passages": [{"at": each.at_time, "direction": each.direction, "gate": each.gate} for each in known.passages],
        "messages": [{"at": each.created_at, "to": each.address, "text": each.text} for each in known.messages],
    }


COLUMNS: Mapping[str, Callable[[Call, Known], Cell]] = {
    N_("Number"): lambda call, known: known.visit.number,
    N_("Starts"): lambda call, known: local(call, known.visit.starts, known.visit.time_zone),
    N_("Ends"): lambda call, known: local(call, known.visit.ends, known.visit.time_zone),
    N_("Host"): lambda call, known: known.visit.host_name,
    N_("Purpose"): lambda call, known: known.visit.purpose,
    N_("Full name"): lambda call, known: known.visitor.name,
    N_("Mobile phone"): lambda call, known: known.visitor.phone,
    N_("E-mail"): lambda call, known: known.visitor.email,
    N_("Company"): lambda call, known: known.visitor.company,
    N_("Licence plate"): lambda call, known: known.visitor.plate,
    N_("Identity document"): lambda call, known: known.visitor.document.shown if known.visitor.document else "",
    N_("Passages"): lambda call, known: "\n".join(_passage(call, each, known.visit) for each in known.passages),
    N_("Messages"): lambda call, known: "\n".join(each.text for each in known.messages),
}


def _passage(call: Call, item: Any, visit: Visit) -> str:
    at = local(call, item.at_time, visit.time_zone)
    return f"{at:%Y-%m-%d %H:%M} {item.direction} {item.gate}"


def as_table(call: Call, known: Sequence[Known]) -> Table:
    """The same as rows, one for each visit."""
    columns = titled(call, COLUMNS)
    rows = [[column.value(call, each) for column in columns] for each in known]
    return Table(translator(call.locale).gettext(TITLE), [each.title for each in columns], rows)
