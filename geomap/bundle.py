"""Where the data files are that come with the program.

A wheel carries them in ``geomap/bundled/``; a checkout and an editable install keep them in the ``gazetteer/`` folder
beside the package.
"""

import hashlib
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from geomap.errors import ModelNotFoundError

ATTRIBUTION = (
    "Places: GeoNames (geonames.org), CC BY 4.0; Natural Earth, public domain; "
    "names of countries: Unicode CLDR, Unicode License v3"
)
"""What is to be named with every table and map made from the bundled data."""

_PACKAGE = Path(__file__).resolve().parent

MODELS = _PACKAGE / "models"
"""The trained weights that come with the program."""

VOCABULARY = MODELS / "tokenizer.json"
"""The word pieces of the recogniser's models."""


def bundled_path(name: str) -> Path:
    """Return where a bundled data file such as ``gazetteer.sqlite`` is, or should be.

    That is the packaged copy if there is one, else the path beside the package, which may not exist.
    """
    packaged = _PACKAGE / "bundled" / name
    return packaged if packaged.is_file() else _PACKAGE.parent / "gazetteer" / name


_OWN = {"encoder": "recognizer.json", "fast": "recognizer.json", "ranker": "resolver.json"}


def own_model(setting: str) -> Path | None:
    """Return the file of a user's own model that a setting names, such as ``ranker:mine`` or ``encoder:mine``.

    Behind the colon stands a folder of ``geomap train``, or its file; ``None`` where nothing does, or no such model.
    """
    name, _, place = setting.partition(":")
    if not place or name not in _OWN:
        return None
    return Path(place) / _OWN[name] if Path(place).is_dir() else Path(place)


def from_folder(setting: str, folder: Path) -> str:
    """Return a setting with the path of a user's own model, if it names one, taken from a folder."""
    name, _, place = setting.partition(":")
    return setting if own_model(setting) is None else f"{name}:{folder / place}"


SUMS = "SHA256SUMS"
"""The file beside models that says what each must be: a line a file, as ``sha256sum`` writes it."""


def check_model(path: Path) -> None:
    """Refuse a model that is not the one recorded beside it, once a process: 30 ms for all that come with the program.

    A folder without records, as a model of one's own has, is taken as it is; a missing file is left to its reader.
    """
    if path.is_file():
        found = path.stat()
        _check(path, found.st_mtime_ns, found.st_size)


def record_models(folder: Path = MODELS) -> None:
    """Record what the models of a folder are, its files of weights, after training.

    In a checkout: ``python -c "import geomap.bundle as b; b.record_models()"``.
    """
    kept = sorted(path for path in folder.iterdir() if path.suffix in (".bin", ".json", ".npz", ".onnx"))
    (folder / SUMS).write_text("".join(f"{_sha256(path)}  {path.name}\n" for path in kept), "ascii", newline="\n")


@lru_cache(maxsize=64)
def _check(path: Path, changed: int, size: int) -> None:
    sums = path.with_name(SUMS)
    if not sums.is_file():
        return
    lines = sums.read_text("utf-8", "replace").splitlines()
    recorded = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    if path.name in recorded and recorded[path.name] != _sha256(path):
        remedy = "install geomap again: pip install --force-reinstall --no-deps geomap"
        raise ModelNotFoundError(f"{path}: is damaged (its SHA-256 is not that in {SUMS} beside it); {remedy}")


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def sources() -> dict[str, Any]:
    """Return what the bundled data are made of, from ``SOURCES.toml``; empty when the file is not there."""
    path = bundled_path("SOURCES.toml")
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
