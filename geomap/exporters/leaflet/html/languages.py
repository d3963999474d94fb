"""The languages of the page: one table of strings each, and how text and numbers run in it."""

import functools
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geomap.errors import ConfigError
from geomap.exporters.leaflet.html.assets import PAGE
from geomap.exporters.leaflet.html.escaping import inert_text

LANGUAGES = ("en", "uk", "ru", "ar", "es", "fr")
"""ISO 639-1 codes of the languages that there is a table for, ``page/words/<code>.json``."""

_TABLES = PAGE / "words"
_PLACE = re.compile(r"\[\[([\w.-]+)\]\]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The strings of the interface in one language."""

    language: str
    """ISO 639-1 code."""
    locale: str
    """BCP 47 tag that dates, numbers and lists are written by, such as ``en-GB``."""
    direction: str
    """``ltr`` or ``rtl``."""
    strings: Mapping[str, Any]
    """Strings by key; one that counts has its plural forms by CLDR category. What the table lacks is in English."""

    def __getitem__(self, key: str) -> str:
        """Return a string that does not count."""
        return str(self.strings[key])

    def page_data(self) -> dict[str, Any]:
        """Return what the page's own ``words/say.js`` reads."""
        return {"locale": self.locale, "direction": self.direction, "words": dict(self.strings)}

    def fill(self, shell: str) -> str:
        """Return HTML with each ``[[key]]`` in it replaced by its string."""
        return _PLACE.sub(lambda match: inert_text(self[match[1]]), shell)


@functools.cache
def words_of(language: str) -> Words:
    """Return the table of a language; for any but `LANGUAGES` a `ConfigError` that names these."""
    if language not in LANGUAGES:
        raise ConfigError(f"the page does not speak {language!r}; choose one of {', '.join(LANGUAGES)}")
    table = json.loads((_TABLES / f"{language}.json").read_text("utf-8"))
    english = {} if language == "en" else words_of("en").strings
    return Words(
        language=language,
        locale=table["locale"],
        direction=table["direction"],
        strings={**english, **table["words"]},
    )
