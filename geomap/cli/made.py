"""How the tables of a run were made, for the files that say so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from geomap.cli.outputs import STANDARD
from geomap.config import Config
from geomap.exporters.datapackage import datapackage_text, described, provenance_of
from geomap.formats import Kind
from geomap.gazetteers.inspection import gazetteer_info
from geomap.gazetteers.installed import chosen
from geomap.runs.settings import sha256_of
from geomap.tables import to_incidents, to_places
from geomap.writing import Content


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a verb made its table from."""

    command: str
    """The verb, such as ``geomap events``."""
    input: str
    """The file or folder that was read, or ``-``."""
    settings: Config | None
    """The settings; ``None`` where a saved table was read, of which nobody knows with what it was made."""

    def provenance(self) -> dict[str, Any]:
        """Describe it; files are named without their folders, and by their digests: nothing is told of a machine."""
        own = self.settings
        if own is None:
            return provenance_of(command=self.command, settings={}, gazetteers={})
        settings = {
            "recognizer": own.recognizer,
            "resolver": own.resolver,
            "demonyms": own.demonyms,
            **({"copies": True} if own.copies else {}),
            "on_error": own.on_error,
            "columns": dict(own.columns),
            **{name: _file(Path(path)) for name in ("corrections", "boundaries") if (path := getattr(own, name))},
        }
        return provenance_of(command=self.command, settings=settings, gazetteers=dict(_gazetteers(own)))

    def package(self, files: Sequence[tuple[Path, Content, pd.DataFrame | None]]) -> str:
        """Return a ``datapackage.json`` for files that this run wrote, each with what it holds and the table in it."""
        outputs = [described(path.name, content, table) for path, content, table in files]
        return datapackage_text(outputs, inputs=list(self._inputs()), provenance=self.provenance())

    def _inputs(self) -> Iterator[dict[str, Any]]:
        """Yield the files that were read, in order of their names below the folder that was given."""
        given = Path(self.input)
        if self.input == STANDARD:
            yield {"name": "standard input"}
        elif given.is_dir():
            for path in sorted(path for path in given.rglob("*") if path.is_file()):
                yield {**_file(path), "name": path.relative_to(given).as_posix()}
        else:
            yield _file(given)


def _gazetteers(settings: Config) -> Iterator[tuple[str, dict[str, str]]]:
    lowest, imported = chosen(settings.gazetteer or None)
    for path in (lowest, *imported):
        yield path.stem if path else "bundled", {"sha256": str(gazetteer_info(path)["sha256"])}


def companions(*, mentions: pd.DataFrame | None = None, events: pd.DataFrame | None = None) -> dict[Kind, pd.DataFrame]:
    """Return all tables of a run, for a file that holds several."""
    found: dict[Kind, pd.DataFrame] = {}
    if mentions is not None:
        found |= {"mentions": mentions, "places": to_places(mentions)}
    if events is not None:
        found |= {"events": events, "incidents": to_incidents(events)}
    return found


def _file(path: Path) -> dict[str, Any]:
    return {"name": path.name, "sha256": sha256_of(path)}
