"""One claim as the rules look at it, and what several of them ask of it."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from chalicelib.domain.compliance.book import Basis, Limit, Rules
from chalicelib.domain.compliance.shapes import Context, Item

type Facts = Mapping[str, str]
type Found = Iterator[tuple[str, Facts]]
"""What a rule finds: the key of a line ("" for the claim) and the facts."""


@dataclass(frozen=True)
class Case:
    """The lines in the order of their keys, so that the order in which they are given does not matter."""

    items: tuple[Item, ...]
    context: Context
    rules: Rules

    def limit(self, item: Item, basis: Basis) -> Limit | None:
        """The limit that counts for a line, None where nothing limits it: in the currency that was paid, or else in
        the claim's."""
        tier = self._tiers[item.place]
        for currency in dict.fromkeys((item.receipt[1], item.currency)):
            found = self.rules.limit_for(item.category, basis, self.context.grade, tier, currency, item.day)
            if found is not None:
                return found if found.amount is not None else None
        return None

    @cached_property
    def _tiers(self) -> Mapping[str, str]:
        """The tier of each place that any line names."""
        return {place: self.rules.tier_of(place) for place in {item.place for item in self.items}}


def sum_in(item: Item, currency: str) -> int:
    """What the line costs in a currency that is its own or the claim's, in minor units."""
    paid, paid_currency = item.receipt
    return paid if paid_currency == currency else item.amount


def grouped[K: Hashable](items: Iterable[Item], key: Callable[[Item], K]) -> Mapping[K, Sequence[Item]]:
    """The lines by what the key says of them."""
    found: dict[K, list[Item]] = defaultdict(list)
    for item in items:
        found[key(item)].append(item)
    return found


def largest(items: Iterable[Item]) -> Item:
    """The line that carries what was found at several: the largest, of equals the first by its key."""
    return min(items, key=lambda item: (-item.amount, item.key))


def heads(item: Item) -> int:
    """For how many people the line is."""
    return max(1, item.heads)
