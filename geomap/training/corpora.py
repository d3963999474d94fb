"""Turns the training corpora into one kind of labelled document, in which what a corpus does not say is left open.

Each corpus labels a part of the truth: one has organisations but not the places inside them, another a single place a
sentence. A label is therefore the *set* of tags a word may have, and the loss sums over the set.
"""

import random
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from geomap.evaluation.rows import rows_of
from geomap.training.weak_roles import SMALL_WORDS, role_by_rule

PLACE, DEMONYM, OUTSIDE, OPEN, DEMONYM_OR_OUTSIDE, NOT_IF_UNKNOWN = (
    "place",
    "demonym",
    "outside",
    "open",
    "demonym?",
    "name",
)
"""What a span may be. ``name`` is another kind of name (an organisation, say): outside, but open where it holds a known
place name."""
TYPES = ("none", "person", "organisation", "place", "other", "group")
"""The outer type of a word, taught beside the tags."""
STYLES = ("geoparsing", "wotr", "worldwide", "ewt", "gum", "re3d", "btc", "wnut", "tweebank", "wikigold", "crossner")
"""The annotation conventions; the first, that of LGL and TR-News, is the one used afterwards."""


@dataclass(slots=True)
class Labelled:
    """A document, and what is known about its words."""

    text: str
    style: str
    spans: list[tuple[int, int, str]] = field(default_factory=list)
    """Offsets and what the span may be; later spans overwrite earlier ones."""
    types: list[tuple[int, int, str]] = field(default_factory=list)
    """Offsets and outer type."""
    has_types: bool = False
    """Whether the corpus says anything about types."""
    roles: list[tuple[int, int, str]] = field(default_factory=list)
    """Offsets of places and their role, where it is known."""
    rest: str = OUTSIDE
    """What words outside all spans are; ``open`` leaves words with a capital open and the others outside."""
    may_rules_speak: bool = True
    """Whether weak role labels may be added by rule."""


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without a leading "the", a trailing "'s" and surrounding space and commas."""
    while True:
        before = (start, end)
        span = text[start:end]
        start += len(span) - len(span.lstrip(" \n\t,;:("))
        end -= len(span) - len(span.rstrip(" \n\t,;:"))
        span = text[start:end]
        if re.match(r"the\s", span, re.IGNORECASE):
            start += 4
        if re.search(r"['’]s$", span):
            end -= 2
        if (start, end) == before:
            return start, max(start, end)


def geoparsing(folder: Path, name: str, splits: Collection[str | None] = ("train",)) -> Iterator[Labelled]:
    """Yield LGL, TR-News or WOTR: all toponyms, those in names of organisations too."""
    style = "wotr" if name == "wotr" else "geoparsing"
    for row in rows_of(folder / f"{name}.jsonl", splits):
        text = row["text"]
        spans = []
        for toponym in row["toponyms"]:
            start, end = trim(text, toponym["start"], toponym["end"])
            if style == "wotr" and re.search(r"[a-z]{6}\.$", text[start:end]):
                end -= 1  # the full stop of the sentence, not of an abbreviation
            is_demonym = toponym.get("demonym_form") or toponym.get("type") == "demonym"
            if start < end:
                spans.append((start, end, DEMONYM if is_demonym else PLACE))
        yield Labelled(text, style, spans)


WORLDWIDE = {"Location": "place", "Person": "person", "Organization": "organisation", "NORP": "group", "Misc": "other",
             "Product": "other", "Facility": "facility"}  # fmt: skip
FOUR = {"LOC": "place", "PER": "person", "ORG": "organisation", "MISC": "other"}
WNUT = {"location": "place", "person": "person", "group": "organisation", "corporation": "organisation",
        "creative-work": "other", "product": "other"}  # fmt: skip
CROSSNER = {"location": "place", "country": "place", "person": "person", "politician": "person",
            "politicalparty": "organisation", "organisation": "organisation", "election": "other", "event": "other",
            "misc": "group"}  # fmt: skip
RE3D = {"Location": "place", "Person": "person", "Organisation": "organisation", "Nationality": "nationality",
        "MilitaryPlatform": "other", "Weapon": "other"}  # fmt: skip


def flat(
    folder: Path, name: str, style: str, meaning: dict[str, str], splits: Collection[str | None] = ("train",)
) -> Iterator[Labelled]:
    """Yield a corpus of disjoint entities whose organisations hide the places inside them."""
    for row in rows_of(folder / f"{name}.jsonl", splits):
        text = row["text"]
        document = Labelled(text, style, has_types=True)
        for entity in sorted(row["ents"], key=lambda e: e["start"] - e["end"]):
            start, end = trim(text, entity["start"], entity["end"])
            kind = meaning.get(entity["label"])
            if kind is None or start >= end:
                continue
            if kind == "place":
                document.spans += places_in(text, start, end)
            elif kind == "nationality":
                document.spans.append((start, end, DEMONYM))
            elif kind == "group":
                document.spans.append((start, end, DEMONYM_OR_OUTSIDE))
            elif kind == "facility":
                document.spans.append((start, end, OPEN))
            elif kind == "person":
                document.spans.append((start, end, OUTSIDE))
            else:
                document.spans.append((start, end, NOT_IF_UNKNOWN))
            outer = {"facility": "place", "nationality": "group"}.get(kind, kind)
            document.types.append((start, end, outer))
        yield document


def places_in(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """Return the places of an annotated location: "Sambalpur, India" is two, and a whole phrase is left open."""
    found = []
    at = start
    for part in text[start:end].split(","):
        a, b = trim(text, at, at + len(part))
        at += len(part) + 1
        if a < b:
            is_name = (
                text[a].isupper() and len(text[a:b].split()) <= 5 and not re.search(r"\b(of the|and|in)\b", text[a:b])
            )
            found.append((a, b, PLACE if is_name else OPEN))
    return found


def nested_ewt(folder: Path, splits: Collection[str | None] = ("train",)) -> Iterator[Labelled]:
    """Yield English Web Treebank sentences: nested entities, demonyms, places in organisations."""
    meaning = {"LOC": "place", "PER": "person", "ORG": "organisation", "MISC": "other"}
    for row in rows_of(folder / "ner_ewt_nner.jsonl", splits):
        document = Labelled(row["text"], "ewt", has_types=True)
        entities = sorted(row["ents"], key=lambda e: (e["start"] - e["end"], e["start"]))
        for i, entity in enumerate(entities):
            start, end = trim(row["text"], entity["start"], entity["end"])
            if start >= end:
                continue
            outer = [e for e in entities[:i] if e["start"] <= entity["start"] and entity["end"] <= e["end"]]
            label = entity["label"]
            if label == "LOC":
                if not any(e["label"] == "LOC" for e in outer):
                    document.spans += places_in(row["text"], start, end)
                    if any(e["label"] in ("ORG", "MISC") for e in outer):
                        document.roles.append((start, end, "embedded"))
            elif label == "LOCderiv":
                is_name = (
                    row["text"][start:end].replace(".", "").isupper()
                )  # "US" as an adjective is a place name in LGL's eyes
                document.spans.append((start, end, PLACE if is_name else DEMONYM))
                if is_name:
                    document.roles.append((start, end, "modifier"))
            elif label.endswith(("part", "deriv")):
                document.spans.append((start, end, OPEN))
            if not outer and label in meaning:
                document.types.append((start, end, meaning[label]))
        yield document


def nested_gum(folder: Path, splits: Collection[str | None] = ("train",)) -> Iterator[Labelled]:
    """Yield GUM sentences: entities are whole phrases, so "Florida officials" tells a modifier apart."""
    meaning = {
        "person": "person",
        "organization": "organisation",
        "place": "place",
        "event": "other",
        "object": "other",
    }
    for row in rows_of(folder / "ner_gum.jsonl", splits):
        text = row["text"]
        document = Labelled(text, "gum", has_types=True)
        entities = sorted(row["ents"], key=lambda e: (e["start"] - e["end"], e["start"]))
        for entity in entities:
            start, end = trim(text, entity["start"], entity["end"])
            if not entity["named"] or start >= end:
                continue
            if entity["label"] == "place":
                found = places_in(text, start, end)
                document.spans += found
                for a, b, kind in found:
                    if kind == PLACE:
                        document.roles += _role_in_phrase(text, a, b, entities)
            elif entity["label"] == "person":
                document.spans.append((start, end, OUTSIDE if len(text[start:end].split()) <= 3 else NOT_IF_UNKNOWN))
            else:
                document.spans.append((start, end, NOT_IF_UNKNOWN))
            if entity["label"] in meaning and len(text[start:end].split()) <= 6:
                document.types.append((start, end, meaning[entity["label"]]))
        document.rest = OUTSIDE
        yield document


def _role_in_phrase(text: str, start: int, end: int, entities: list[dict[str, Any]]) -> list[tuple[int, int, str]]:
    """Return the role of a place that is followed, within an enclosing phrase, by another word."""
    for entity in entities:
        if entity["label"] == "place" or not (entity["start"] <= start and end < entity["end"]):
            continue
        after = re.match(r" ([A-Za-z]+)", text[end : entity["end"]])
        if after and not SMALL_WORDS.fullmatch(after[1]):
            return [(start, end, "embedded" if entity["named"] and after[1][0].isupper() else "modifier")]
    return []


def literal_or_metonymic(
    folder: Path, splits: Collection[str | None] = ("train",), *, variants: int = 2
) -> Iterator[Labelled]:
    """Yield relocar: one place a sentence, literal or metonymic; nothing is known of its other names.

    Each sentence comes again ``variants`` times with the place of another sentence in it, so that the role is learnt
    from the context and not from the name.
    """
    chance = random.Random(0)  # noqa: S311
    rows = rows_of(folder / "relocar.jsonl", splits)
    names = [row["toponyms"][0]["text"] for row in rows]
    for row in rows:
        toponym = row["toponyms"][0]
        start, end = trim(row["text"], toponym["start"], toponym["end"])
        for name in (row["text"][start:end], *chance.sample(names, variants)):
            text = row["text"][:start] + name + row["text"][end:]
            document = Labelled(
                text, "geoparsing", [(start, start + len(name), PLACE)], rest=OPEN, may_rules_speak=False
            )
            if toponym["type"] in ("literal", "metonymic"):
                document.roles.append((start, start + len(name), toponym["type"]))
            yield document


def event_places(folder: Path) -> Iterator[Labelled]:
    """Yield the sentences of event_location_train, each once: the places of its events; other names stay open."""
    places: dict[str, set[tuple[int, int]]] = {}
    for row in rows_of(folder / "event_location_train.jsonl", (None,)):
        places.setdefault(row["text"], set()).update((p["start"], p["end"]) for p in row["locations"])
    for text, spans in places.items():
        found = [place for start, end in sorted(spans) for place in places_in(text, *trim(text, start, end))]
        # Where an event takes place is literal, unless the words around it say otherwise.
        roles = [(a, b, role_by_rule(text, a, b) or "literal") for a, b, kind in found if kind == PLACE]
        if found:
            yield Labelled(text, "geoparsing", found, roles=roles, rest=OPEN)


CORPORA: dict[str, Callable[[Path], Iterator[Labelled]]] = {
    "lgl": lambda folder: geoparsing(folder, "lgl"),
    "trnews": lambda folder: geoparsing(folder, "trnews"),
    "wotr": lambda folder: geoparsing(folder, "wotr"),
    "worldwide": lambda folder: flat(folder, "ner_worldwide", "worldwide", WORLDWIDE),
    "ewt": nested_ewt,
    "gum": nested_gum,
    "re3d": lambda folder: flat(folder, "ner_re3d", "re3d", RE3D, (None,)),
    "btc": lambda folder: flat(folder, "ner_btc", "btc", FOUR),
    "wnut": lambda folder: flat(folder, "ner_wnut17", "wnut", WNUT),
    "tweebank": lambda folder: flat(folder, "ner_tweebank", "tweebank", FOUR),
    "wikigold": lambda folder: flat(folder, "ner_wikigold", "wikigold", FOUR, (None,)),
    "crossner": lambda folder: flat(folder, "ner_crossner_politics", "crossner", CROSSNER),
    "relocar": literal_or_metonymic,
    "events": event_places,
}
"""How each training corpus is read, by its short name; only ``train`` splits, and whole corpora that have none."""
