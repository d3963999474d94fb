"""The baseline recogniser: gazetteer names on capitalised words, with rules against the obvious false ones.

Registered as the spaCy factory ``geomap_matcher``.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from geomap.gazetteers import load_gazetteer
from geomap.recognizers.mentions import write_mentions
from geomap.recognizers.people import person_words
from geomap.recognizers.words import Words, load_words
from geomap.spacy_docs import add_extensions, sentences_of
from geomap.types import Candidate, Gazetteer, Span

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+(?:[’'ʼ`][^\W_]+)*")
_GAP = re.compile(r"[ \u00a0\u2010-\u2013-]|\. |\.-|, (?=D\.C\.)")
_CONTRACTION = re.compile(r"[’'`](?:re|ve|ll|d|m|t)$", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:[’'`]s|[’'])$", re.IGNORECASE)
_DATELINE = re.compile(r"\s*[,/(—–]|\s+-\s")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_MAX_WORDS = 6
# Below this population a name that is only an alternate one is too doubtful to be taken without a preposition.
_KNOWN = 15_000
# Above this a place speaks for itself: as a government, or beside an unknown capitalised word.
_CITY = 500_000


@dataclass(frozen=True, slots=True)
class _Names:
    """What one document needs for the decision on a span."""

    text: str
    sentence: Span
    words: Sequence[re.Match[str]]
    people: frozenset[str]
    shouted: bool


@Language.factory("geomap_matcher", default_config={"gazetteer": None, "demonyms": False})
def _create(nlp: Language, name: str, gazetteer: str | None, demonyms: bool) -> "GazetteerMatcher":  # noqa: FBT001
    return GazetteerMatcher(load_gazetteer(gazetteer), demonyms=demonyms)


class GazetteerMatcher:
    """A spaCy component that marks gazetteer names.

    Parameters
    ----------
    gazetteer
        Where names are looked up.
    demonyms
        Whether "Ukrainian" counts as a mention of Ukraine, with the role ``modifier``.
    """

    def __init__(self, gazetteer: Gazetteer, *, demonyms: bool = False) -> None:
        self.gazetteer = gazetteer
        self.demonyms = demonyms
        add_extensions()

    def __call__(self, doc: Doc) -> Doc:
        """Find the mentions of a `Doc` with sentence starts set, and store them on it."""
        text = doc.text  # spaCy puts it together anew each time
        people = person_words(text)
        spans = [
            span
            for sentence in sentences_of(doc)
            for span in self._in_sentence(text, (sentence.start, sentence.end), people)
        ]
        return write_mentions(doc, spans)

    def _in_sentence(self, text: str, sentence: Span, people: frozenset[str]) -> Iterator[tuple[int, int, bool]]:
        words = list(_WORD.finditer(text, *sentence))
        capitals = sum(word.group()[0].isupper() for word in words)
        shouted = len(words) > 3 and sum(word.group().isupper() for word in words) > 0.7 * len(words)
        names = _Names(text, sentence, words, people, shouted or capitals > 0.9 * len(words) > 9)
        first = 0
        while first < len(words):
            found = self._longest(names, first)
            if found is None:
                first += 1
                continue
            start, end, last, demonym = found
            if not demonym or self.demonyms:
                yield start, end, demonym
            first = last + 1

    def _longest(self, names: _Names, first: int) -> tuple[int, int, int, bool] | None:
        """Return start, end, last word and demonym flag of the longest acceptable name from word ``first`` on."""
        lists = load_words()
        if not _can_begin(names, first, lists):
            return None
        for last in range(_reach(names, first, lists), first - 1, -1):
            if not names.words[last].group()[0].isupper():
                continue
            start, end = names.words[first].start(), _trimmed_end(names.text, names.words[last])
            candidates, end = self._candidates(names, start, end)
            if names.words[first].group().lower() == "the":
                candidates = [c for c in candidates if c.matched_name.lower().startswith("the ")]
            if candidates and _is_place(names, first, last, candidates, lists):
                return start, end, last, _is_demonym(candidates)
        return None

    def _candidates(self, names: _Names, start: int, end: int) -> tuple[list[Candidate], int]:
        """Return the entries of the name and its end, a final stop taken in where an abbreviation needs it."""
        dotted = names.text[end : end + 1] == "." and names.text[end - 1] != "."
        name = names.text[start:end]
        if dotted:
            exact = [
                c for c in self.gazetteer.candidates(name + ".")
                if c.name_kind == "abbreviation" and _bare(c.matched_name) == _bare(name)
            ]  # fmt: skip
            if exact:
                return exact, end + 1
        shouted = names.shouted or _in_dateline(names, start, end)
        return [c for c in self.gazetteer.candidates(name) if _written_alike(name, c, shouted=shouted)], end


def _is_demonym(candidates: Sequence[Candidate]) -> bool:
    """Whether the most populous entry is named by its demonym: "Gazan", though some village may bear the name."""
    return max(candidates, key=lambda c: c.entry.population).name_kind == "demonym"


def _bare(name: str) -> str:
    return name.replace(".", "").casefold()


def _in_dateline(names: _Names, start: int, end: int) -> bool:
    """Whether the name opens its sentence as a dateline does: "SUMY, Ukraine —", "KYIV/MOSCOW —", "GOMA (Reuters)"."""
    before = names.text[names.sentence[0] : start]
    return before == before.upper() and len(before) < 40 and bool(_DATELINE.match(names.text, end))


def _written_alike(name: str, candidate: Candidate, *, shouted: bool) -> bool:
    """Whether the case fits: abbreviations exactly, acronyms only as an acronym, "us" never for "US"."""
    matched = candidate.matched_name
    if candidate.name_kind == "abbreviation" or (matched.isupper() and len(matched) <= 4):
        return name.replace(".", "") == matched.replace(".", "")
    return shouted or not (name.isupper() and len(name) <= 5)


def _trimmed_end(text: str, word: re.Match[str]) -> int:
    possessive = _POSSESSIVE.search(word.group())
    return word.start() + possessive.start() if possessive and possessive.start() else word.end()


def _can_begin(names: _Names, first: int, lists: Words) -> bool:
    word = names.words[first].group()
    if word[0].isupper():
        return bool(_LATIN.match(word))  # names in other scripts stand in quotations here, without their context
    return (
        word in lists.articles
        and names.text[names.words[first].end() : names.words[first].end() + 1] in ("-", "‑", "–")
        and first + 1 < len(names.words)
    )


def _reach(names: _Names, first: int, lists: Words) -> int:
    """Return the index of the last word that a name from ``first`` on could hold."""
    last = first
    while last + 1 < len(names.words) and last + 1 - first < _MAX_WORDS:
        word, gap = names.words[last + 1].group(), names.text[names.words[last].end() : names.words[last + 1].start()]
        if not _GAP.fullmatch(gap) or _POSSESSIVE.search(names.words[last].group()):
            break
        if not (word[0].isupper() or word.lower() in lists.particles):
            break
        last += 1
    return last


def _is_place(names: _Names, first: int, last: int, candidates: Sequence[Candidate], lists: Words) -> bool:
    """Decide whether words ``first`` to ``last`` are a place here, and not a person or an everyday word."""
    word = names.words[first].group()
    lower = _POSSESSIVE.sub("", word).lower()
    before, after = _neighbour(names, first, -1), _neighbour(names, last, 1)
    preposition = _preposition_before(names, first, lists)
    strong = max((c.entry.population for c in candidates if c.name_kind != "demonym"), default=0)
    state = any(c.entry.feature_class == "A" and c.entry.feature_code != "ADM2" for c in candidates)
    if any(c.name_kind == "demonym" for c in candidates) and not state and strong < _CITY:
        return True
    if before.lower() in lists.vessels:
        return False
    if first < last:
        return not (before.lower().rstrip(".") in lists.given_names and not state)
    if (
        lower in lists.never
        or _CONTRACTION.search(word)
        or (len(lower.replace(".", "")) <= 2 and not _is_abbreviation(candidates, names, first))
    ):
        return False
    if lower in lists.common:
        return (bool(preposition) and _has_container(names, last)) or (preposition == "in" and strong > 100_000)
    if before[:1].isupper() and _leads_person(before, lists) and not state:
        return False
    if lower in names.people and not preposition and not _has_container(names, last) and not state:
        return False
    if lower in (lists.given_names | lists.given_places) and _goes_on_as_person(after, lists):
        return False
    if after in lists.speech and not state and strong < _CITY:
        return False
    return state or strong >= _CITY or _stands_alone(names, before, after, strong, candidates, preposition, lists)


def _leads_person(word: str, lists: Words) -> bool:
    return word.lower().rstrip(".") in (lists.titles | lists.given_names | lists.given_places)


def _goes_on_as_person(after: str, lists: Words) -> bool:
    known = lists.organisations | lists.levels | lists.agents | lists.titles
    return after[:1].isupper() and not after.isupper() and after.lower() not in known


def _stands_alone(
    names: _Names, before: str, after: str, strong: int, candidates: Sequence[Candidate], preposition: str, lists: Words
) -> bool:
    """Whether a lesser place is not one part of a longer unknown name, such as a surname."""
    sentence_opener = before and names.text.find(before, *names.sentence) == names.sentence[0]
    if before[:1].isupper() and not before.endswith(("'s", "’s")) and not sentence_opener and not names.shouted:
        return False
    if after[:1].isupper() and after.lower() not in (lists.organisations | lists.levels) and not names.shouted:
        return False
    primary = any(c.name_kind == "primary" for c in candidates)
    return bool(preposition) or primary or strong >= _KNOWN


def _neighbour(names: _Names, index: int, step: int) -> str:
    """Return the word beside word ``index`` if only a space or hyphen parts them, else an empty string."""
    other = index + step
    if not 0 <= other < len(names.words):
        return ""
    left, right = sorted((names.words[index], names.words[other]), key=lambda word: word.start())
    gap = names.text[left.end() : right.start()]
    return names.words[other].group() if gap in (" ", "\u00a0", "-", ". ") else ""


def _preposition_before(names: _Names, first: int, lists: Words) -> str:
    """Return the place preposition before word ``first``, "the" and "city of" passed over; empty when there is none."""
    before = names.text[names.sentence[0] : names.words[first].start()]
    match = re.search(r"(\w+)\s+(?:the\s+)?(?:(?:\w+\s+)?(?:city|town|village|settlement|port|suburb) of\s+)?$", before)
    word = match.group(1).lower() if match else ""
    return word if word in lists.place_prepositions or word == "of" else ""


def _has_container(names: _Names, last: int) -> bool:
    """Whether ", Xxxx" follows, as in "Reading, England"."""
    return bool(re.match(r",\s+[A-Z]", names.text[names.words[last].end() : names.sentence[1]]))


def _is_abbreviation(candidates: Sequence[Candidate], names: _Names, index: int) -> bool:
    """Whether a two-letter name is one of a country, or stands behind a comma as in "Long Beach, CA"."""
    short = [c for c in candidates if c.name_kind == "abbreviation"]
    if any(c.matched_name.endswith(".") or c.entry.feature_code.startswith(("PCL", "RGN")) for c in short):
        return True
    comma = names.text[max(0, names.words[index].start() - 2) : names.words[index].start()] == ", "
    return comma and bool(short)
