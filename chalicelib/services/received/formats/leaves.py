"""XML as what stands in its leaves, by their path: without a tree, without entities, within limits."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from chalicelib.domain.errors import FieldError, Invalid

SIZE = 10 * 1024 * 1024
"""Bytes of a document."""
ELEMENTS = 50_000
DEPTH = 64
TEXT = 400
"""Characters that are kept of a leaf."""
SAME = 100
"""Leaves of one path that are kept."""


@dataclass(frozen=True)
class Leaf:
    """An element without others in it: its text and its attributes."""

    text: str
    attributes: dict[str, str]


@dataclass
class Document:
    """The root's name, its namespace, and the leaves by their path below the root (`Party/Name`)."""

    root: str = ""
    namespace: str = ""
    leaves: dict[str, list[Leaf]] = field(default_factory=dict)

    def first(self, *paths: str, **attributes: str) -> str:
        """The text of the first leaf of these paths that has one, and these attributes where it has any of them."""
        for path in paths:
            for leaf in self.leaves.get(path, ()):
                if leaf.text and all(leaf.attributes.get(name, value) == value for name, value in attributes.items()):
                    return leaf.text
        return ""


def refused(code: str, **params: str) -> Invalid:
    """The file is not taken."""
    return Invalid(FieldError("file", code, params))


def leaves_of(content: bytes) -> Document:
    """The leaves of a document.

    Raises Invalid for one that declares a document type or entities, has no end of elements, or is not well-formed.
    """
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    if len(content) > SIZE:
        raise refused("file_unpacks_too_large", limit=str(SIZE // 1024**2))
    gathering = _Gathering()
    try:
        parser = DefusedXMLParser(target=gathering, forbid_dtd=True)
        parser.feed(content)
        parser.close()
    except DefusedXmlException as error:
        raise refused("xml_with_entities") from error
    except (ParseError, ValueError, LookupError) as error:  # ValueError, LookupError: of encodings that are none
        raise refused("xml_not_well_formed") from error
    return gathering.document


class _Gathering:
    """What the parser tells of a document."""

    def __init__(self) -> None:
        self.document = Document()
        self._path: list[str] = []
        self._attributes: dict[str, str] = {}
        self._text: list[str] = []
        self._kept = 0
        self._leaf = False
        self._elements = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self._elements += 1
        if self._elements > ELEMENTS or len(self._path) >= DEPTH:
            raise refused("xml_too_large")
        namespace, _, name = tag.rpartition("}")
        if not self._path:
            self.document.root, self.document.namespace = name, namespace.removeprefix("{")
        self._path.append(name)
        self._attributes, self._text, self._kept, self._leaf = attributes, [], 0, True

    def data(self, text: str) -> None:
        """Some text of an element."""
        if self._leaf and self._kept < TEXT:
            self._text.append(text)
            self._kept += len(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        if self._leaf:
            same = self.document.leaves.setdefault("/".join(self._path[1:]), [])
            if len(same) < SAME:
                same.append(Leaf("".join(self._text).strip()[:TEXT], self._attributes))
        self._path.pop()
        self._leaf = False

    def close(self) -> None:
        """The document ends."""
