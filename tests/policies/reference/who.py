"""Who may, in plain Python: what the policies say, written a second time and apart from them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

ROLES = ("employee", "approver", "reception", "gate", "finance", "auditor", "administrator")
RELATIONS = ("owner", "participant", "head", "head_above", "foreign")
"""The applicant of the documents; who has to decide them; who heads their department; who heads the one above; and
somebody of another department and another site."""

type Names = Mapping[str, str]


@dataclass(frozen=True)
class Who:
    """A person who is an employee and holds one more role, in a relation to the records."""

    role: str
    relation: str

    def holds(self, *roles: str) -> bool:
        """Whether their role is one of these."""
        return self.role in roles

    def is_(self, *relations: str) -> bool:
        """Whether their relation is one of these."""
        return self.relation in relations

    @property
    def heads(self) -> bool:
        """Whether they head the documents' department or one above."""
        return self.is_("head", "head_above")


type Rule = Callable[[Who], bool]


def anybody(who: Who) -> bool:
    return True


def nobody(who: Who) -> bool:
    return False


def administrators(who: Who) -> bool:
    return who.holds("administrator")


def answers_visitors(who: Who) -> bool:
    return who.holds("reception", "administrator")


def auditors(who: Who) -> bool:
    return who.holds("auditor", "administrator")


def own_or_administrators(who: Who) -> bool:
    return who.is_("owner") or who.holds("administrator")


def owner(who: Who) -> bool:
    return who.is_("owner")


def sees_visit(who: Who) -> bool:
    return who.is_("owner", "participant") or who.heads or who.holds("reception", "auditor", "administrator")


def prepares(who: Who) -> bool:
    """Approvers take part, but prepare nothing."""
    return who.is_("owner") or who.holds("reception", "administrator")


def keeps_money_matters(who: Who) -> bool:
    return who.holds("finance", "administrator")


def sees_received(who: Who) -> bool:
    return who.is_("owner") or who.holds("finance", "auditor")


def sees_budgets(who: Who) -> bool:
    return who.heads or who.holds("finance", "auditor", "administrator")


def sees_the_books(who: Who) -> bool:
    return who.holds("finance", "auditor", "administrator")


def sees_application(who: Who) -> bool:
    return who.is_("owner", "participant") or who.heads or who.holds("finance", "auditor", "administrator")


def sees_advance(who: Who) -> bool:
    return who.is_("owner", "participant") or who.heads or who.holds("finance", "auditor", "administrator")


def sees_drafted_application(who: Who) -> bool:
    """Nobody takes part in what was not submitted yet."""
    return who.is_("owner") or who.heads or who.holds("finance", "auditor", "administrator")


def sees_draft_advance(who: Who) -> bool:
    """Nobody takes part in what was not submitted yet."""
    return who.is_("owner") or who.heads or who.holds("finance", "auditor", "administrator")


def asks_for_budgets(who: Who) -> bool:
    return who.heads or who.holds("finance", "administrator")


def sees_budget_change(who: Who) -> bool:
    return who.is_("owner", "participant") or who.heads or who.holds("finance", "auditor", "administrator")


def sees_budget_draft(who: Who) -> bool:
    """Nobody takes part in what was not submitted yet."""
    return who.is_("owner") or who.heads or who.holds("finance", "auditor", "administrator")


def asks_again(who: Who) -> bool:
    """Whoever asked changes it as long as they may ask for the line."""
    return who.is_("owner") and asks_for_budgets(who)


def pays(who: Who) -> bool:
    return who.holds("finance")


def pays_others(who: Who) -> bool:
    """The payments of the world go to the participant, who therefore neither releases nor marks them."""
    return who.holds("finance") and not who.is_("participant")


def sees_payments(who: Who) -> bool:
    return who.holds("finance", "auditor", "administrator")


def keeps_account(who: Who) -> bool:
    """Nobody keeps the account of their own advance."""
    return keeps_money_matters(who) and not who.is_("owner")


def sees_all_visits(who: Who) -> bool:
    return who.holds("reception", "auditor", "administrator")


def sees_ledger(who: Who) -> bool:
    return who.heads or who.holds("reception", "auditor", "administrator")


def sees_request(who: Who) -> bool:
    return who.is_("owner", "participant") or who.heads or who.holds("auditor", "administrator")


def sees_draft(who: Who) -> bool:
    """Nobody takes part in what was not submitted yet."""
    return who.is_("owner") or who.heads or who.holds("auditor", "administrator")


def sees_approval(who: Who) -> bool:
    return who.is_("owner", "participant") or who.holds("auditor", "administrator")


def decides(who: Who) -> bool:
    return who.is_("participant")


def at_the_gate(who: Who) -> bool:
    return who.holds("reception") or (who.holds("gate") and not who.is_("foreign"))


def at_a_gate(who: Who) -> bool:
    return who.holds("reception", "gate")


def settles(who: Who) -> bool:
    return who.holds("reception", "administrator")


@dataclass(frozen=True)
class Line:
    """One route: who may, who knows that the record exists, and a request that would go well."""

    may: Rule
    path: str
    body: Mapping[str, Any] | Callable[[Names], Mapping[str, Any]] | None = None
    knows: Rule = anybody

    def refused(self, who: Who) -> int:
        """What somebody is answered who may not."""
        return 403 if self.knows(who) else 404
