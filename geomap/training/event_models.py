"""Train what events are read with: ``python -m geomap.training.event_models CORPORA``.

Writes ``geomap/models/events.json``, four linear models: whether a word tells of a happening, of what kind, at which of
the mentions, and whether it is one told before. Run in a checkout with the ``train`` extra. What is learnt from:

- the training reports of ``event_reports.jsonl``, whole, with the places that the program itself finds in them;
- the project's own marked sentences (`geomap.training.marked_tellings`), and every other sentence of
  ``tests/accuracy/events``, the rest being the test's;
- for the kinds, news in which the lexicon's rules give a sub-type, half of it without what the lexicon says, so that
  other words of a kind are learnt too; for the places, ``event_location_train.jsonl``.
"""

import argparse
import datetime
import json
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geomap.evaluation.event_places import MarkedEvent, is_marked, read_marked_events, sentence_of
from geomap.events.places.choosing import features_of_mentions, mentions_near
from geomap.events.telling import Telling, tell, tell_report
from geomap.events.triggers.clauses import read_sentence
from geomap.events.triggers.features import cues_of, features_of_cue
from geomap.events.triggers.ground import GROUND, OVERTAKES, REGAINS
from geomap.events.triggers.lexicon import load_lexicon
from geomap.events.triggers.realis import DOUBTS
from geomap.events.vocabulary import TYPE_OF
from geomap.events.weights import MODEL_PATH
from geomap.pipeline import Geoparser
from geomap.recognizers.sentences import sentence_spans
from geomap.training.event_pairs import pairs_of_report
from geomap.training.marked_tellings import read_marked
from geomap.training.softmax import Row, fit
from geomap.types import Document, Mention, ParsedDocument, Resolution, Sentence, Span

NEWS = ("event_location_train", "ner_re3d", "ner_worldwide", "trnews", "lgl")
"""Corpora whose sentences teach the kinds, as the lexicon's rules have them."""

QUIET = ("lgl", "trnews", "ner_worldwide", "ner_europarl_en")
"""Corpora whose sentences teach what is none."""

MOST_NEWS, MOST_CALM, MOST_QUIET = 4_000, 2_500, 12_000
"""Cues of the news that are learnt from: such as tell of something, others in sentences with a phrase of the lexicon,
and those of sentences without any: without these every verb is news ("He kissed a piglet")."""

NONE = "none"
KINDS = (*dict.fromkeys(GROUND if name in (REGAINS, OVERTAKES) else name for name in TYPE_OF),)
"""What the kinds are told apart into: ACLED's sub-types, ground taken being one."""

_OF_LEXICON = ("lexicon ", "label ", "decided", "known", "unknown")
_OF_REPORTS = ("places ", "heading", "bullet", "first")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marked:
    """A cue with what it is marked as."""

    features: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report with its gold and what the program finds in it."""

    gold: dict[str, Any]
    parsed: ParsedDocument
    tellings: dict[int, Telling]


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]


def read_reports(path: Path, geoparser: Geoparser) -> list[Report]:
    """Return the training reports of a corpus, parsed."""
    rows = [row for row in _rows(path) if row["split"] == "train"]
    documents = [
        Document(
            id=row["doc_id"], text=row["text"], title=row["title"], published=datetime.date.fromisoformat(row["date"])
        )
        for row in rows
    ]
    return [
        Report(
            gold=row,
            parsed=parsed,
            tellings=tell_report(parsed.document, parsed.document.text, parsed.sentences, parsed.resolutions),
        )
        for row, parsed in zip(rows, geoparser.parse(documents), strict=True)
    ]


def _kind(sub_type: str) -> str:
    return GROUND if sub_type in (REGAINS, OVERTAKES) else sub_type


def _labelled(telling: Telling, marks: Sequence[tuple[Span, str]]) -> Iterator[_Marked]:
    for cue in cues_of(telling):
        labels = [kind for (start, end), kind in marks if start < cue.span[1] and cue.span[0] < end]
        yield _Marked(features=tuple(features_of_cue(telling, cue)), label=_kind(labels[0]) if labels else NONE)


def cues_of_report(report: Report) -> Iterator[_Marked]:
    """Yield the cues of a report with their gold kind."""
    for sentence in report.parsed.sentences:
        marks = [
            ((event["start"] - sentence.start, event["end"] - sentence.start), event["sub_type"])
            for event in report.gold["events"]
        ]
        yield from _labelled(report.tellings[sentence.index], marks)


def cues_of_sentences() -> Iterator[_Marked]:
    """Yield the cues of the project's own marked sentences, without what only a report has."""
    own = read_marked()
    tellings = tell([one.text for one in own], places=[[span for span, _ in one.places] for one in own])
    for one, telling in zip(own, tellings, strict=True):
        yield from map(_alone, _labelled(telling, one.triggers))


def cues_of_tests() -> Iterator[_Marked]:
    """Yield the cues of every other sentence of ``tests/accuracy/events``, which says only what it tells in all."""
    folder = Path(__file__).resolve().parents[2] / "tests" / "accuracy" / "events"
    rows = [row for path in sorted(folder.glob("*.jsonl")) for row in _rows(path)][::2]
    for row, telling in zip(rows, tell([row["text"] for row in rows]), strict=True):
        marks = [(cue.span, kind) for kind in row["events"] for cue in cues_of(telling) if cue.decided == kind]
        yield from map(_alone, _labelled(telling, marks))


def _alone(one: _Marked) -> _Marked:
    kept = tuple(name for name in one.features if not name.startswith(_OF_REPORTS))
    return _Marked(features=kept, label=one.label)


