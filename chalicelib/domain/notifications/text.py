"""How long a text message is, and how to make it fit: 3GPP TS 23.038 (alphabets) and 23.040 (joined messages)."""

from collections.abc import Mapping, Sequence

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = frozenset("^{}\\[~]|€\f")
"""Characters that take two of the 7-bit places."""

SEGMENTS_LIMIT = 2
SHORTENED = {True: "..", False: "…"}
"""What stands for the part cut off, in the 7-bit alphabet (True) and in any other."""


class DoesNotFit(ValueError):
    """Even the shortest form is longer than SEGMENTS_LIMIT segments: what must not be cut is too long."""


def is_basic(text: str) -> bool:
    """Whether the text can be sent in the 7-bit alphabet."""
    return all(character in BASIC or character in EXTENDED for character in text)


def segments(text: str) -> int:
    """How many messages a phone network makes of the text."""
    if is_basic(text):
        return _count([2 if character in EXTENDED else 1 for character in text], single=160, joined=153)
    return _count([2 if ord(character) > 0xFFFF else 1 for character in text], single=70, joined=67)


def _count(sizes: Sequence[int], single: int, joined: int) -> int:
    if sum(sizes) <= single:
        return 1
    count, free = 1, joined
    for size in sizes:
        if size > free:  # a character is never split between two messages
            count, free = count + 1, joined
        free -= size
    return count


def fit(forms: Sequence[str], facts: Mapping[str, str], least: Mapping[str, int]) -> str:
    """The first of `forms` (fullest first; %-templates) that fits with `facts` filled in.

    The facts named in `least` may be shortened to that many characters, the longest first; all others stay whole.
    Raises DoesNotFit.
    """
    tidy = {name: " ".join(value.split()) for name, value in facts.items()}
    for form in forms:
        text = _shortened(form, tidy, least)
        if text is not None:
            return text
    raise DoesNotFit


def _shortened(form: str, facts: Mapping[str, str], least: Mapping[str, int]) -> str | None:
    lengths = {name: len(facts[name]) for name in least if f"%({name})s" in form}
    while segments(text := form % _cut(facts, lengths)) > SEGMENTS_LIMIT:
        spare = {name: length for name, length in lengths.items() if length > least[name]}
        if not spare:
            return None
        lengths[max(spare, key=lambda name: spare[name])] -= 1
    return text


def _cut(facts: Mapping[str, str], lengths: Mapping[str, int]) -> dict[str, str]:
    mark = SHORTENED[is_basic("".join(facts.values()))]
    return {
        name: value if len(value) <= lengths.get(name, len(value)) else value[: lengths[name]].rstrip() + mark
        for name, value in facts.items()
    }
