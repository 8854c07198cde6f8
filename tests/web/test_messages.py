"""Every text is there in both languages, none is doubtful, none is left over, and every refusal has one."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

from chalicelib.domain.errors import DomainError
from chalicelib.web.i18n import LOCALE_FOLDER
from chalicelib.web.messages import codes, message

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "chalicelib").rglob("*.py"))
_PARAMETER = re.compile(r"%\(\w+\)s")


@cache
def marked() -> frozenset[str]:
    """Every text that templates and code show."""
    with (ROOT / "babel.cfg").open() as file:
        method_map, options_map = parse_mapping_cfg(file)
    found = extract_from_dir(ROOT, method_map, options_map)
    return frozenset(texts[0] if isinstance(texts, tuple) else texts for _, _, texts, _, _ in found)


@cache
def chinese() -> Catalog:
    with (LOCALE_FOLDER / "zh_CN/LC_MESSAGES/messages.po").open("rb") as file:
        return read_po(file, locale="zh_CN")


def texts_of(catalogue: Catalog) -> dict[str, tuple[str, ...]]:
    entries = (entry for entry in catalogue if entry.id)
    return {_first(entry.id): _all(entry.string) for entry in entries}


def _first(text: str | tuple[str, ...] | list[str]) -> str:
    return text if isinstance(text, str) else text[0]


def _all(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text or "",) if isinstance(text, str) or not text else tuple(text)


def test_every_text_that_is_shown_has_a_chinese_one() -> None:
    texts = texts_of(chinese())
    assert sorted(text for text in marked() if not all(texts.get(text, ("",)))) == []


def test_no_chinese_text_is_left_over() -> None:
    assert sorted(set(texts_of(chinese())) - marked()) == []


def test_no_chinese_text_is_doubtful() -> None:
    assert [entry.id for entry in chinese() if entry.id and entry.fuzzy] == []


def test_chinese_texts_use_the_same_values_as_the_english_ones() -> None:
    wrong = [
        english
        for english, translations in texts_of(chinese()).items()
        for text in translations
        if not _values(english) <= _values(text) <= _values(english) | {"%(num)s"}
    ]
    assert wrong == []


def _values(text: str) -> set[str]:
    return set(_PARAMETER.findall(text))


def _raised_codes(tree: ast.AST) -> set[str]:
    return {code for node in ast.walk(tree) for code in _codes_in(node)}


def _codes_in(node: ast.AST) -> list[str]:
    match node:
        case ast.Call(func=ast.Name(id="FieldError"), args=[_, ast.Constant(value=str() as code), *_]):
            return [code]
        case ast.Call(func=ast.Name(id="PydanticCustomError"), args=[ast.Constant(value=str() as code), *_]):
            return [code]
        case ast.Call(func=ast.Name(id=name), args=[ast.Constant(value=str() as code), *_]) if name in _refusals():
            return [code]
        case ast.ClassDef(name=name, body=body) if name in _refusals():
            return [each for statement in body for each in _class_code(statement)]
    return []


def _class_code(statement: ast.stmt) -> list[str]:
    match statement:
        case ast.Assign(targets=[ast.Name(id="code")], value=ast.Constant(value=str() as code)):
            return [code]
    return []


@cache
def _refusals() -> frozenset[str]:
    """Names of the classes that derive from DomainError, found in the sources."""
    bases = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef)
    }
    found = {DomainError.__name__}
    while more := {name for name, above in bases.items() if above & found} - found:
        found |= more
    return frozenset(found)


def test_every_refusal_in_the_code_has_a_text() -> None:
    raised = {code: path.name for path in SOURCES for code in _raised_codes(ast.parse(path.read_text()))}
    assert {code: file for code, file in raised.items() if code not in codes()} == {}


def test_every_text_of_a_refusal_belongs_to_a_code_that_exists() -> None:
    elsewhere = "\n".join(path.read_text() for path in SOURCES if path.name != "messages.py")
    composed = tuple(re.findall(r'f"([a-z]+_)\{', elsewhere))  # f"gate_{result}"
    left_over = {code for code in codes() if f'"{code}"' not in elsewhere}
    assert sorted(code for code in left_over if not code.startswith(composed)) == []


@pytest.mark.parametrize(("locale", "expected"), [("en", "At most 3 days ahead."), ("zh-CN", "最多提前3天。")])
def test_a_message_speaks_the_callers_language_with_the_values_filled_in(locale: str, expected: str) -> None:
    assert message("too_far_ahead", {"days": "3"}, locale) == expected


def test_an_unknown_code_and_a_lacking_value_still_give_a_text() -> None:
    assert message("nobody_knows_this", {}, "en") == "This is not possible."
    assert message("too_far_ahead", {}, "en") == "At most … days ahead."