def _bare(features: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in features if not name.startswith(_OF_LEXICON))


def quiet_cues(corpora: Path) -> list[_Marked]:
    """Return cues of news in sentences without any phrase of the lexicon, such as local papers are full of."""
    sentences = [one for one in _sentences_of_news(corpora, QUIET) if not _may_tell(one)]
    found: list[_Marked] = []
    for begin in range(0, len(sentences), 500):
        for telling in tell(sentences[begin : begin + 500]):
            found += [_Marked(features=tuple(features_of_cue(telling, cue)), label=NONE) for cue in cues_of(telling)]
        if len(found) >= MOST_QUIET:
            break
    return found[:MOST_QUIET]


def _sentences_of_news(corpora: Path, names: Sequence[str]) -> list[str]:
    """Return sentences of the train splits of corpora, in an order drawn with a seed."""
    draw = random.Random(0)  # noqa: S311 (a sample, no secret)
    texts: list[str] = []
    for name in names:
        rows = [row["text"][:4_000] for row in _rows(corpora / f"{name}.jsonl") if row.get("split", "train") == "train"]
        texts += draw.sample(rows, min(len(rows), 2_500 if name == NEWS[0] else 500))
    sentences = [text[start:end] for text in texts for start, end in sentence_spans(text) if end - start < 600]
    draw.shuffle(sentences)
    return sentences


def cues_of_news(corpora: Path) -> list[_Marked]:
    """Return cues of news: such as the lexicon's rules give a kind, and such as stand in sentences that have none."""
    draw = random.Random(0)  # noqa: S311 (a sample, no secret)
    sentences = _sentences_of_news(corpora, NEWS)
    told: list[_Marked] = []
    calm: list[_Marked] = []
    for begin in range(0, len(sentences), 500):
        for telling in tell([one for one in sentences[begin : begin + 500] if _may_tell(one)]):
            cues = [(cue, tuple(features_of_cue(telling, cue))) for cue in cues_of(telling)]
            for cue, features in cues:
                if cue.decided and DOUBTS.isdisjoint(features):
                    bare = draw.random() < 0.5
                    told.append(_Marked(features=_bare(features) if bare else features, label=_kind(cue.decided)))
            if not any(cue.decided for cue, _ in cues):
                calm += [_Marked(features=features, label=NONE) for _, features in cues]
        if len(told) >= MOST_NEWS:
            break
    return [*told[:MOST_NEWS], *calm[:MOST_CALM], *quiet_cues(corpora)]


def _may_tell(sentence: str) -> bool:
    return read_sentence(sentence, load_lexicon()) is not None


def fit_cues(
    reports: Sequence[Sequence[_Marked]], own: Sequence[_Marked], tests: Sequence[_Marked], news: Sequence[_Marked]
) -> dict[str, Any]:
    """Return the models of whether a cue tells of a happening, and of what kind."""
    gold = [one for report in reports for one in report]
    happening = [Row(one.features, "no" if one.label == NONE else "yes") for one in (*gold, *own)]
    happening += [Row(one.features, "no", 0.3) for one in tests if one.label == NONE and "decided" not in one.features]
    happening += [
        Row(_alone(one).features, "no" if one.label == NONE else "yes", 0.2 if one.label == NONE else 0.05)
        for one in news
    ]
    told = [one for one in (*gold, *own, *tests) if one.label != NONE]
    kinds = [Row(one.features, one.label) for one in told]
    kinds += [Row(_bare(one.features), one.label, 0.5) for one in told]
    kinds += [Row(one.features, one.label, 0.1) for one in news if one.label != NONE]
    return {
        "happening": fit(happening, ("no", "yes"), penalty=6.0),
        "kind": fit(kinds, KINDS, penalty=1.0),
    }


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
    named = mentions_near(parsed.document.text, parsed.sentences, index, event.trigger, parsed.resolutions)
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
        yield from _places(event, parsed, {index: telling}, 0.1 if event.places else 0.03)


def main() -> int:
    """Train and write the models."""
    parser = argparse.ArgumentParser(prog="python -m geomap.training.event_models", description=__doc__)
    parser.add_argument("corpora", type=Path, help="folder with the corpora named above")
    parser.add_argument("-o", "--output", type=Path, default=MODEL_PATH)
    arguments = parser.parse_args()
    geoparser = Geoparser(events=False)
    reports = read_reports(arguments.corpora / "event_reports.jsonl", geoparser)
    marked = [list(cues_of_report(report)) for report in reports]
    own, tests, news = list(cues_of_sentences()), list(cues_of_tests()), cues_of_news(arguments.corpora)
    models = fit_cues(marked, own, tests, news)
    places = [row for report in reports for row in places_of_report(report)]
    places += [*places_of_sentences(), *places_of_corpus(arguments.corpora, geoparser)]
    models["place"] = fit(places, ("no", "yes"), penalty=2.0)
    pairs: list[Row] = []
    for half in (0, 1):  # kinds as they come out for reports that were not learnt from
        others = fit_cues(marked[1 - half :: 2], own, tests, news)
        pairs += [
            row
            for report in reports[half::2]
            for row in pairs_of_report(report.gold, report.parsed, report.tellings, others)
        ]
    models["again"] = fit(pairs, ("no", "yes"), penalty=1.0)
    text = json.dumps(models, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    arguments.output.write_text(text + "\n", encoding="utf-8")
    sys.stderr.write(
        f"learnt from {sum(map(len, marked)) + len(own):,} cues, {len(news):,} of the news, {len(places):,} mentions "
        f"and {len(pairs):,} pairs; wrote {arguments.output}\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
