"""Fields that take files: which may be there, how many, how large; kept as rows of what people see of them."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from chalicelib.domain.errors import FieldError
from chalicelib.domain.file_types import BY_MEDIA, TYPES
from chalicelib.domain.forms.cells import Row
from chalicelib.domain.forms.form import FILES_LIMIT, Field, Form, Kind
from chalicelib.domain.forms.world import File
from chalicelib.domain.uploads import SIZE_LIMIT, megabytes

_MEGABYTE = 1024 * 1024
_ID_LIMIT = 64


def asked_for(fields: Collection[Field], raw: Mapping[str, Any]) -> list[str]:
    """The ids of all files that were put into the fields, each once."""
    found = (id for field in fields if field.kind is Kind.FILE for id in _ids(raw.get(field.key)) or ())
    return list(dict.fromkeys(found))


def file_rows(field: Field, raw: object, path: str, known: Mapping[str, File | str]) -> Iterator[Row | FieldError]:
    """A row (`id`, `name`, `media`, `size`) of each file that may be in the field, and what is wrong with the rest."""
    ids = _ids(raw)
    if ids is None:
        yield FieldError(path, "bad_format")
        return
    least, most = files_of(field)
    if len(ids) > most:
        yield FieldError(path, "too_many_files", {"max": str(most)})
    elif len(ids) < least:
        yield FieldError(path, "too_few_files", {"min": str(least)})
    for number, id in enumerate(ids[:most]):
        yield _row(field, known.get(id, "file_unknown"), f"{path}.{number}")


def _ids(raw: object) -> list[str] | None:
    """The files named, as ids or as rows that were kept; each once."""
    if not isinstance(raw, list):
        return None
    named = (each.get("id") if isinstance(each, Mapping) else each for each in raw)
    ids = [id for id in named if isinstance(id, str) and 0 < len(id) <= _ID_LIMIT]
    return list(dict.fromkeys(ids)) if len(ids) == len(raw) else None


def _row(field: Field, found: File | str, path: str) -> Row | FieldError:
    most = size_of(field)
    if isinstance(found, str):
        return FieldError(path, found, {"limit": megabytes(SIZE_LIMIT)})
    if field.types and BY_MEDIA[found.media].family not in field.types:
        return FieldError(path, "file_type_not_taken")
    if found.size > most:
        return FieldError(path, "file_too_large", {"limit": megabytes(most)})
    return {"id": found.id, "name": found.name, "media": found.media, "size": found.size}


def files_of(field: Field) -> tuple[int, int]:
    """How many files a field takes, at least (if any) and at most."""
    least = field.min if isinstance(field.min, int) else 0
    return least, min(field.max, FILES_LIMIT) if isinstance(field.max, int) else FILES_LIMIT


def size_of(field: Field) -> int:
    """How many bytes a file of the field may have."""
    return min(field.size * _MEGABYTE or SIZE_LIMIT, SIZE_LIMIT)


def media_of(field: Field) -> list[str]:
    """The media types that the field takes."""
    return [each.media for each in TYPES if not field.types or each.family in field.types]


def without_files(form: Form) -> Form:
    """What can be filled in where nothing is handed in: to try a process out."""
    return Form(tuple(field for field in form.fields if field.kind is not Kind.FILE))
