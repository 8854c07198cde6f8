"""How finance pays: whether a batch needs a second person, and whose account the money comes from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Settings:
    """`four_eyes`: who made a batch does not release it. `name`, `iban` and `bic` (may be "") are the company's, for
    files in EUR; `account` is its account for other files, "" where the bank's form does not name it.
    """

    four_eyes: bool = True
    name: str = ""
    iban: str = ""
    bic: str = ""
    account: str = ""
    version: int = 0
