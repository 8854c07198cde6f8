"""The history in words: every attribute of every recorded kind has a label, every value can be read by people."""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
import re
import types
import typing
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

import chalicelib.models
from chalicelib.domain.approvals import running
from chalicelib.domain.audit import HIDDEN, PARTLY_SHOWN, recorded
from chalicelib.models.attributes import DataAttribute
from chalicelib.models.audit import AUDITED
from chalicelib.models.item import Item
from chalicelib.services.audit import RECORDS
from chalicelib.web.history import KINDS, RECORD_WORDS, Field, Reader, Row, Sort, actor_word, people_in, rows_of
from chalicelib.web.history.approvals import KINDS as APPROVALS
from chalicelib.web.history.kinds import ACTORS, AREA_WORDS

ROOT = Path(__file__).parents[2] / "chalicelib"
OWN = {*Item.get_attributes()}
SECRET = re.compile(r"secret|token|nonce|password|link$|^url$|sealed")
ENGLISH = Reader("en", "Asia/Shanghai", datetime(2026, 3, 2, 9, tzinfo=UTC), {"P-ann": "Ann", "hq": "Head office"})
CHINESE = dataclasses.replace(ENGLISH, locale="zh-CN")


def models() -> Iterator[type[Item]]:
    """Every kind of item of the audited areas that is recorded."""
    for module in pkgutil.walk_packages(chalicelib.models.__path__, "chalicelib.models."):
        importlib.import_module(module.name)
    waiting: list[type[Item]] = [Item]
    while waiting:
        model = waiting.pop()
        waiting += model.__subclasses__()
        kind = kind_of(model)
        if kind and model.area in AUDITED and recorded(model.area, kind):
            yield model


def kind_of(model: type[Item]) -> str | None:
    """The name that items of the model carry; None for a class that only others derive from."""
    return model._get_discriminator_attribute()._class_map.get(model)


def unlabelled() -> Iterator[str]:
    for model in models():
        area, kind = model.area, str(kind_of(model))
        known = KINDS.get(area, {}).get(kind)
        if known is None:
            yield f"{area}: kind {kind}"
            continue
        for name, attribute in model.get_attributes().items():
            if name not in OWN:
                yield from missing(f"{area}: {kind}.{name}", known.fields.get(name), attribute)


def missing(place: str, field: Field | None, attribute: Any) -> Iterator[str]:
    if field is None:
        yield place
    elif field.sort is Sort.ROWS and isinstance(attribute, DataAttribute):
        yield from missing_inside(place, field, attribute._shape)


def missing_inside(place: str, field: Field, shape: Any) -> Iterator[str]:
    for each in dataclasses_in(shape):
        for inner in dataclasses.fields(each):
            if inner.name not in field.fields:
                yield f"{place}.{inner.name}"


def dataclasses_in(shape: Any) -> Iterator[Any]:
    if dataclasses.is_dataclass(shape):
        yield shape
    for part in typing.get_args(shape):
        if not isinstance(part, types.EllipsisType):
            yield from dataclasses_in(part)


def test_every_attribute_of_every_recorded_kind_has_a_label() -> None:
    """Whoever adds a kind or an attribute says in chalicelib/web/history what people call it."""
    assert sorted(unlabelled()) == []


def test_no_label_is_left_over() -> None:
    present = {(model.area, str(kind_of(model)), name) for model in models() for name in model.get_attributes()}
    labelled = {(area, kind, name) for area, kinds in KINDS.items() for kind in kinds for name in kinds[kind].fields}
    assert sorted(labelled - present) == []


def test_a_secret_of_a_record_never_reaches_the_audit() -> None:
    names = {name for model in models() for name in model.get_attributes()} - OWN
    assert {name for name in names if SECRET.search(name)} <= HIDDEN
    assert {name for name in names if "phone" in name} <= HIDDEN | PARTLY_SHOWN


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (APPROVALS["trail"].fields["entries"].fields["what"].words, running.What),
        (APPROVALS["task"].fields["status"].words, running.TaskStatus),
        (APPROVALS["task"].fields["origin"].words, running.Origin),
    ],
)
def test_every_word_of_the_trail_has_a_meaning(words: Mapping[str, str], values: type[StrEnum]) -> None:
    assert {*words} == {each.value for each in values}


def test_every_area_record_and_rule_has_a_word() -> None:
    assert {*AREA_WORDS} == {*KINDS} == {*AUDITED}
    assert {*RECORD_WORDS} == {*RECORDS}
    acting = {f"system:{name}" for name in re.findall(r'call_of\("(\w+)"', _texts("workflows"))}
    acting |= set(re.findall(r'"(system:\w+)"', _texts("services")))
    tasks = importlib.import_module("chalicelib.workflows.visit_tasks").TASKS
    acting |= {f"system:{name}" for name in (*tasks, "await_approval")} - {"system:record"}
    assert acting - {"system:record"} <= {*ACTORS}


def _texts(layer: str) -> str:
    return "\n".join(path.read_text() for path in sorted((ROOT / layer).rglob("*.py")))


