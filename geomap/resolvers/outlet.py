"""Where an outlet and its readers are at home, as far as its name, its address and the words of the report say.

"Kyiv Independent", "thisisoxfordshire.co.uk", or a telephone number of the local sheriff.
"""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from geomap.resolvers.candidates import Lookup
from geomap.types import Document

MIN_POPULATION = 10_000
"""Least population of a town that gives an outlet its name: smaller places are called Mercury, Union and Star."""

_HOST = re.compile(r"(?:[\w-]{1,63}\.){1,6}[a-z]{2,24}", re.IGNORECASE)
_CODES = {"uk": "GB"}
# Country codes that are sold to everybody, or belong to no country.
_SOLD = frozenset(
    ["ac", "ag", "ai", "am", "as", "bz", "cc", "cd", "cf", "co", "cx", "dj", "eu", "fm", "ga", "gg", "gl", "gq", "gs",
     "im", "io", "is", "la", "li", "ly", "md", "me", "ml", "mn", "ms", "mu", "nu", "pw", "sc", "sh", "st", "su", "tk",
     "to", "tv", "vc", "vg", "ws"]
)  # fmt: skip
_SECOND = frozenset(["com", "co", "org", "net", "gov", "edu", "ac", "or", "go", "gen", "in"])
_OUTLET_WORDS = frozenset(
    ["advertiser", "advocate", "age", "agency", "argus", "banner", "beacon", "broadcasting", "bulletin", "business",
     "call", "chronicle", "citizen", "city", "community", "county", "courier", "daily", "democrat", "dispatch",
     "echo", "edition", "english", "enquirer", "enterprise", "evening", "examiner", "express", "extra", "eye",
     "focus", "free", "gazette", "globe", "group", "guardian", "headlines", "herald", "independent", "informer",
     "inquirer", "insider", "intelligencer", "item", "journal", "latest", "leader", "ledger", "live", "local",
     "magazine", "mail", "media", "mercury", "messenger", "metro", "mirror", "monitor", "morning", "my", "national",
     "network", "news", "newspaper", "now", "observer", "online", "page", "paper", "pilot", "planet", "post",
     "press", "pulse", "radio", "record", "reformer", "register", "report", "reporter", "republic", "republican",
     "review", "sentinel", "service", "spectator", "standard", "star", "state", "statesman", "sun", "sunday", "talk",
     "telegram", "telegraph", "the", "this", "thisis", "time", "times", "today", "town", "transcript", "tribune",
     "tv", "union", "update", "voice", "watch", "weekly", "wire", "world"]
)  # fmt: skip
_LONGEST_FIRST = sorted(_OUTLET_WORDS, key=lambda word: (-len(word), word))
# Words and telephone numbers of American and Canadian local papers; world news has few of them.
_LOCAL_CUES = re.compile(
    r"""
    \b (?:
        County | [Ss]heriff (?:[’']s)? | High[ ]School | Elementary | [Cc]ity[ ][Cc]ouncil | Police[ ]Department
        | School[ ] (?: District | Board ) | Interstate | Highway[ ]\d | Route[ ]\d | Ave\. | Blvd\. | Rd\.
        | \(\d{3}\)[ ]?\d{3}-\d{4} | \d{3}-\d{4} | [Tt]ownship | varsity | Main[ ]Street | Community[ ]College
        | Middle[ ]School | Chamber[ ]of[ ]Commerce | Rotary | fundraiser | zoning | Const\. | Crime[ ]Stoppers
        | \d{3}-\d{3}-\d{4}
    ) \b
    """,
    re.VERBOSE,
)
_TELEPHONE = re.compile(r"\(\d{3}\) ?\d{3}-\d{4}\b|\b\d{3}-\d{3}-\d{4}\b")
_BETWEEN = re.compile(rf"\b(?:{'|'.join(_LONGEST_FIRST)}|and|of|for|in|&)\b|[^\w\s'’.]")


