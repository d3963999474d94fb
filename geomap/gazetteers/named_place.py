"""Places with all their names, as tables and imports give them, before they are entries of a database."""

import re
from dataclasses import dataclass

from geomap.types import GazetteerEntry, NameKind

Name = tuple[str, NameKind]
"""A name and its kind."""

# Two to five capitals are codes of airports, states and the like, a dot after a few letters marks an abbreviation
# (those worth having are written down by hand, with their kind), and what holds digits or an address is no name either.
_CODE = re.compile(r"[A-Z]{2,5}|(?:[A-Z][a-z]{0,4}\.)+|.*(?:://|[0-9_@=]).*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """An entry with all its names."""

    entry: GazetteerEntry
    """The entry; its own name is not among ``names``."""
    names: tuple[Name, ...] = ()
    """Further names; of two kinds for one name the more telling one counts."""


def is_junk(name: str) -> bool:
    """Return whether an alternate name is a code, an abbreviation, an address or a lower-case machine romanisation."""
    return name.isascii() and (name == name.lower() or _CODE.fullmatch(name) is not None)
