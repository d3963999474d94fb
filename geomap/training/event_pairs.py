"""Pairs of what a report tells, with whether the later tells the earlier again, for `geomap.training.event_models`."""

from collections.abc import Iterator, Sequence
from typing import Any

from geomap.evaluation.event_places import sentence_of
from geomap.events.dates.reading import event_date
from geomap.events.occurrences import REACH, Happening, features_of_pair
from geomap.events.telling import Telling
from geomap.events.triggers.features import Cue, cues_of, features_of_cue
from geomap.events.triggers.finding import Trigger, kind_of
from geomap.events.vocabulary import TYPE_OF
from geomap.events.weights import Model
from geomap.training.softmax import Row
from geomap.types import ParsedDocument, Span


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
    trigger = Trigger(
        start=own[0], end=own[1], event_type=TYPE_OF[sub_type], event_sub_type=sub_type, cue=cue, chance=1.0
    )
    return Happening(
        sentence=index,
        paragraph=parsed.document.text.count("\n", 0, sentence.start),
        telling=telling,
        trigger=trigger,
        places=tuple(places),
        date=event_date(telling.text, own, parsed.document.published),
    )
