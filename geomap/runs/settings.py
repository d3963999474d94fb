"""What a run parses with, and the digest of all that its results depend on."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from geomap.bundle import bundled_path, own_model
from geomap.config import Config
from geomap.errors import ConfigError
from geomap.gazetteers.installed import chosen

_PROGRAM = Path(__file__).resolve().parents[1]
_LIBRARIES = ("numpy", "onnxruntime", "spacy", "tokenizers")
"""Those whose arithmetic or splitting of words results depend on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of a `Geoparser`; see there."""

    recognizer: str = "encoder"
    resolver: str = "ranker"
    gazetteer: str = ""
    demonyms: bool = False
    boundaries: str = ""


def settings_of(config: Config) -> Settings:
    """Return those settings of a configuration that parsing depends on: reading comes before it, corrections after."""
    return Settings(
        recognizer=config.recognizer,
        resolver=config.resolver,
        gazetteer=config.gazetteer,
        demonyms=config.demonyms,
        boundaries=config.boundaries,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What results are made with: the same documents and the same origin give the same results."""

    geomap: str
    """Version of the program."""
    program: str
    """SHA-256 of its modules and models."""
    libraries: Mapping[str, str]
    """Versions of the libraries that results depend on."""
    settings: Mapping[str, str | bool]
    """Name → value, files as they were named."""
    files: Mapping[str, str]
    """Name of each gazetteer, of the boundaries and of models of the user's own → SHA-256."""

    def digest(self) -> str:
        """Return the SHA-256 of all that; where the files lie does not count."""
        told = asdict(self)
        told["settings"] = {
            name: str(value).partition(":")[0] if own_model(str(value)) else value
            for name, value in self.settings.items()
            if name not in ("gazetteer", "boundaries")
        }
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def origin_of(settings: Settings) -> Origin:
    """Return what the results of a run with these settings depend on; a second or less, as 100 MB are read."""
    lowest, imported = chosen(settings.gazetteer or None)
    paths = [lowest or bundled_path("gazetteer.sqlite"), *imported]
    paths += [Path(settings.boundaries)] if settings.boundaries else []
    paths += [path for path in map(own_model, (settings.recognizer, settings.resolver)) if path]
    wanted = (*_LIBRARIES, *([settings.recognizer.removeprefix("spacy:")] if "spacy:" in settings.recognizer else []))
    return Origin(
        geomap=_version("geomap"),
        program=_program(),
        libraries={name: _version(name) for name in wanted},
        settings=asdict(settings),
        files={path.name: sha256_of(path) for path in paths},
    )


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file; a `ConfigError` where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}); give an existing file") from None


@cache
def _program() -> str:
    """Return the digest of the program as it is installed: in a checkout the version alone does not tell."""
    whole = hashlib.sha256()
    kept = (".py", ".toml", ".json", ".onnx", ".npz", ".bin")
    for room in ("corrections", "events", "gazetteers", "language", "models", "recognizers", "resolvers", "runs"):
        for path in sorted((_PROGRAM / room).rglob("*")):
            if path.suffix in kept:
                whole.update(path.relative_to(_PROGRAM).as_posix().encode() + bytes.fromhex(sha256_of(path)))
    for path in sorted(_PROGRAM.glob("*.py")):
        whole.update(path.name.encode() + bytes.fromhex(sha256_of(path)))
    return whole.hexdigest()


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
