"""The processes that Atrium brings along, as data. Running documents keep the version that they started with."""

from collections.abc import Mapping

from chalicelib.domain.approvals import Definition, ManagerRule, Step

VISIT = Definition(
    key="visit",
    version=1,
    title={"en": "Visit", "zh": "来访申请"},
    steps=(Step(key="manager", title={"en": "Line manager", "zh": "直属上级"}, rules=(ManagerRule(levels=1),)),),
)

BUILT_IN: Mapping[tuple[str, int], Definition] = {(each.key, each.version): each for each in (VISIT,)}
"""Every version that a document may still run by; versions are added, never changed."""
