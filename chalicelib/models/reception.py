"""Table `reception`: visits with all that belongs to them, resource days, reservation numbers.

| question | key |
|---|---|
| a visit in whole | pk `visit#ID`: sk `archive`, `guests`, `head`, `pass#DATE#NNNN`, `passage#`, `task#ID`, |
| | `visitor#NNNN` |
| what visitors said of it | pk `visit#ID`, sk `rating#NNNN` |
| what visitors said of visits at a site | rating's index1 `ratings#SITE`, `TIME#VISIT#NNNN` |
| a visit without them | pk `visit#ID`, sk `head` |
| the number of a visitor's document, sealed | pk `visit#ID`, sk `document#REF` |
| who was shown one | pk `visit#ID`, sk `disclosure#ID` |
| what is kept of a visit's visitors, what is due, who is known by which contact, requests | models/privacy.py |
| my visits, newest first | index1 `owner#PERSON`, `STARTS#ID` |
| which visits somebody receives (handover) | index4 `host#PERSON`, `STARTS#ID` |
| a department's visits of some months (the ledger) | index2 `department#ID`, `STARTS#ID`, absent for drafts |
| a site's visits of some months (the ledger) | index3 `site#ID`, `STARTS#ID`, absent for drafts |
| whose invite link is this | visitor's index1 `link#TOKEN`, `link` |
| whose reservation number is this, invited or not | pk `number#NUMBER`, sk `number` -> visit id |
| who is expected, inside, gone at a site on a day | pass's index1 `day#SITE#DATE`, `STARTS#NAME#VISIT#NNNN` |
| who is inside a site now (evacuation) | pass's index2 `inside#SITE`, `SINCE#VISIT#NNNN`, present only while inside |
| who has this reservation number, with their passes | index4 `reservation#NUMBER`: `NNNN#guest`, `NNNN#DATE` |
| whose phone ends with these digits, here, with their passes | index3 `phone#SITE#DIGITS`: `ENDS#VISIT#NNNN#guest`, |
| | `ENDS#VISIT#NNNN#DATE`; read from a day ago on: as long as what is to come within a year |
| what waits for reception at a site, or was settled | issue's index1 `issues#SITE#STATUS`, `AT#ID`; pk `issue#ID` |
| who is on the watch list or the block list, or was | watched's index1 `watchlist#STATUS`, `NAME#ID`; pk `watched#ID` |
| whether somebody of that name, phone or document is | pk `watch_key#name#NAME`, `#phone#E164`, `#document#MARK` |
| who was ticked off at an evacuation of a site | pk `muster#SITE`, sk `VISIT#NNNN`; expires after a month |
| who has a badge; which badges of a site are out or lost | pk `badge#SITE#NUMBER`; index1 `badges#SITE`, NUMBER |
| a repeated scan | pk `scan#NONCE`, sk `scan` |
| bookings of a room, equipment or a vehicle on some days (UTC) | pk `resource#SITE#ID`, sk `day#DATE` |
| what is to be prepared for a visit | pk `visit#ID`, prefix `task#` (models/checklist.py) |
| which tasks are due and their owners not reminded | index1 `checklist_due#SHARD` (4 of them), `DUE#VISIT#TASK` |
| all standards of reception, and the levels | pk `standards#company`: sk `head`, `standard#ID` (at most 2,000); the |
| | head's version counts every change of any of them (models/standards.py) |
| a visit's archive | pk `visit#ID`, sk `archive` (models/archive.py) |
| who waits for the decision of a round | pk `visit#ID`, sk `token#ROUND` (models/work.py) |
| which visits need a running workflow (reconciler) | pk `open#SHARD` (16 of them), sk VISIT: written with the |
| | submission, removed with the archive or the end; read by 16 queries, each as long as its open visits |
"""

from chalicelib.models.item import Item, table_meta


class ReceptionTable(Item):
    """Any item of reception."""

    area = "reception"
    Meta = table_meta("reception")
