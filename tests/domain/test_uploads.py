"""Files that people hand in: their names, their types, and what their bytes say."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.errors import Invalid, TooMany
from chalicelib.domain.file_types import BY_MEDIA, HEAD, TAIL, TYPES, Sample, type_of
from chalicelib.domain.uploads import (
    AN_HOUR,
    SIZE_LIMIT,
    Upload,
    announced,
    claimed,
    clean_name,
    counted,
    fault_before_reading,
    fault_of_content,
    kept,
)

NOW = datetime(2026, 3, 2, 1, 15, tzinfo=UTC)
PDF = BY_MEDIA["application/pdf"]


def zipped(*names: str) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name in names:
            archive.writestr(name, "<part/>")
    return content.getvalue()


def sample(content: bytes) -> Sample:
    return Sample(len(content), content[:HEAD], content[-TAIL:])


EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(200)
DOCX = zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml")
XLSX = zipped("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml")
GOOD = {
    "application/pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
    "image/png": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "image/jpeg": b"\xff\xd8\xff\xe1\x00\x10Exif\x00",
    "image/webp": b"RIFF\x1a\x00\x00\x00WEBPVP8L",
    "image/heic": b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": DOCX,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": XLSX,
    "text/plain": "第一行\nsecond line\t–\r\n".encode(),
    "text/csv": "姓名,金额\n王芳,12.50\n".encode("gb18030"),
    "application/xml": '\ufeff<?xml version="1.0"?>\n<!-- of ours -->\n<i:Invoice xmlns:i="urn:i"/>'.encode(),
    "application/ofd": zipped("OFD.xml", "Doc_0/Document.xml"),
}


def test_every_type_has_an_example() -> None:
    assert {*GOOD} == {each.media for each in TYPES}


@pytest.mark.parametrize("media", GOOD)
def test_a_file_that_is_what_it_says_is_taken(media: str) -> None:
    assert BY_MEDIA[media].proves(sample(GOOD[media]))


@pytest.mark.parametrize("media", GOOD)
def test_a_program_is_no_file_of_any_type(media: str) -> None:
    assert not BY_MEDIA[media].proves(sample(EXE))


@pytest.mark.parametrize("media", [media for media in GOOD if not media.startswith("text/")])
def test_no_file_passes_for_one_of_another_type(media: str) -> None:
    others = {other for other in GOOD if other != media}
    assert [other for other in others if BY_MEDIA[media].proves(sample(GOOD[other]))] == []


@pytest.mark.parametrize(
    "content",
    [
        zipped("a.txt"),
        zipped("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"),
        zipped("xl/workbook.xml"),
        XLSX[:-30],
        b"PK\x03\x04 and nothing more",
        b"x" + XLSX,
    ],
    ids=["any zip", "with macros", "without types", "cut off", "no directory", "behind something else"],
)
def test_a_zip_is_no_workbook_by_itself(content: bytes) -> None:
    assert not BY_MEDIA[XLSX_MEDIA].proves(sample(content))


XLSX_MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script></html>",
        b'<svg xmlns="http://www.w3.org/2000/svg"/>',
        b'<x:html xmlns:x="http://www.w3.org/1999/xhtml"/>',
        b'<?xml version="1.0"?><?xml-stylesheet href="x.xsl"?><Invoice/>',
        b'<!DOCTYPE Invoice SYSTEM "http://example.com/x.dtd"><Invoice/>',
        b'<?xml version="1.0"?><!doctype Invoice [<!ENTITY a "b">]><Invoice/>',
        b"Invoice 17",
        b"",
    ],
    ids=["page", "drawing", "page with a prefix", "stylesheet", "dtd", "entities", "text", "nothing"],
)
def test_xml_that_browsers_show_or_that_declares_something_is_no_invoice(content: bytes) -> None:
    assert not BY_MEDIA["application/xml"].proves(sample(content))


def test_a_large_workbook_is_told_by_its_first_and_last_bytes() -> None:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("[Content_Types].xml", "<types/>")
        archive.writestr("xl/media/image1.png", bytes(3 * TAIL))
        archive.writestr("xl/workbook.xml", "<workbook/>")
    assert BY_MEDIA[XLSX_MEDIA].proves(sample(content.getvalue()))


def test_a_character_may_be_cut_where_the_sample_ends_but_not_where_the_file_ends() -> None:
    text = "字".encode() * HEAD
    assert BY_MEDIA["text/plain"].proves(sample(text))
    assert not BY_MEDIA["text/plain"].proves(sample(b"\x81"))


@pytest.mark.parametrize(
    ("media", "name", "expected"),
    [
        ("application/pdf", "合同.pdf", "application/pdf"),
        ("application/vnd.ms-excel", "list.CSV", "text/csv"),
        ("", "photo.HEIC", "image/heic"),
        ("image/png; charset=binary", "scan", "image/png"),
        ("text/html", "page.html", None),
        ("image/svg+xml", "drawing.svg", None),
        ("application/zip", "all.zip", None),
        ("application/x-msdownload", "setup.exe", None),
    ],
)
def test_the_type_is_what_people_go_by(media: str, name: str, expected: str | None) -> None:
    found = type_of(media, name)
    assert (found.media if found else None) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("合同 2026.pdf", "合同 2026.pdf"),
        ("C:\\Users\\me\\a.PDF", "a.PDF"),
        ("../../etc/passwd", "passwd.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.exe.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ("  .pdf", "file.pdf"),
        ('a"b<c>.pdf', "a_b_c_.pdf"),
        ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
    ],
)
def test_names_show_what_they_are(name: str, expected: str) -> None:
    assert clean_name(name, PDF) == expected


def sent(**facts: object) -> dict[str, str | int]:
    return {"name": "a.pdf", "content_type": "application/pdf", "size": 10} | facts  # type: ignore[return-value]


def an_upload() -> Upload:
    return announced("U", "me", "request", sent(), NOW)


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"size": 0}, "file_empty"),
        ({"size": SIZE_LIMIT + 1}, "file_too_large"),
        ({"name": "a.exe", "content_type": "application/x-msdownload"}, "file_type_refused"),
    ],
)
def test_what_nobody_takes_is_refused_when_it_is_announced(facts: dict[str, object], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        announced("U", "me", "request", sent(**facts), NOW)
    assert [fault.code for fault in refused.value.fields] == [code]


def test_a_person_announces_so_many_files_an_hour() -> None:
    assert counted(AN_HOUR - 1, NOW) == AN_HOUR
    with pytest.raises(TooMany) as refused:
        counted(AN_HOUR, NOW)
    assert refused.value.params["retry_after"] == "2700"


def test_a_file_goes_into_its_owners_document_of_its_kind_within_a_day() -> None:
    upload = an_upload()
    assert fault_before_reading(upload, "me", "request", NOW) == ""
    assert fault_before_reading(None, "me", "request", NOW) == "file_unknown"
    assert fault_before_reading(upload, "you", "request", NOW) == "file_unknown"
    assert fault_before_reading(upload, "me", "visit", NOW) == "file_unknown"
    assert fault_before_reading(replace(upload, status="kept"), "me", "request", NOW) == "file_unknown"
    assert fault_before_reading(upload, "me", "request", NOW + timedelta(days=1)) == "file_expired"


def test_what_was_brought_is_looked_at() -> None:
    upload = an_upload()
    assert fault_of_content(upload, None) == "file_missing"
    assert fault_of_content(upload, sample(EXE)) == "file_not_as_named"
    assert fault_of_content(upload, Sample(SIZE_LIMIT + 1, b"%PDF-1.7")) == "file_too_large"
    assert fault_of_content(upload, sample(b"%PDF-1.7")) == ""


def test_a_file_lies_apart_once_it_is_kept() -> None:
    held = claimed(an_upload(), "R", sample(b"%PDF-1.7"), "v1")
    assert (held.key, held.document, held.size, held.stored, held.version) == ("uploads/U", "R", 8, "v1", 2)
    assert (kept(held).key, kept(held).version) == ("files/U", 3)