@dataclass(frozen=True, slots=True)
class Outlet:
    """What a report says about the home of those who published it and of those who read it."""

    country: str = ""
    """ISO 3166-1 alpha-2 code; empty when unknown."""
    names: tuple[str, ...] = ()
    """Place names in its name, at most two, in lower case but for abbreviations; which place is not said."""
    local: float = 0.0
    """How much the text reads like an American or Canadian local paper: 0 for not at all, up to 2: the log of one plus
    the number of such words in 1,000 characters."""
    telephone: bool = False
    """Whether it gives a telephone number of the North American plan: its readers are at home there."""


def outlet_of(document: Document, lookup: Lookup) -> Outlet:
    """Return what is known about the outlet of a document; an empty `Outlet` where nothing tells.

    The country comes from the end of a host name, ".ua"; codes that are sold to everybody count only after a second
    level, ".com.co". Names are what is left of the outlet's name without its usual words, "news" and "daily".

    Parameters
    ----------
    document
        With the outlet in ``source``, as a name or a host name, or an address in ``url``.
    lookup
        Candidates of a name.
    """
    source = document.source.strip()[:200]
    hosts = [host for host in (source.lower(), _host(document.url)) if _HOST.fullmatch(host)]
    country = next(filter(None, map(_country_of, hosts)), "")
    if source and not _HOST.fullmatch(source):
        found = [name for name in map(str.strip, _BETWEEN.split(source.lower())) if _is_place(name, lookup)]
    else:
        found = [name for host in hosts[:1] for piece in _label(host) for name in _places_in(piece, lookup)]
    text = document.text
    cues = sum(1 for _ in _LOCAL_CUES.finditer(text))
    return Outlet(
        country=country,
        names=tuple(dict.fromkeys(found))[:2],
        local=min(2.0, math.log1p(1000 * cues / max(len(text), 600))),
        telephone=_TELEPHONE.search(text) is not None,
    )


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _country_of(host: str) -> str:
    *labels, code = host.split(".")
    sold = code in _SOLD and labels[-1] not in _SECOND
    return "" if len(code) != 2 or sold or code in ("eu", "su") else _CODES.get(code, code.upper())


def _label(host: str) -> list[str]:
    """Return the parts of the label that names a host: of "news.concord-monitor.co.uk" the two before ".co.uk"."""
    labels = host.split(".")[:-1]
    if len(labels) > 1 and labels[-1] in _SECOND:
        labels.pop()
    return labels[-1].split("-")[:4]


def _places_in(piece: str, lookup: Lookup) -> Iterator[str]:
    """Yield the places in words that are written together: "theparisnews" has one, "fresnoandreedleypost" two."""
    core = piece[:40]
    while core:
        for names in _readings(core):
            if all(_is_place(name, lookup) for name in names):
                yield from names
                return
        core = _shorter(core)


def _readings(core: str) -> Iterator[tuple[str, ...]]:
    yield (core.upper() if len(core) == 2 else core,)
    before, together, after = core.partition("and")
    if together:
        yield before, after
    yield from ((f"{core[:cut]} {core[cut:]}",) for cut in range(3, len(core) - 3) if core[:cut] != "the")


def _shorter(core: str) -> str:
    """Return words written together without an outlet's word at their end, else at their beginning; empty without."""
    for word in _LONGEST_FIRST:
        if core.endswith(word):
            return core.removesuffix(word)
    return next((core.removeprefix(word) for word in _LONGEST_FIRST if core.startswith(word)), "")


def _is_place(name: str, lookup: Lookup) -> bool:
    """Whether a name is that of a country, a division or a town of some size."""
    if len(name) < (2 if name.isupper() else 4):
        return False
    entries = [c.entry for c in lookup(name) if c.name_kind not in ("demonym", "historic")]
    if name.isupper():
        return any(entry.feature_code == "ADM1" for entry in entries)
    return any(
        entry.feature_code.startswith(("PCL", "ADM"))
        or (entry.feature_class == "P" and entry.population >= MIN_POPULATION)
        for entry in entries
    )
