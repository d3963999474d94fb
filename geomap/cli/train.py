"""``geomap train``: models that go on from the bundled ones, with what a user has marked."""

import hashlib
import json
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from geomap.cli import options
from geomap.cli.words import count, say
from geomap.errors import ConfigError, OutputError, ReportError

if TYPE_CHECKING:
    from geomap.evaluation.gold import GoldDocument
    from geomap.training import recognizer_tuning, resolver_tuning

app = typer.Typer(no_args_is_help=True, help="Go on training a model on what you have marked or corrected.")

_On = Annotated[
    Path, typer.Option("--on", metavar="GOLD", help="What geomap gold wrote, or any corpus that geomap evaluate takes.")
]
_Split = Annotated[str, typer.Option("--split", metavar="NAME", help="Part of the corpus to learn from.")]
_EvenIfWorse = Annotated[
    bool, typer.Option("--even-if-worse", help="Write the model though it does no better on what was held back.")
]


@app.command()
def recognizer(
    *,
    on: _On,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="FOLDER", help="Where the model goes, for --recognizer encoder:FOLDER."),
    ],
    model: Annotated[
        Literal["encoder", "fast"], typer.Option("--recognizer", metavar="NAME", help="encoder (default), or fast.")
    ] = "encoder",
    split: _Split = "all",
    gazetteer: options.Gazetteer = None,
    even_if_worse: _EvenIfWorse = False,
) -> None:
    """Go on training the recogniser on marked names, and keep the result if it does better on parts held back."""
    tuning, marked = _begun("recognizer_tuning", on, split, output)
    tuned = tuning.tune(marked, model=model, gazetteer=gazetteer or None)
    _check_names(tuned.own.names, "has {}", on)
    own = f"{count(tuned.own.names, 'name')} in {count(len(marked), 'report')}"
    figures = [
        f"your gold, {own}, each read by a model that had not seen it: {_found(tuned.own)}, "
        f"as much by chance one time in {1 / tuned.own.chance:,.0f}",
        f"made-up reports, not learnt from: {_found(tuned.made_up)}",
    ]
    _report(figures, better=tuned.is_better or even_if_worse)
    from geomap.recognizers.own_tags import own_tags_json
    from geomap.recognizers.trained import model_file

    learnt = own_tags_json(tuned.tags, model_file(model))
    card = [*_origin(f"recogniser {model}", model_file(model), on, "SciPy"), *figures]
    _write(output, "recognizer", learnt, card, use=model)


@app.command()
def resolver(
    *,
    on: _On,
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="FOLDER", help="Where the model goes, for --resolver ranker:FOLDER."),
    ],
    split: _Split = "all",
    gazetteer: options.Gazetteer = None,
    even_if_worse: _EvenIfWorse = False,
) -> None:
    """Go on training the resolver on marked names, and keep the result if it does better on parts held back."""
    tuning, marked = _begun("resolver_tuning", on, split, output)
    tuned = tuning.tune(marked, gazetteer or None)
    _check_names(tuned.own.names, "the gazetteer knows {} of it", on)
    own = f"{count(tuned.own.names, 'name')} in {count(tuned.documents, 'report')}"
    figures = [
        f"your gold, {own}, each scored by a model that had not seen it: {_change(tuned.own)}",
        f"made-up reports, not learnt from: {_change(tuned.made_up)}",
    ]
    _report(figures, better=tuned.is_better or even_if_worse)
    learnt = json.dumps(tuned.model, separators=(",", ":")) + "\n"
    card = [*_origin("resolver", tuning.MODEL_PATH, on, "lightgbm"), *figures]
    card += ["Confidences are those that the bundled resolver's likelihoods were fitted to."]
    _write(output, "resolver", learnt, card, use="ranker")


def _begun(name: str, on: Path, split: str, output: Path) -> "tuple[Any, list[GoldDocument]]":
    """Return the module that trains, which needs the extra, and what is marked; the output is checked before."""
    if output.exists() and not output.is_dir():
        raise OutputError(f"{output} is a file; give a folder to -o")
    if not output.absolute().parent.is_dir():
        raise OutputError(f"{output.parent}: there is no such folder; make it first")
    try:
        tuning = import_module(f"geomap.training.{name}")
    except ModuleNotFoundError as error:
        raise ConfigError(f'training needs {error.name}; run: pip install "geomap[tune]"') from None
    from geomap.evaluation.gold import read_gold

    marked = read_gold(on, split=split)
    say(f"learning from {count(len(marked), 'report')}, and from made-up ones along with them: some minutes")
    return tuning, marked


def _check_names(names: int, known: str, on: Path) -> None:
    from geomap.training.held_back import LEAST_NAMES

    if names < LEAST_NAMES:
        needed = f"{LEAST_NAMES} or more are needed to tell whether it helps; mark more"
        raise ReportError(f"{known.format(count(names, 'marked name'))}; {needed}", path=str(on))


def _report(figures: Sequence[str], *, better: bool) -> None:
    for line in figures:
        say(line)
    if not better:
        raise ConfigError(
            "it does no better than chance would, so nothing was written; mark more, or give --even-if-worse"
        )


def _found(change: "recognizer_tuning.Change") -> str:
    before, now = (change.total(now=now) for now in (False, True))
    return (
        f"F1 {before.f1:.3f} before, {now.f1:.3f} now ({before.right:,} names found before, {now.right:,} now; "
        f"{before.needless:,} needless before, {now.needless:,} now)"
    )


def _change(counted: "resolver_tuning.Count") -> str:
    before, after = (
        f"{number / counted.names if counted.names else 0:.3f}" for number in (counted.before, counted.after)
    )
    return f"right {before} before, {after} now ({counted.gained:,} gained, {counted.lost:,} lost)"


def _origin(what: str, bundled: Path, gold: Path, library: str) -> list[str]:
    sums = (hashlib.sha256(path.read_bytes()).hexdigest()[:16] for path in (bundled, gold))
    by = f"geomap {version('geomap')}'s own (SHA-256 {next(sums)}…) with {library} {version(library)}"
    return [
        f"# A {what} of your own",
        f"Gone on from {by}, on {gold.name} (SHA-256 {next(sums)}…).",
        "A later version of geomap whose model is another refuses this file: train it again.",
    ]


def _write(folder: Path, room: str, model: str, card: Sequence[str], *, use: str) -> None:
    """Write a model and its card, and say how it is used: by ``--ROOM USE:FOLDER``."""
    from geomap.writing import write_files

    folder.mkdir(exist_ok=True)
    write_files([(folder / f"{room}.json", model), (folder / "CARD.md", "\n\n".join(card) + "\n")])
    say(f"wrote {folder}; use it with: --{room} {use}:{folder}")
