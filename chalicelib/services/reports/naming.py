"""What the keys of reports are called: departments, people, categories, visits by their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chalicelib.models.directory import PersonItem
from chalicelib.models.store import BATCH_GET_LIMIT
from chalicelib.services import directory, expenses
from chalicelib.services.call import Call


@dataclass(frozen=True)
class Names:
    """Names by key; a key without a name is its own."""

    known: Mapping[str, str]

    def get(self, key: str) -> str:
        """What the key is called."""
        return self.known.get(key) or key.rpartition("|")[2]

    @staticmethod
    def of(call: Call, dimension: str, keys: Iterable[str]) -> Names:
        """The names of keys of a dimension; of more people than a batch takes, the first ones."""
        match dimension:
            case "department":
                return Names({each.id: each.name for each in directory.departments(call.store, call.now)})
            case "category":
                language = "zh" if call.locale.startswith("zh") else "en"
                known = expenses.known(call.store, call.now).items
                return Names({each.key: each.title.get(language, each.key) for each in known})
            case "person":
                return Names(_people(call, keys))
            case _:
                return Names({})


def _people(call: Call, ids: Iterable[str]) -> dict[str, str]:
    """At most a hundred beside the reader: one batch."""
    wanted = [PersonItem.at(id) for id in dict.fromkeys(ids)][: BATCH_GET_LIMIT - 1]
    return {item.id: item.name for item in (call.store.get(*wanted) if wanted else []) if item}
