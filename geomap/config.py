"""Settings of a run: one frozen value, from keywords or from a TOML file."""

import dataclasses
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from geomap.bundle import from_folder
from geomap.errors import ConfigError, did_you_mean

_ON_ERROR = ("aside", "skip", "raise")


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """How reports are read, searched and resolved.

    Raises
    ------
    ConfigError
        If a value is of the wrong type or not allowed.
    """

    recognizer: str = "encoder"
    """Name of the recogniser: ``encoder``, ``fast``, ``given``, ``spacy:`` and the name of an installed pipeline, or
    ``encoder:`` or ``fast:`` and a folder of ``geomap train recognizer``."""
    resolver: str = "ranker"
    """Name of the resolver: ``ranker``, ``population``, or ``ranker:`` and a folder of ``geomap train resolver``."""
    gazetteer: str = ""
    """Path of a gazetteer database, which then counts alone; or names of imported ones to put on top of the one that
    comes with the program, joined by ``+`` (``bundled`` for none); empty for that one and all imported ones."""
    corrections: str = ""
    """Path of a file of corrections to apply last; empty for none."""
    boundaries: str = ""
    """Path of a GeoJSON file or GeoPackage whose areas decide what lies in a place of their name, and whose lines are
    drawn on the map; empty for none."""
    demonyms: bool = False
    """Whether demonyms ("Ukrainian") are mentions too."""
    copies: bool = False
    """Whether a report counts again that comes with address, day and text of an earlier one, as from two feeds."""
    on_error: Literal["aside", "skip", "raise"] = "aside"
    """What to do with a report that cannot be read: set it ``aside``, go on, list it and end with exit code 3, so that
    one bad report never costs the others; ``skip`` it, which ends with 0; or ``raise`` and stop."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """Document field → column of a table of reports, such as ``{"text": "body"}``; a number counts the columns of a
    table without header, from 1."""
    encoding: str = ""
    """Encoding of the reports, such as ``cp1251``; empty to find it out."""

    def __post_init__(self) -> None:  # noqa: D105  (the class docstring says what it refuses)
        for name in ("recognizer", "resolver", "gazetteer", "corrections", "boundaries", "encoding"):
            if not isinstance(getattr(self, name), str):
                raise ConfigError(f"{name} is {getattr(self, name)!r}; give a text in quotes")
        for name in ("demonyms", "copies"):
            if not isinstance(getattr(self, name), bool):
                raise ConfigError(f"{name} is {getattr(self, name)!r}; give true or false")
        if self.on_error not in _ON_ERROR:
            raise ConfigError(f"on_error is {self.on_error!r}; give one of {', '.join(_ON_ERROR)}")
        if not isinstance(self.columns, Mapping) or not all(isinstance(v, str) for v in self.columns.values()):
            raise ConfigError(f"columns is {self.columns!r}; give field and column names, such as text = 'body'")

    @classmethod
    def from_mapping(cls, settings: Mapping[str, Any]) -> "Config":
        """Build a configuration from names and values.

        Raises
        ------
        ConfigError
            If a name is unknown, with the nearest known one, or a value is not allowed.
        """
        known = [setting.name for setting in dataclasses.fields(cls)]
        for name in settings:
            if name not in known:
                hint = did_you_mean(name, known, otherwise=f"known settings: {', '.join(known)}")
                raise ConfigError(f"unknown setting {name!r}; {hint}")
        return cls(**settings)

    @classmethod
    def from_toml(cls, path: str | os.PathLike[str]) -> "Config":
        """Read a configuration from a TOML file.

        Parameters
        ----------
        path
            The file. A relative path of a ``gazetteer``, of ``corrections``, ``boundaries`` or the model behind a
            ``recognizer`` or ``resolver`` is taken from its folder.

        Raises
        ------
        ConfigError
            If the file is missing, is not TOML, or holds an unknown setting or a value that is not allowed.
        """
        try:
            settings = tomllib.loads(Path(path).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise ConfigError(f"{path}: no such file; give an existing TOML file to --config") from None
        except OSError as error:
            raise ConfigError(f"{path}: cannot be read ({error.strerror})") from None
        except (ValueError, RecursionError) as error:  # bad TOML, bad UTF-8, or lists in lists without end
            raise ConfigError(f"{path}: not valid TOML: {error}") from None
        try:
            config = cls.from_mapping(settings)
        except ConfigError as error:
            raise ConfigError(f"{path}: {error}") from None
        folder = Path(path).parent
        name, _, model = config.resolver.partition(":")
        config = dataclasses.replace(
            config,
            recognizer=from_folder(config.recognizer, folder),
            resolver=f"{name}:{folder / model}" if model else config.resolver,
            corrections=str(folder / config.corrections) if config.corrections else "",
            boundaries=str(folder / config.boundaries) if config.boundaries else "",
        )
        beside = folder / config.gazetteer
        names_imported = not Path(config.gazetteer).suffix and Path(config.gazetteer).name == config.gazetteer
        is_there = os.path.exists(beside)  # noqa: PTH110 - a path's own method fails for a name that is too long
        if not config.gazetteer or (names_imported and not is_there):
            return config
        return dataclasses.replace(config, gazetteer=str(beside))
