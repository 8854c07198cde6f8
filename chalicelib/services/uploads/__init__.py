"""Files that people hand in: announced, put into documents, given to whoever may see the document, kept."""

from chalicelib.services.uploads.announcing import announce
from chalicelib.services.uploads.attaching import Attachments, known
from chalicelib.services.uploads.giving import HOLDERS, link
from chalicelib.services.uploads.keeping import keep

__all__ = ["HOLDERS", "Attachments", "announce", "keep", "known", "link"]
