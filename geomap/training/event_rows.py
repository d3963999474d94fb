"""Mentions near a trigger, and pairs of what is told, as rows that `geomap.training.event_models` learns from."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from geomap.evaluation.event_places import MarkedEvent, is_marked, read_marked_events, sentence_of
from geomap.events.dates.event_date import event_date
from geomap.events.occurrences import REACH, Happening, features_of_pair
from geomap.events.places.choosing import features_of_mentions, mentions_near
from geomap.events.telling import Telling, tell
from geomap.events.triggers.cues import Cue, cues_of, features_of_cue
from geomap.events.triggers.finding import Trigger, kind_of
from geomap.events.weights import Model
from geomap.pipeline import Geoparser
from geomap.training.event_reports import Report
from geomap.training.marked_reports import read_marked
from geomap.training.softmax import Row
from geomap.types import Document, Mention, ParsedDocument, Resolution, Sentence, Span


def places_of_report(report: Report) -> Iterator[Row]:
    """Yield each mention in the sentence of a gold trigger, with whether it is its place."""
    spans = {one["start"]: (one["start"], one["end"]) for one in report.gold["toponyms"]}
    of: dict[Span, list[Span]] = defaultdict(list)
    for event in report.gold["events"]:
        places = of[event["start"], event["end"]]
        if event["place_start"] is not None:
            places.append(spans[event["place_start"]])
    for trigger, places in of.items():
        event = MarkedEvent(document_id="", text=report.gold["text"], trigger=trigger, places=tuple(places))
        yield from _places(event, report.parsed, report.tellings)


def _places(
    event: MarkedEvent, parsed: ParsedDocument, tellings: dict[int, Telling], weight: float = 1.0
) -> Iterator[Row]:
    index = sentence_of(parsed, event.trigger)
    named = mentions_near(parsed, index, event.trigger)
    sentence, telling = parsed.sentences[index], tellings[index]
    features = features_of_mentions(parsed.document.text, sentence, telling, event.trigger, named)
    for one, names in zip(named, features, strict=True):
        if one.mention.role != "metonymic" and not one.mention.demonym:
            yield Row(names, "yes" if is_marked(one, event) else "no", weight)


def places_of_sentences() -> Iterator[Row]:
    """Yield the places of the project's own sentences, without what the gazetteer would say of them."""
    own = read_marked()
    tellings = tell([one.text for one in own], places=[[span for span, _ in one.places] for one in own])
    for one, telling in zip(own, tellings, strict=True):
        sentence = Sentence(index=0, start=0, end=len(one.text))
        named = [
            Resolution(
                mention=Mention(document_id="", sentence=0, start=start, end=end, toponym=one.text[start:end]),
                entry=None,
                confidence=0.0,
            )
            for (start, end), _ in one.places
        ]
        for number, (trigger, _) in enumerate(one.triggers):
            features = features_of_mentions(one.text, sentence, telling, trigger, named)
            for (_, of), names in zip(one.places, features, strict=True):
                kept = tuple(name for name in names if "level" not in name and "nil" not in name)
                yield Row(kept, "yes" if number in of else "no")


def places_of_corpus(corpora: Path, geoparser: Geoparser) -> Iterator[Row]:
    """Yield the mentions of a corpus of event places, without the documents that are held back."""
    events = read_marked_events(corpora / "event_location_train.jsonl")
    held = {" ".join(one.text.split()).lower() for one in events if one.held_back}
    kept = [one for one in events if not one.held_back and " ".join(one.text.split()).lower() not in held]
    kept = [one for one in kept if one.places or not one.source.startswith("Masdar")]
    documents = (Document(id=str(number), text=one.text) for number, one in enumerate(kept))
    for event, parsed in zip(kept, geoparser.parse(documents), strict=True):
        index = sentence_of(parsed, event.trigger)
        sentence = parsed.sentences[index]
        telling = tell([parsed.document.text[sentence.start : sentence.end]])[0]
        yield from _places(event, parsed, {index: telling}, 0.3 if event.places else 0.03)


def pairs_of_report(
    gold: dict[str, Any], parsed: ParsedDocument, tellings: dict[int, Telling], kinds: Model
) -> Iterator[Row]:
    """Yield pairs of gold triggers, with whether the later tells the earlier again; ``kinds`` is a model of kinds."""
    events = sorted(gold["events"], key=lambda event: event["start"])
    retold = {event["id"]: event["retells"] for event in events if event["retells"]}
    happenings: dict[Span, tuple[Happening, set[str]]] = {}
    for event in events:
        span = (event["start"], event["end"])
        if span in happenings:
            happenings[span][1].add(_root(event["id"], retold))
            continue
        found = _happening(parsed, tellings, events, span, kinds)
        if found is not None:
            happenings[span] = (found, {_root(event["id"], retold)})
    told = list(happenings.values())
    for number, (later, roots) in enumerate(told):
        for earlier, others in told[max(0, number - REACH) : number]:
            yield Row(tuple(features_of_pair(earlier, later)), "yes" if roots & others else "no")


def _root(name: str, retold: dict[str, str]) -> str:
    first = retold.get(name)
    return name if first is None else retold.get(first, first)


def _happening(
    parsed: ParsedDocument,
    tellings: dict[int, Telling],
    events: Sequence[dict[str, Any]],
    span: Span,
    kinds: Model,
) -> Happening | None:
    index = sentence_of(parsed, span)
    sentence, telling = parsed.sentences[index], tellings[index]
    own = (span[0] - sentence.start, span[1] - sentence.start)
    head = telling.head_of(own)
    if head is None:
        return None
    cue = next((one for one in cues_of(telling) if one.head.i == head.i), Cue(span=own, head=head, piece=None))
    sub_type = kind_of(telling, cue, tuple(features_of_cue(telling, cue)), kinds)
    starts = {event["place_start"] for event in events if (event["start"], event["end"]) == span}
    places = [one for one in parsed.resolutions if one.mention.sentence == index and one.mention.start in starts]
    trigger = Trigger(start=own[0], end=own[1], event_sub_type=sub_type, cue=cue, chance=1.0)
    return Happening(
        sentence=index,
        paragraph=parsed.document.text.count("\n", 0, sentence.start),
        telling=telling,
        trigger=trigger,
        places=tuple(places),
        date=event_date(telling.text, own, parsed.document.published),
    )
