"""Languages: which one a reader gets, and the gettext catalogue that goes with it."""

import gettext
from functools import cache, lru_cache
from pathlib import Path

LOCALES = ("zh-CN", "en")
DEFAULT_LOCALE = "zh-CN"
LOCALE_FOLDER = Path(__file__).parent / "locale"
_BY_LANGUAGE = {"zh": "zh-CN", "en": "en"}
_CATALOGUES = {"zh-CN": "zh_CN"}


def N_(msgid: str) -> str:  # noqa: N802 - the name that extraction looks for
    """Marks a text for extraction where it stands in data; it is translated when it is shown."""
    return msgid


def negotiate(accept_language: str | None, preferred: str | None = None) -> str:
    """The locale to answer in: the person's own choice, else the best of the browser's list, else Chinese."""
    if chosen := _supported(preferred or ""):
        return chosen
    for tag in _by_quality((accept_language or "")[:500]):
        if matched := _supported(tag):
            return matched
    return DEFAULT_LOCALE


def _supported(tag: str) -> str | None:
    return _BY_LANGUAGE.get(tag.strip().replace("_", "-").split("-")[0].lower())


@lru_cache(256)
def _by_quality(header: str) -> tuple[str, ...]:
    """The tags of the header, the most welcome first; the same few browsers send the same few headers."""
    weighted = [_tag_and_quality(part) for part in header.split(",")]
    return tuple(tag for tag, quality in sorted(weighted, key=lambda each: -each[1]) if quality > 0)


def _tag_and_quality(part: str) -> tuple[str, float]:
    tag, _, parameter = part.partition(";")
    name, _, number = parameter.strip().partition("=")
    if name.strip() != "q":
        return tag, 1.0
    try:
        return tag, float(number)
    except ValueError:
        return tag, 0.0


@cache
def translator(locale: str) -> gettext.NullTranslations:
    """The catalogue of `locale`; the texts in the code are English, so English needs none.

    Raises FileNotFoundError when the catalogue has not been compiled."""
    if locale not in _CATALOGUES:
        return gettext.NullTranslations()
    return gettext.translation("messages", LOCALE_FOLDER, [_CATALOGUES[locale]])
