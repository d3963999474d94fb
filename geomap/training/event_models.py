"""Train what events are read with: ``python -m geomap.training.event_models CORPORA``.

Writes ``geomap/models/events.json`` and ``events.npz``, linear models: how likely a word is a trigger by the encoder's
state of it alone, whether a word tells of a happening, of what kind, at which of the mentions, and whether it is one
told before. Run in a checkout with the ``train`` extra. What is learnt from:

- reports with their events marked (`geomap.training.event_reports`), whole, with the places that the program itself
  finds in them;
- the project's own marked sentences (`geomap.training.marked_reports`), and every other sentence of
  ``tests/accuracy/events``, the rest being the test's;
- for the kinds, news in which the lexicon's rules give a sub-type, half of it without what the lexicon says, so that
  other words of a kind are learnt too; for the places, ``event_location_train.jsonl``.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from geomap.bundle import SUMS, record_models
from geomap.events import weights
from geomap.pipeline import Geoparser
from geomap.training.event_cues import (
    Marked,
    cues_of_news,
    cues_of_report,
    cues_of_sentences,
    cues_of_tests,
    fit_cues,
    fit_hints,
)
from geomap.training.event_reports import Report, marked_rows, parse_marked, read_reports, triggers_of_rows
from geomap.training.event_rows import pairs_of_report, places_of_corpus, places_of_report, places_of_sentences
from geomap.training.marked_reports import read_marked
from geomap.training.softmax import Fitted, Row, fit


def write_models(models: dict[str, Fitted], target: Path) -> None:
    """Write models to a JSON file, and the weights of their states beside it, for the program to read from then on."""
    named = {name: one.named for name, one in models.items()}
    target.write_text(json.dumps(named, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", "utf-8")
    arrays = {name: one.dense.astype(np.float32) for name, one in sorted(models.items()) if one.dense is not None}
    np.savez_compressed(target.with_suffix(".npz"), **arrays)  # type: ignore[arg-type]
    if target.with_name(SUMS).exists():
        record_models(target.parent)
    weights.forget()


def fit_again(
    reports: Sequence[Report], cues: Sequence[Sequence[Marked]], others: Sequence[Sequence[Marked]]
) -> Fitted:
    """Return the model of retellings, learnt with kinds as they come out for reports that were not learnt from.

    Parameters
    ----------
    reports
        The marked reports.
    cues
        The cues of each.
    others
        The cues of the marked sentences, of the tests' and of the news.
    """
    pairs: list[Row] = []
    for half in (0, 1):
        learnt = [one for report in cues[1 - half :: 2] for one in report]
        kinds = fit_cues(learnt, *others)["kind"].model
        pairs += [
            row
            for report in reports[half::2]
            for row in pairs_of_report(report.gold, report.parsed, report.tellings, kinds)
        ]
    return fit(pairs, ("no", "yes"), penalty=1.0)


def main() -> int:
    """Train and write the models."""
    parser = argparse.ArgumentParser(prog="python -m geomap.training.event_models", description=__doc__)
    parser.add_argument("corpora", type=Path, help="folder with the corpora named above")
    arguments = parser.parse_args()
    rows = marked_rows(arguments.corpora)
    texts = [*triggers_of_rows(rows), *((one.text, [span for span, _ in one.triggers]) for one in read_marked())]
    models = {"hint": fit_hints(texts, arguments.corpora)}
    write_models(models, weights.MODEL_PATH)  # which words are asked about depends on it
    geoparser = Geoparser(events=False)
    reports = read_reports(rows, parse_marked(rows, geoparser))
    cues = [list(cues_of_report(report)) for report in reports]
    others = (list(cues_of_sentences()), list(cues_of_tests()), cues_of_news(arguments.corpora))
    models |= fit_cues([one for report in cues for one in report], *others)
    places = [row for report in reports for row in places_of_report(report)]
    places += [*places_of_sentences(), *places_of_corpus(arguments.corpora, geoparser)]
    models["place"] = fit(places, ("no", "yes"), penalty=2.0)
    models["again"] = fit_again(reports, cues, others)
    write_models(models, weights.MODEL_PATH)
    sys.stderr.write(
        f"learnt from {sum(map(len, cues)):,} cues of {len(reports):,} reports, {sum(map(len, others)):,} of sentences "
        f"and news, and {len(places):,} mentions; wrote {weights.MODEL_PATH}\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
