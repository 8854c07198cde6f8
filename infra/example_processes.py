"""The example company's processes: leave of absence, purchases, racking of customers' servers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CONTRACTS: dict[str, Any] = {
    "key": "contracts",
    "title": {"en": "Hosting contracts", "zh": "托管合同"},
    "values": [f"HT-2026-{number:04}" for number in (17, 23, 31, 42, 58, 64, 79, 85, 96, 103, 118, 127)],
}


def _field(key: str, english: str, chinese: str, kind: str, **facts: Any) -> dict[str, Any]:
    return {"key": key, "title": {"en": english, "zh": chinese}, "kind": kind} | facts


def _choice(key: str, english: str, chinese: str) -> dict[str, Any]:
    return {"key": key, "title": {"en": english, "zh": chinese}}


def _step(key: str, english: str, chinese: str, rule: dict[str, Any], **facts: Any) -> dict[str, Any]:
    return {"key": key, "title": {"en": english, "zh": chinese}, "rules": [rule]} | facts


def _above(field: str, value: Any) -> dict[str, Any]:
    return {"kind": "compare", "field": field, "operator": "gt", "value": value}


MANAGER = _step("manager", "Line manager", "直属上级", {"kind": "manager", "levels": 1}, hours=16, on_timeout="remind")

LEAVE: dict[str, Any] = {
    "key": "leave",
    "prefix": "LEAVE",
    "title": {"en": "Leave of absence", "zh": "请假"},
    "description": {
        "en": "Annual leave, sick leave, family matters. More than three days go on to the head of your department.",
        "zh": "年假、病假、事假等。超过三天须部门负责人审批。",
    },
    "fields": [
        _field(
            "kind",
            "Kind of leave",
            "请假类型",
            "choice",
            required=True,
            choices=[
                _choice("annual", "Annual leave", "年假"),
                _choice("sick", "Sick leave", "病假"),
                _choice("personal", "Personal matters", "事假"),
                _choice("family", "Marriage, birth or bereavement", "婚假、产假、丧假"),
            ],
        ),
        _field("first", "First day", "开始日期", "date", required=True),
        _field("last", "Last day", "结束日期", "date", required=True),
        _field(
            "days",
            "Working days",
            "请假天数",
            "number",
            required=True,
            decimals=1,
            min="0.5",
            max=60,
            help={"en": "Half days count as 0.5", "zh": "半天填0.5"},
        ),
        _field("cover", "Who covers for you", "工作交接人", "person"),
        _field("reason", "Reason", "请假事由", "long_text", required=True, max=500),
    ],
    "steps": [
        MANAGER,
        _step("head", "Head of department", "部门负责人", {"kind": "department_head"}, condition=_above("days", 3)),
    ],
}

PURCHASE: dict[str, Any] = {
    "key": "purchase",
    "prefix": "PUR",
    "title": {"en": "Purchase request", "zh": "采购申请"},
    "description": {
        "en": "Equipment, software, services. Above 5,000 yuan finance looks at it, above 100,000 the general manager.",
        "zh": "设备、软件、服务采购。超过5000元由财务审核，超过10万元由总经理审批。",
    },
    "fields": [
        _field("purpose", "What it is for", "采购用途", "text", required=True, max=60),
        _field("needed", "Needed by", "期望到货日期", "date"),
        _field(
            "items",
            "Items",
            "采购明细",
            "table",
            required=True,
            max=50,
            fields=[
                _field("what", "Item", "物品", "text", required=True, max=60),
                _field("quantity", "Quantity", "数量", "number", required=True, min=1),
                _field("amount", "Amount", "金额", "money", required=True, currency="CNY", min=1),
            ],
        ),
        _field("supplier", "Proposed supplier", "建议供应商", "text", max=60),
    ],
    "steps": [
        MANAGER,
        _step(
            "finance",
            "Finance",
            "财务审核",
            {"kind": "role", "role": "finance"},
            condition=_above("items.amount", "5,000.00"),
        ),
        _step(
            "general_manager",
            "General manager",
            "总经理",
            {"kind": "person", "person": "wang.fang"},
            condition=_above("items.amount", "100,000.00"),
        ),
    ],
}

RACKING: dict[str, Any] = {
    "key": "racking",
    "prefix": "RACK",
    "title": {"en": "Server racking", "zh": "服务器上架"},
    "description": {
        "en": "Racking a customer's server. The contract's serial is checked against the contract book.",
        "zh": "客户服务器上架。合同编号须在托管合同清单中。",
    },
    "fields": [
        _field(
            "contract",
            "Contract serial",
            "合同编号",
            "text",
            required=True,
            pattern="HT-[0-9]{4}-[0-9]{4}",
            check="contracts",
            help={"en": "For example HT-2026-0042", "zh": "例如 HT-2026-0042"},
        ),
        _field("customer", "Customer", "客户名称", "text", required=True, max=60),
        _field("day", "Racking day", "上架日期", "date", required=True),
        _field(
            "room",
            "Machine room",
            "机房",
            "choice",
            required=True,
            choices=[_choice("a", "Room A, Pudong", "浦东A机房"), _choice("b", "Room B, Jiading", "嘉定B机房")],
        ),
        _field("units", "Height in units", "占用U数", "number", required=True, min=1, max=42),
        _field("engineer", "Engineer on site", "现场工程师", "person", required=True),
        _field("note", "Remarks", "备注", "long_text"),
    ],
    "steps": [
        _step("engineer", "Engineer on site", "现场工程师确认", {"kind": "field", "field": "engineer"}),
        _step("operations", "Head of the platform", "平台负责人", {"kind": "person", "person": "chen.jie"}),
    ],
    "copies": [{"kind": "manager", "levels": 1}],
}

PROCESSES = (LEAVE, PURCHASE, RACKING)


def with_ids(process: Mapping[str, Any], people: Mapping[str, str]) -> dict[str, Any]:
    """The process with people's ids where the example names logins."""
    steps = [{**step, "rules": [_rule(rule, people) for rule in step["rules"]]} for step in process["steps"]]
    return {**process, "steps": steps}


def _rule(rule: Mapping[str, Any], people: Mapping[str, str]) -> dict[str, Any]:
    return {**rule, "person": people[rule["person"]]} if rule["kind"] == "person" else dict(rule)
