"""The rules as they are shipped: what is usual in a Chinese company, until finance states its own.

Sums are yuan in fen. Places and lodging are modelled on 中央和国家机关差旅住宿费标准 (财行〔2016〕71号), with room
for a company's prices. An invoice without the company's tax number is no voucher (国家税务总局公告2017年第16号); what
is too small for an invoice is at most 500 yuan (国家税务总局公告2018年第28号, article 9).
"""

from collections.abc import Iterator, Mapping
from datetime import date

from chalicelib.domain.compliance.book import Basis, Days, Limit, Rules, Sums, Terms, Tier
from chalicelib.domain.compliance.shapes import Rule, Severity

YUAN = 100
CURRENCY = "CNY"
SINCE = date(2020, 1, 1)

FIRST = "北京 上海 广州 深圳 Beijing Shanghai Guangzhou Shenzhen"
SECOND = (
    "杭州 南京 苏州 成都 重庆 武汉 西安 天津 长沙 郑州 青岛 宁波 厦门 合肥 济南 福州 沈阳 昆明 无锡 大连 东莞 佛山 "
    "珠海 三亚 海口 哈尔滨 长春 Hangzhou Nanjing Suzhou Chengdu Chongqing Wuhan Xi'an Tianjin Changsha Zhengzhou "
    "Qingdao Ningbo Xiamen Hefei Jinan Fuzhou Shenyang Kunming Wuxi Dalian Dongguan Foshan Zhuhai Sanya Haikou Harbin "
    "Changchun"
)
TIERS = (
    Tier("first", {"zh": "一线城市", "en": "First-tier cities"}, tuple(FIRST.split())),
    Tier("second", {"zh": "重点城市", "en": "Major cities"}, tuple(SECOND.split())),
)
_AMOUNTS: Mapping[tuple[str, Basis], tuple[int, int, int]] = {
    ("lodging", "night"): (700, 550, 400),
    ("own_lodging", "night"): (600, 450, 350),
    ("meal", "head"): (300, 250, 200),
    ("local_transport", "day"): (300, 200, 150),
}
"""Yuan in first-tier cities, in major ones and elsewhere."""
_EVERYWHERE: Mapping[tuple[str, Basis], int] = {("gift", "head"): 300, ("long_transport", "trip"): 4000}
"""Yuan wherever it is."""

SEVERITIES: Mapping[Rule, Severity] = {
    "over_head": "justify",
    "over_night": "justify",
    "over_day": "justify",
    "over_trip": "justify",
    "over_budget": "note",
    "no_invoice": "justify",
    "invoice_old": "justify",
    "invoice_outside": "justify",
    "invoice_short": "block",
    "wrong_title": "block",
    "rest_day": "note",
    "alcohol": "justify",
    "more_heads": "justify",
    "split": "justify",
    "duplicate": "justify",
    "no_application": "justify",
    "future": "block",
    "too_old": "justify",
}
TERMS = (
    Terms("lodging"),
    Terms("own_lodging"),
    Terms("meal", rest_days=True, application_above=1000 * YUAN),
    Terms("alcohol", rest_days=True, application_above=0),
    Terms("local_transport", rest_days=True),
    Terms("long_transport"),
    Terms("gift", rest_days=True, application_above=500 * YUAN),
    Terms("material", application_above=5000 * YUAN),
    Terms("venue", application_above=5000 * YUAN),
    Terms("training", application_above=2000 * YUAN),
    Terms("office", rest_days=True, application_above=2000 * YUAN),
    Terms("other", rest_days=True),
)


def _limits() -> Iterator[Limit]:
    for (category, basis), amounts in _AMOUNTS.items():
        for tier, amount in zip(("first", "second", ""), amounts, strict=True):
            yield _limit(category, basis, tier, amount)
    for (category, basis), amount in _EVERYWHERE.items():
        yield _limit(category, basis, "", amount)


def _limit(category: str, basis: Basis, tier: str, amount: int) -> Limit:
    id = "-".join(("shipped", category, basis, tier or "all"))
    return Limit(id, category, basis, "", tier, CURRENCY, SINCE, amount=amount * YUAN, version=0)


SHIPPED = Rules(
    limits=tuple(_limits()),
    tiers=TIERS,
    terms=TERMS,
    sums=(Sums(CURRENCY, no_invoice=500 * YUAN, split=10_000 * YUAN, auto=500 * YUAN),),
    days=Days(),
    severities=SEVERITIES,
    audit_share=5,
)
