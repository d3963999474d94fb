"""How fast the parts are, in one run beside each other: machines differ, ratios less.

Run with ``make bench``. Prints the best of several runs of each part, in seconds of processor time, which other
programs disturb less than the clock's.
"""

import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import spacy

import geomap
from geomap.events.incidents import Account, group_accounts, independent_sources
from geomap.events.triggers.finding import find_triggers
from geomap.exporters.geojson import to_geojson, to_geojson_text
from geomap.recognizers.sentences import sentence_spans
from tests.benchmark.bulletins import bulletins
from tests.benchmark.synthetic import synthetic_events

SEEDS = Path(__file__).resolve().parents[2] / "seeds"


def best(work: Callable[[], object], *, runs: int = 5) -> float:
    """Return the shortest of several runs, in seconds."""
    times = []
    for _ in range(runs):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times)


@cache
def compiled() -> "tempfile.TemporaryDirectory[str]":
    """Return the folder in which the modules of programs that are started lie compiled."""
    return tempfile.TemporaryDirectory()


def started(*words: str) -> float:
    """Return the processor time that a program of its own takes, the shortest of three starts, in seconds.

    Modules are compiled beforehand, as those of an installed copy are.
    """
    settings = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": compiled().name}
    subprocess.run([sys.executable, *words], check=True, capture_output=True, env=settings)

    def spent() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    times = []
    for _ in range(3):
        begun = spent()
        subprocess.run([sys.executable, *words], check=True, capture_output=True, env=settings)
        times.append(spent() - begun)
    return min(times)


def report(what: str, seconds: float, *, per: int, unit: str, base: float | None = None) -> None:
    """Print the time of one unit of work, how many fit in a second, and the ratio to a base time."""
    ratio = f"{seconds / base:8.2f} x" if base else ""
    sys.stdout.write(
        f"{what:<34}{1e6 * seconds / per:>12,.1f} µs a {unit:<9}{per / seconds:>14,.0f} a second {ratio}\n"
    )


def sources(accounts: list[Account]) -> Callable[[list[int]], list[int]]:
    """Return what counts the sources of an incident."""
    return lambda incident: independent_sources([accounts[number] for number in incident])


def main() -> None:
    """Time starting, looking up, parsing and writing over the sample reports."""
    bare = started("-c", "")
    report("import geomap", started("-c", "import geomap") - bare, per=1, unit="start")
    one = next(path for path in sorted(SEEDS.rglob("*.txt")))
    report("geomap parse, one report", started("-m", "geomap", "parse", str(one)), per=1, unit="start")
    opened = best(lambda: geomap.load_gazetteer().lookup("Kyiv"))
    report("open the gazetteer, one lookup", opened, per=1, unit="start")
    gazetteer = geomap.load_gazetteer()
    connection = sqlite3.connect(f"{gazetteer.path.as_uri()}?mode=ro", uri=True)
    names = [name for (name,) in connection.execute("SELECT DISTINCT name FROM entry ORDER BY id LIMIT 40000")]
    connection.close()
    report("look up a name", best(lambda: [gazetteer.lookup(name) for name in names]), per=len(names), unit="name")

    documents = list(geomap.read_documents(SEEDS))
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    texts = [document.text for document in documents]
    words = sum(len(text.split()) for text in texts)  # words as people count them, punctuation left out
    tokens = best(lambda: list(blank.pipe(texts)))
    report("spaCy's tokenizer and sentencizer", tokens, per=words, unit="word")
    for name in ("encoder", "fast"):
        geoparser = geomap.Geoparser(recognizer=name)
        recognised = best(lambda nlp=geoparser.nlp: list(nlp.pipe(texts, disable=["geomap_resolver", "geomap_events"])))  # type: ignore[misc]
        report(f"recognise places: {name}", recognised, per=words, unit="word", base=tokens)
    sentences = [text[start:end] for text in texts for start, end in sentence_spans(text)]
    triggers = best(lambda: [find_triggers(sentence) for sentence in sentences])
    report("tell what happened", triggers, per=words, unit="word", base=tokens)
    report("the same, by report", triggers, per=len(documents), unit="report", base=tokens)
    without = geomap.Geoparser(events=False)
    plain = best(lambda: list(without.parse(documents)))
    report("the pipeline without events", plain, per=words, unit="word", base=tokens)
    geoparser = geomap.Geoparser()
    parsed = list(geoparser.parse(documents))
    whole = best(lambda: list(geoparser.parse(documents)))
    report("the whole pipeline", whole, per=words, unit="word", base=tokens)
    report("the same, by report", whole, per=len(documents), unit="report", base=tokens)
    report("of it telling events", whole - plain, per=len(documents), unit="report", base=plain)

    mentions = geomap.to_mentions(parsed)
    count = len(mentions)
    report("collect the mention table", best(lambda: geomap.to_mentions(parsed)), per=count, unit="mention")
    report("write GeoJSON", best(lambda: to_geojson_text(to_geojson(mentions))), per=count, unit="mention")
    events = synthetic_events(100_000)
    report("group 100,000 events", best(lambda: geomap.to_incidents(events), runs=1), per=len(events), unit="event")
    for count in (2_000, 8_000):
        for dated in (True, False):
            told = bulletins(count, dated=dated)
            what = f"group {count:,} {'dated' if dated else 'undated'} bulletins"
            grouped = best(lambda told=told: list(map(sources(told), group_accounts(told))), runs=1)  # type: ignore[misc]
            report(what, grouped, per=count, unit="event")
    page = best(lambda: geomap.to_map(mentions, documents=documents).to_html())
    report("write the map", page, per=1, unit="map")


if __name__ == "__main__":
    main()
