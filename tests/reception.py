"""Examples of reception: a site, an approved visit, its guest. Times are UTC; the site is eight hours ahead."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib.domain.archives import PARTS
from chalicelib.domain.invitations import Appointment, Code, Guest, code_for, encode_code
from chalicelib.domain.passes import days_of, pass_for
from chalicelib.domain.sites import Gate, Site
from chalicelib.domain.visits import Visit
from chalicelib.gateways.signer import Signer
from chalicelib.models.archive import ArchiveItem
from chalicelib.models.gate import GuestItem, PassItem
from chalicelib.models.sites import SiteItem
from chalicelib.models.store import Operation, create
from chalicelib.models.visits import NumberItem, VisitItem

STARTS = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
ENDS = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DURING = STARTS + timedelta(hours=1)
SIGNER = Signer(b"a secret of the tests")
VISIT_ID = "01KJPX9W3TZ4QZ6T1N7V0F2B5C"

SITE = Site(
    id="hq",
    name={"zh-CN": "总部", "en": "Head office"},
    address={"zh-CN": "上海市浦东新区世纪大道1号", "en": "1 Century Avenue, Shanghai"},
    rules={"zh-CN": "请佩戴访客证", "en": "Wear your badge"},
    time_zone="Asia/Shanghai",
    map_url="https://maps.example/hq",
    early_minutes=60,
    gates=(Gate("east", {"zh-CN": "东门", "en": "East gate"}), Gate("west", {"zh-CN": "西门", "en": "West gate"})),
)


def a_visit(**changes: Any) -> Visit:
    """An approved visit of one visitor on 2 March, nine to five."""
    facts: dict[str, Any] = {
        "id": VISIT_ID,
        "number": "20260001",
        "applicant": "P-ann",
        "applicant_name": "Ann",
        "department": "D-sales",
        "department_path": ("D-company", "D-sales"),
        "site": SITE.id,
        "starts": STARTS,
        "ends": ENDS,
        "host": "P-host",
        "host_name": "何主任",
        "host_phone": "+8613800000001",
        "purpose": "Contract talks",
        "requirements": "",
        "team": (),
        "bookings": (),
        "party": "王小明 · 远航",
        "visitors": 1,
        "created_at": STARTS - timedelta(days=7),
        "status": "approved",
    }
    return Visit(**facts | changes)


def an_archive(visit: Visit) -> ArchiveItem:
    """The archive of a visit to which nobody came and about which nobody decided."""
    content = {"visit": asdict(visit), "holds": dict.fromkeys(PARTS, 0)} | {name: [] for name in PARTS}
    text = json.dumps(content, default=str).encode()
    _, pk, sk = ArchiveItem.at(visit.id)
    digest = hashlib.sha256(text).hexdigest()
    return ArchiveItem(pk, sk, content=zlib.compress(text), sha256=digest, archived_at=visit.ends)


def a_guest(visit: Visit, no: int = 1, **changes: Any) -> Guest:
    """An invited visitor of that visit."""
    facts: dict[str, Any] = {
        "visit": visit.id,
        "no": no,
        "name": "王小明",
        "phone": "+8613912345678",
        "company": "远航",
        "language": "zh-CN",
        "plate": "",
        "reservation": f"{visit.number}-{no}",
        "link": f"link-{visit.number}-{no}",
        "nonce": f"{no:016x}",
        "invited_at": visit.created_at,
        "appointment": Appointment.of(visit),
    }
    return Guest(**facts | changes)


def a_code(visit: Visit, guest: Guest) -> Code:
    """What the guest's QR says."""
    return code_for(guest, visit.starts, visit.ends, SITE.early_minutes)


def qr_text(visit: Visit, guest: Guest) -> str:
    """What a scanner reads from the guest's QR."""
    return "https://atrium.example/i/" + encode_code(a_code(visit, guest), SIGNER.sign)


def invited(visit: Visit, *guests: Guest) -> list[Operation]:
    """What stands in the tables once the visitors of an approved visit are invited."""
    items: list[Operation] = [create(VisitItem.from_visit(visit))]
    _, pk, sk = NumberItem.at(visit.number)
    items.append(create(NumberItem(pk, sk, visit=visit.id)))
    for guest in guests:
        items.append(create(GuestItem.from_guest(guest)))
        days = days_of(visit.occurrences, SITE.time_zone)
        items += [create(PassItem.from_pass(pass_for(visit, guest, day, of))) for day, of in days.items()]
    return items


def a_site(site: Site = SITE) -> Operation:
    """The site in the directory."""
    return create(SiteItem.from_site(site))
