"""What the gazetteer says of where a name begins and ends: names in one piece, and the place inside a longer name."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from geomap.recognizers.encoder import FoundPlace
from geomap.recognizers.evidence import is_prominent
from geomap.recognizers.word_sets import load_words
from geomap.types import Gazetteer, Span

_WORD = re.compile(r"[^\W_]+(?:[-’'ʼ][^\W_]+)*")
_NEXT = re.compile(r"[-‑–’'ʼ ]([^\W_]+(?:[’'ʼ][^\W_]+)*)")
_BEFORE = re.compile(r"(?<![^\W_])((?:[^\W_]{2,}[-‑])+|(?:[A-Z]\.){2,} |(?:Mt|St|Ft)\. )$")
_BETWEEN_TWO = re.compile(r" (?:axis|border|corridor|front|highway|line|pipeline|rail(?:way)?|road|route|talks|war)\b")
_ROAD = re.compile(
    r"""
    (?P<first>[A-Z][\w’']+ (?:[ ][A-Z][\w’']+)?) [-‑–] (?P<second>[A-Z][\w’']+ (?:[ ][A-Z][\w’']+)?) [ ]
    (?: corridor | highway | rail (?:way)? | road | route ) \b
    """,
    re.VERBOSE,
)
_REPUBLIC = re.compile(r" People[’']?s[’']? Republic\b")
_LONGEST_REPUBLIC = 20
_MAX_MORE_WORDS = 4
_STATE = re.compile(r" ([A-Z]{2})(?![^\W_])")
_STATE_ENDS = re.compile(r"(?! [A-Z])")


def ends_of_roads(text: str, found: Iterable[FoundPlace], gazetteer: Gazetteer) -> Iterator[FoundPlace]:
    """Yield the places, a road between two known places parted into these: "Maiduguri-Damaturu road"."""
    for place in found:
        ends = _ROAD.match(text, place.start)
        if ends and place.end >= ends.end("second") and not place.is_demonym and _are_known(ends, gazetteer):
            yield replace(place, end=ends.end("first"))
            yield replace(place, start=ends.start("second"), end=ends.end("second"))
        else:
            yield place


def _are_known(ends: re.Match[str], gazetteer: Gazetteer) -> bool:
    first, second = ends["first"], ends["second"]
    return bool(gazetteer.lookup(first) and gazetteer.lookup(second) and not gazetteer.lookup(f"{first}-{second}"))


def one_by_hyphen(text: str, found: Iterable[FoundPlace], gazetteer: Gazetteer) -> Iterator[FoundPlace]:
    """Yield the places, those tied by a hyphen made one unless they are two: "Orikhovo-Vasylivka", "Kyiv-Moscow".

    They are one where the gazetteer has the whole name, or has not both halves in one country or as countries, capitals
    or cities. Halves of several words, or of one letter ("R-Westfield"), are two, and so are the ends of a road.
    """
    held: FoundPlace | None = None
    for place in found:
        if held and place.start == held.end + 1 and text[held.end] in "-‑" and _are_one(text, held, place, gazetteer):
            held = replace(held, end=place.end, score=max(held.score, place.score))
            continue
        if held:
            yield held
        held = place
    if held:
        yield held


def _are_one(text: str, place: FoundPlace, other: FoundPlace, gazetteer: Gazetteer) -> bool:
    name, half = text[place.start : place.end], text[other.start : other.end]
    if place.is_demonym or other.is_demonym or " " in name + half or len(name) < 2:
        return False
    if gazetteer.lookup(f"{name}-{half}"):
        return True
    if _BETWEEN_TWO.match(text, other.end):
        return False
    entries, others = gazetteer.lookup(name), gazetteer.lookup(half)
    countries = {entry.country_code for entry in entries}
    together = any(entry.country_code in countries for entry in others)
    return not together and not (is_prominent(entries) and is_prominent(others))


def whole_name(text: str, span: Span, gazetteer: Gazetteer) -> Span:
    """Return the longest gazetteer name that a span is part of, else the span itself.

    Tried are the words after it, joined by a hyphen, an apostrophe or one space, and those before it joined by a
    hyphen: "Al" becomes "Al-Fashir", "Kursk Nuclear Power" the "Kursk Nuclear Power Plant". A people's republic is
    another name around the place.
    """
    republic = _REPUBLIC.search(text, span[0], span[1] + _LONGEST_REPUBLIC)
    if republic and republic.start() <= span[1]:
        return span[0], republic.start()
    starts, ends = [span[0]], []
    with_article = "The " + text[slice(*span)]
    if text[max(0, span[0] - 4) : span[0]] == "The " and any(
        one.matched_name == with_article for one in gazetteer.candidates(with_article)
    ):
        return span[0] - 4, span[1]
    before = _BEFORE.search(text, max(0, span[0] - 20), span[0])
    if before:
        starts.insert(0, before.start(1))
    end = span[1]
    for _ in range(_MAX_MORE_WORDS):
        following = _NEXT.match(text, end)
        if not following or (text[end] == " " and not following.group(1)[0].isupper()):
            break
        end = following.end()
        ends.append(end)
    spans = [(start, stop) for start in starts for stop in [*reversed(ends), span[1]]]
    longer = [one for one in spans if one != span and not text[slice(*one)].endswith(("'s", "’s", "ʼs"))]
    return next((one for one in longer if _is_name(text[slice(*one)], gazetteer)), span)


def with_state(text: str, span: Span, gazetteer: Gazetteer) -> tuple[Span, Span | None]:
    """Return a name and the code of its state, where one stands at its end or behind it without a comma: "Austin TX".

    The town must lie in that state. A code that the gazetteer has not as an abbreviation ("OK") is left out.
    """
    match = _STATE.search(text, span[0], span[1]) or _STATE.match(text, span[1])
    if match is None or match.start() <= span[0] or not _STATE_ENDS.match(text, match.end()):
        return span, None
    units = {
        (one.entry.country_code, one.entry.admin1)
        for one in gazetteer.candidates(match.group(1))
        if one.name_kind == "abbreviation" and one.entry.admin1
    }
    towns = [town for town in gazetteer.lookup(text[span[0] : match.start()]) if town.feature_class == "P"]
    if any((town.country_code, town.admin1) in units for town in towns):
        return (span[0], match.start()), match.span(1)
    if any((town.country_code, town.admin1) == ("US", match.group(1)) for town in towns):
        return (span[0], match.start()), None
    return span, None


def _is_name(name: str, gazetteer: Gazetteer) -> bool:
    """Whether a place has this name; one of several words must be its own, no variant."""
    known = gazetteer.candidates(name)
    return any(candidate.name_kind == "primary" for candidate in known) or (bool(known) and " " not in name)


def nested_name(text: str, span: Span, gazetteer: Gazetteer) -> Span:
    """Return the known place inside an unknown facility or organisation, else the span: "Goma" of "Goma Airport".

    It must come first, and a noun of organisations or facilities must follow within the span.
    """
    words = list(_WORD.finditer(text, *span))
    lists = load_words()
    known = lists.organisations | lists.facilities
    for count in range(len(words) - 1, 0, -1):
        rest = {word.group().lower() for word in words[count:]}
        if rest & known and gazetteer.lookup(text[span[0] : words[count - 1].end()]):
            return span[0], words[count - 1].end()
    return span
