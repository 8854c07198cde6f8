"""Reports of spending (费用报表): what is counted, and where."""

from chalicelib.domain.spend.cells import (
    COMPANY,
    MEASURES,
    Added,
    Cell,
    Change,
    Dimension,
    Figures,
    Measure,
    chunks,
    department_scope,
    difference,
)
from chalicelib.domain.spend.claiming import About, about, of_claim
from chalicelib.domain.spend.deciding import ANSWERS, Deciding, of_task

__all__ = [
    "ANSWERS",
    "COMPANY",
    "MEASURES",
    "About",
    "Added",
    "Cell",
    "Change",
    "Deciding",
    "Dimension",
    "Figures",
    "Measure",
    "about",
    "chunks",
    "department_scope",
    "difference",
    "of_claim",
    "of_task",
]
