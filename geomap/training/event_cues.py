"""Words that may tell of a happening, with what they are marked as, for `geomap.training.event_models`."""

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from geomap.evaluation.rows import rows_of
from geomap.events.telling import Telling, read_words, tell
from geomap.events.triggers.cues import Cue, cues_of, features_of_cue, state_in_sentence, state_of
from geomap.events.triggers.lexicon import read_sentence
from geomap.events.triggers.realis import DOUBTS
from geomap.events.vocabulary import KINDS, OVERTAKES, REGAINS, TERRITORY
from geomap.events.weights import Floats
from geomap.recognizers.sentences import sentence_spans
from geomap.training.event_reports import Report
from geomap.training.marked_reports import read_marked
from geomap.training.softmax import Fitted, Row, fit
from geomap.types import Span

NEWS = ("event_location_train", "ner_re3d", "ner_worldwide", "trnews", "lgl")
"""Corpora whose sentences teach the kinds, as the lexicon's rules have them."""

QUIET = ("lgl", "trnews", "ner_worldwide", "ner_europarl_en")
"""Corpora whose sentences teach what is none."""

MOST_NEWS, MOST_CALM, MOST_QUIET = 4_000, 2_500, 12_000
"""Cues of the news that are learnt from: such as tell of something, others in sentences with a phrase of the lexicon,
and those of sentences without any: without these every verb is news ("He kissed a piglet")."""

STILL = 2_500
"""Sentences of the news without any phrase of the lexicon whose words teach what the encoder's states of none are."""

NONE = "none"
_OF_LEXICON = ("lexicon ", "label ", "decided", "known", "unknown")
_OF_REPORTS = ("places ", "heading", "bullet", "first")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Marked:
    """A cue with what it is marked as."""

    features: tuple[str, ...]
    state: Floats
    scene: Floats
    label: str


def kind_to_learn(sub_type: str) -> str:
    """Return the class of a sub-type: whoever takes it, ground taken is one."""
    return TERRITORY if sub_type in (REGAINS, OVERTAKES) else sub_type


def _labelled(telling: Telling, marks: Sequence[tuple[Span, str]]) -> Iterator[Marked]:
    for cue in cues_of(telling):
        labels = [kind for (start, end), kind in marks if start < cue.span[1] and cue.span[0] < end]
        yield _marked(telling, cue, labels[0] if labels else NONE)


def cues_of_report(report: Report) -> Iterator[Marked]:
    """Yield the cues of a report with their gold kind."""
    for sentence in report.parsed.sentences:
        marks = [
            ((event["start"] - sentence.start, event["end"] - sentence.start), event["sub_type"])
            for event in report.gold["events"]
        ]
        yield from _labelled(report.tellings[sentence.index], marks)


def cues_of_sentences() -> Iterator[Marked]:
    """Yield the cues of the project's own marked sentences, without what only a report has."""
    own = read_marked()
    tellings = tell([one.text for one in own], places=[[span for span, _ in one.places] for one in own])
    for one, telling in zip(own, tellings, strict=True):
        yield from map(_alone, _labelled(telling, one.triggers))


def cues_of_tests() -> Iterator[Marked]:
    """Yield the cues of every other sentence of ``tests/accuracy/events``, which says only what it tells in all."""
    folder = Path(__file__).resolve().parents[2] / "tests" / "accuracy" / "events"
    rows = [row for path in sorted(folder.glob("*.jsonl")) for row in rows_of(path)][::2]
    for row, telling in zip(rows, tell([row["text"] for row in rows]), strict=True):
        marks = [(cue.span, kind) for kind in row["events"] for cue in cues_of(telling) if cue.decided == kind]
        yield from map(_alone, _labelled(telling, marks))


def _marked(telling: Telling, cue: Cue, sub_type: str) -> Marked:
    return Marked(
        features=tuple(features_of_cue(telling, cue)),
        state=state_of(telling, cue),
        scene=state_in_sentence(telling, cue),
        label=kind_to_learn(sub_type),
    )


def _alone(one: Marked) -> Marked:
    return replace(one, features=tuple(name for name in one.features if not name.startswith(_OF_REPORTS)))


def _bare(features: Iterable[str]) -> tuple[str, ...]:
    return tuple(name for name in features if not name.startswith(_OF_LEXICON))


def quiet_cues(corpora: Path) -> list[Marked]:
    """Return cues of news in sentences without any phrase of the lexicon, such as local papers are full of."""
    sentences = [one for one in _sentences_of_news(corpora, QUIET) if not _may_tell(one)]
    found: list[Marked] = []
    for begin in range(0, len(sentences), 500):
        for telling in tell(sentences[begin : begin + 500]):
            found += [_marked(telling, cue, NONE) for cue in cues_of(telling)]
        if len(found) >= MOST_QUIET:
            break
    return found[:MOST_QUIET]


