"""``geomap explain``: why each mention went where it did."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geomap.cli import options
from geomap.cli.words import count, not_read, printable, say, write_data
from geomap.config import Config

if TYPE_CHECKING:
    import pandas as pd

    from geomap.types import ParsedDocument


@options.with_settings
def explain(
    report: Annotated[
        str, typer.Argument(metavar="TEXT|FILE|-", help="A sentence in quotes, a file or folder of reports, or -.")
    ],
    *,
    format: options.Format = None,
    settings: Config,
) -> None:
    """Say for each mention which place it was taken for, why, and what it was not taken for."""
    from geomap.cli.running import Run

    run = Run(reports=report, config=settings, format=format, text=None if _names_file(report) else report)
    found = False
    for parsed in run.parsed():
        found = found or bool(parsed.resolutions)
        write_data("".join(f"{line}\n" for line in _lines(parsed)))
    run.say_missing()
    if run.left_out():
        say(f"{count(run.read, 'document')}{not_read(run.left_out())}")
    if not found:
        say("no place was found; geomap lookup NAME tells whether the gazetteer has one")


def _names_file(argument: str) -> bool:
    """Whether an argument is a path rather than a text, even if nothing is there."""
    if argument == "-" or re.fullmatch(r"\S*(/\S*|\.[a-z]{2,5})", argument):
        return True
    try:
        return Path(argument).exists()
    except (OSError, ValueError):  # too long for a path, or holds a NUL
        return False


def _lines(parsed: "ParsedDocument") -> Iterator[str]:
    """Yield the sentences that hold mentions, each with its explanations below it."""
    from geomap.resolvers.reasons import explain_resolution
    from geomap.tables.mentions import to_mentions

    on_map = _shown(to_mentions([parsed]))
    yield printable(f"# {parsed.document.id} {parsed.document.title}").rstrip()
    last = -1
    for resolution in parsed.resolutions:
        sentence = parsed.sentences[resolution.mention.sentence]
        if sentence.index != last:
            yield ""
            yield printable(parsed.document.text[sentence.start : sentence.end])
            last = sentence.index
        for line in explain_resolution(resolution):
            yield "  " + printable(line)
        yield "    " + printable(on_map[resolution.mention.start, resolution.mention.end])
    yield ""


def _shown(mentions: "pd.DataFrame") -> dict[tuple[int, int], str]:
    """Return for each mention, by its offsets, whether it is on the map and as what."""
    from geomap.tables.shown import doubts, explain_shown, told_words, whys

    spans = zip(mentions["start"], mentions["end"], strict=True)
    columns = (mentions[name] for name in ("location_basis", "location_words", "radius_km"))
    told = [told_words(basis=basis, words=words, radius_km=km) for basis, words, km in zip(*columns, strict=True)]
    cells = zip(spans, whys(mentions), doubts(mentions), told, strict=True)
    return {span: explain_shown(why, doubtful=doubtful, told=where) for span, why, doubtful, where in cells}
