"""Attachments (附件) of a visit: files that go with the application, like an agenda or a letter of invitation.

They belong to the visit, not to one of its visitors.
"""

from collections.abc import Mapping, Sequence

from chalicelib.domain.errors import FieldError, Invalid
from chalicelib.domain.forms import Field, File, Kind
from chalicelib.domain.forms.files import file_rows

ATTACHMENTS_LIMIT = 10
ATTACHMENTS = Field("attachments", {}, Kind.FILE, max=ATTACHMENTS_LIMIT)
"""What the form of a visit takes: the same types and sizes as a field of a custom form that states none."""


def attachments_of(ids: Sequence[str], known: Mapping[str, File | str]) -> tuple[File, ...]:
    """The files of those ids, each once; `known` has the file, or the code of why it cannot be taken, by id.

    Raises Invalid naming the place of each that cannot be taken.
    """
    found = list(file_rows(ATTACHMENTS, list(ids), ATTACHMENTS.key, known))
    if faults := [each for each in found if isinstance(each, FieldError)]:
        raise Invalid(*faults)
    return tuple(known_file for id in dict.fromkeys(ids) if isinstance(known_file := known[id], File))
