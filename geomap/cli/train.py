"""``geomap train``: models that go on from the bundled ones, with what a user has marked."""

import hashlib
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Annotated

import typer

from geomap.cli import options
from geomap.cli.words import count, say
from geomap.errors import ConfigError, OutputError, ReportError

if TYPE_CHECKING:
    from geomap.training.tuning import Count, Tuned

app = typer.Typer(no_args_is_help=True, help="Go on training a model on what you have marked or corrected.")


@app.callback()
def _group() -> None:
    """Make ``resolver`` a word to be given, though it is the only one."""


@app.command()
def resolver(
    *,
    on: Annotated[
        Path,
        typer.Option("--on", metavar="GOLD", help="What geomap gold wrote, or any corpus that geomap evaluate takes."),
    ],
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="FOLDER", help="Where the model goes, for --resolver ranker:FOLDER."),
    ],
    split: Annotated[str, typer.Option("--split", metavar="NAME", help="Part of the corpus to learn from.")] = "all",
    gazetteer: options.Gazetteer = None,
    even_if_worse: Annotated[
        bool, typer.Option("--even-if-worse", help="Write the model though it does no better on what was held back.")
    ] = False,
) -> None:
    """Go on training the resolver on marked names, and keep the result if it does better on parts held back."""
    from geomap.evaluation.gold import read_gold

    if output.exists() and not output.is_dir():
        raise OutputError(f"{output} is a file; give a folder to -o")
    if not output.absolute().parent.is_dir():
        raise OutputError(f"{output.parent}: there is no such folder; make it first")
    tuning = _tuning()
    settings = options.settings(gazetteer=gazetteer)
    marked = read_gold(on, split=split)
    say(f"learning from {count(len(marked), 'report')}, and from made-up ones along with them: some minutes")
    tuned = tuning.tune(marked, settings.gazetteer or None)
    if tuned.own.names < tuning.LEAST_NAMES:
        needed = f"{tuning.LEAST_NAMES} or more are needed to tell whether it helps; mark more"
        raise ReportError(f"the gazetteer knows {count(tuned.own.names, 'marked name')} of it; {needed}", path=str(on))
    for line in _figures(tuned):
        say(line)
    if not (tuned.is_better or even_if_worse):
        raise ConfigError(
            "it does no better than chance would, so nothing was written; mark more, or give --even-if-worse"
        )
    _write(output, tuned, on)
    say(f"wrote {output}; use it with: --resolver ranker:{output}")


def _tuning() -> ModuleType:
    """Return the module that trains, which needs LightGBM."""
    try:
        from geomap.training import tuning
    except ModuleNotFoundError as error:
        raise ConfigError(f'training needs {error.name}; run: pip install "geomap[tune]"') from None
    return tuning


def _figures(tuned: "Tuned") -> list[str]:
    own = f"{count(tuned.own.names, 'name')} in {count(tuned.documents, 'report')}"
    return [
        f"your gold, {own}, each scored by a model that had not seen it: {_change(tuned.own)}",
        f"made-up reports, not learnt from: {_change(tuned.made_up)}",
    ]


def _change(counted: "Count") -> str:
    before, after = (
        f"{number / counted.names if counted.names else 0:.3f}" for number in (counted.before, counted.after)
    )
    return f"right {before} before, {after} now ({counted.gained:,} gained, {counted.lost:,} lost)"


def _write(folder: Path, tuned: "Tuned", gold: Path) -> None:
    import json

    from geomap.writing import write_files

    model = json.dumps(tuned.model, separators=(",", ":")) + "\n"
    card = [
        "# A resolver of your own",
        f"Gone on from geomap {version('geomap')}'s own (SHA-256 {tuned.model['tuned_from'][:16]}…) with LightGBM "
        f"{version('lightgbm')}, on {gold.name} (SHA-256 {hashlib.sha256(gold.read_bytes()).hexdigest()[:16]}…).",
        *_figures(tuned),
        "Confidences are those that the bundled resolver's likelihoods were fitted to. A later version of geomap with "
        "other features refuses this file: train it again.",
    ]
    folder.mkdir(exist_ok=True)
    write_files([(folder / "resolver.json", model), (folder / "CARD.md", "\n\n".join(card) + "\n")])