def rows(kind: str, old: Mapping[str, Any], new: Mapping[str, Any], reader: Reader = ENGLISH) -> list[Row]:
    area = next(area for area, kinds in KINDS.items() if kind in kinds)
    return rows_of(area, kind, old, new, reader)


def row(kind: str, name: str, old: Any, new: Any, reader: Reader = ENGLISH) -> tuple[list[str], list[str]]:
    (found,) = rows(kind, {name: old} if old is not None else {}, {name: new} if new is not None else {}, reader)
    return found.old, found.new


@pytest.mark.parametrize(
    ("kind", "name", "old", "new", "english", "chinese"),
    [
        ("visit", "status", "pending", "approved", "Approved", "已通过"),
        ("visit", "host", None, "P-ann", "Ann", "Ann"),
        ("visit", "site", None, "hq", "Head office", "Head office"),
        ("visit", "starts", None, "2026-03-02T01:00:00.000000+0000", "Mon 2 Mar, 09:00", "3月2日 周一 09:00"),
        ("pass", "day", None, '"2026-03-02"', "Mon 2 Mar", "3月2日 周一"),
        ("pass", "signed_out_by_rule", False, True, "Yes", "是"),
        ("person", "locale", None, "zh-CN", "Chinese", "中文"),
        ("site", "early_minutes", 30, 60, "60 min", "60分钟"),
        ("preferences", "quiet_from", None, '"22:00:00"', "22:00", "22:00"),
        ("task", "origin", None, "delegated", "Delegated", "委派"),
    ],
)
def test_values_are_written_as_people_write_them(
    kind: str, name: str, old: Any, new: Any, english: str, chinese: str
) -> None:
    assert row(kind, name, old, new)[1] == [english]
    assert row(kind, name, old, new, CHINESE)[1] == [chinese]


def test_texts_in_two_languages_are_two_lines() -> None:
    assert row("site", "name", None, {"en": "Head office", "zh-CN": "总部"})[1] == [
        "English: Head office",
        "中文: 总部",
    ]


def test_a_list_says_only_where_it_differs() -> None:
    wang = {"name": "王芳", "phone": "+86•••78", "company": "远航"}
    li = {"name": "李强", "phone": "+86•••99", "company": "远航", "plate": "沪A12345"}
    old, new = row("guests", "visitors", [wang], [wang, li])
    assert (old, new) == ([], ["李强 · Mobile phone +86•••99 · 远航 · Licence plate 沪A12345"])


def test_a_change_of_a_masked_value_shows_though_both_look_alike() -> None:
    assert row("hook", "sealed", "•••", "•••") == (["•••"], ["•••", "(changed, but not shown)"])
    visitor = {"name": "王芳", "phone": "+86•••78"}
    assert row("guests", "visitors", [visitor], [dict(visitor)])[1][-1] == "(changed, but not shown)"


def test_a_set_in_another_order_is_no_change() -> None:
    assert rows("person", {"roles": ["gate", "employee"]}, {"roles": ["employee", "gate"]}) == []


def test_a_process_is_told_in_words_with_the_place_of_each_change() -> None:
    step = {"key": "boss", "mode": "one_of", "hours": 8}
    old, new = row("process_draft", "definition", {"steps": [step]}, {"steps": [step | {"mode": "all_of"}]})
    assert (old, new) == (
        ["Step / 1 / How many must approve: One of them"],
        ["Step / 1 / How many must approve: All of them"],
    )


def test_quarters_of_an_hour_that_follow_each_other_are_told_together() -> None:
    new = {"q30": "V1", "q31": "V1", "q32": "V2", "q95": "V2"}
    told = rows("resource_day", {}, new)
    assert [(each.label, each.new) for each in told] == [("07:30–08:00 UTC", ["V1"]), ("08:00–00:00 UTC", ["V2"])]


def test_long_lists_are_cut_short() -> None:
    visitors = [{"name": f"访客{number}"} for number in range(200)]
    new = row("guests", "visitors", None, visitors)[1]
    assert len(new) == 41 and new[-1] == "and 160 more"


def test_what_no_table_knows_any_more_is_shown_as_it_is() -> None:
    (found,) = rows_of("reception", "fax", {}, {"number": {"a": [1, 2]}}, ENGLISH)
    assert (found.label, found.new, found.aside) == ("number", ["a: 1, 2"], True)


def test_people_are_found_at_any_depth() -> None:
    entries = [{"what": "moved", "who": None, "about": ["P-a", "P-b"], "on_behalf_of": "P-c"}]
    assert {*people_in("approvals", "trail", {"entries": entries, "applicant": "P-d"})} == {"P-a", "P-b", "P-c", "P-d"}


def test_who_acted_is_a_name_or_a_rule() -> None:
    assert actor_word("P-ann", ENGLISH) == "Ann"
    assert actor_word("system:remind", ENGLISH) == "Rule: reminding of the visit"
    assert actor_word("public:/i", CHINESE) == "访客（邀请页面）"
    assert actor_word("", ENGLISH) == "Unknown"