def _sentences_of_news(corpora: Path, names: Sequence[str]) -> list[str]:
    """Return sentences of the train splits of corpora, in an order drawn with a seed."""
    draw = random.Random(0)  # noqa: S311 (a sample, no secret)
    texts: list[str] = []
    for name in names:
        rows = [
            row["text"][:4_000] for row in rows_of(corpora / f"{name}.jsonl") if row.get("split", "train") == "train"
        ]
        texts += draw.sample(rows, min(len(rows), 2_500 if name == NEWS[0] else 500))
    sentences = [text[start:end] for text in texts for start, end in sentence_spans(text) if end - start < 600]
    draw.shuffle(sentences)
    return sentences


def cues_of_news(corpora: Path) -> list[Marked]:
    """Return cues of news: such as the lexicon's rules give a kind, and such as stand in sentences that have none."""
    draw = random.Random(0)  # noqa: S311 (a sample, no secret)
    sentences = _sentences_of_news(corpora, NEWS)
    told: list[Marked] = []
    calm: list[Marked] = []
    for begin in range(0, len(sentences), 500):
        for telling in tell([one for one in sentences[begin : begin + 500] if _may_tell(one)]):
            cues = [(cue, _marked(telling, cue, cue.decided or NONE)) for cue in cues_of(telling)]
            for _, one in cues:
                if one.label != NONE and DOUBTS.isdisjoint(one.features):
                    bare = draw.random() < 0.5
                    told.append(replace(one, features=_bare(one.features)) if bare else one)
            if all(one.label == NONE for _, one in cues):
                calm += [one for _, one in cues]
        if len(told) >= MOST_NEWS:
            break
    return [*told[:MOST_NEWS], *calm[:MOST_CALM], *quiet_cues(corpora)]


def _may_tell(sentence: str) -> bool:
    return read_sentence(sentence) is not None


def fit_hints(texts: Sequence[tuple[str, Sequence[Span]]], corpora: Path) -> Fitted:
    """Return the model of how likely a word is a trigger by its state alone.

    Parameters
    ----------
    texts
        Texts with the spans of their triggers.
    corpora
        Where the news is: `STILL` of its sentences have none.
    """
    still = [one for one in _sentences_of_news(corpora, QUIET) if not _may_tell(one)][:STILL]
    rows: list[Row] = []
    for text, spans, weight in [*((text, spans, 1.0) for text, spans in texts), *((one, (), 0.3) for one in still)]:
        words = read_words(text, sentence_spans(text))
        for (start, end), state in zip(words.spans.tolist(), words.states.astype(np.float64), strict=True):
            is_one = any(first < end and start < last for first, last in spans)
            rows.append(Row((), "yes" if is_one else "no", weight, state))
    return fit(rows, ("no", "yes"), penalty=1.5, scale=0.1)


def fit_cues(
    gold: Sequence[Marked], own: Sequence[Marked], tests: Sequence[Marked], news: Sequence[Marked]
) -> dict[str, Fitted]:
    """Return the models of whether a cue tells of a happening, and of what kind.

    Parameters
    ----------
    gold
        Cues of marked reports.
    own
        Those of the project's marked sentences.
    tests
        Those of the sentences of ``tests/accuracy/events``, of which none is negative that the lexicon decides.
    news
        Those of the news, by the lexicon.
    """
    happening = [_row(one, _is_told(one)) for one in gold]
    happening += [_row(one, _is_told(one), 2.0) for one in own]  # few, and short accounts as briefs have them
    happening += [_row(one, "yes") for one in tests if one.label != NONE]
    happening += [_row(one, "no") for one in tests if one.label == NONE and "decided" not in one.features]
    happening += [_row(_alone(one), _is_told(one), 0.2 if one.label == NONE else 0.05) for one in news]
    told = [one for one in (*gold, *own, *tests) if one.label != NONE]
    kinds = [Row(one.features, one.label, 1.0, one.scene) for one in told]
    kinds += [Row(_bare(one.features), one.label, 0.5, one.scene) for one in told]
    kinds += [Row(one.features, one.label, 0.1, one.scene) for one in news if one.label != NONE]
    return {
        "happening": fit(happening, ("no", "yes"), penalty=6.0),
        "kind": fit(kinds, KINDS, penalty=1.0),
    }


def _is_told(one: Marked) -> str:
    return "no" if one.label == NONE else "yes"


def _row(one: Marked, label: str, weight: float = 1.0) -> Row:
    return Row(one.features, label, weight, one.state)
