"""How tables were made, and ``datapackage.json``, which says so beside them, as Frictionless's Data Package 1 has it.

It also says what columns the tables have, and in ``prov``, after W3C PROV, what they were made from, by what. There is
no time in it, so that the same run writes the same bytes.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import pandas as pd

from geomap.bundle import ATTRIBUTION
from geomap.formats import FORMATS, Kind
from geomap.tables.saved import DAYS, LISTS
from geomap.tables.schema import kind_of
from geomap.writing import Content, write_content

_TYPES = {"int64": "integer", "Int64": "integer", "float64": "number", "bool": "boolean"}
_MEDIA = {
    ".csv": "text/csv",
    ".jsonl": "application/jsonl",
    ".parquet": "application/vnd.apache.parquet",
    ".geoparquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".geojson": "application/geo+json",
    ".gpkg": "application/geopackage+sqlite3",
    ".kml": "application/vnd.google-earth.kml+xml",
    ".html": "text/html",
}
_PROGRAMS = ("geomap", "spacy", "onnxruntime", "pandas")
"""What the result depends on, beside the models, which come with the first."""
_UNFIT = re.compile(r"[^a-z0-9._-]+")
_KEYS: Mapping[Kind, str] = {"events": "event_id", "incidents": "incident_id"}


def provenance_of(
    *, settings: Mapping[str, Any], gazetteers: Mapping[str, Mapping[str, str]], command: str = ""
) -> dict[str, Any]:
    """Describe how tables were made, as a JSON object: settings, gazetteers, versions, attribution, and the command.

    Of each gazetteer in use there are facts by its name: ``sha256`` of its content, and more. What can be is sorted, so
    that two runs that agree in it say so alike.
    """
    return {
        **({"command": command} if command else {}),
        "versions": {name: found for name in _PROGRAMS if (found := _installed(name))},
        "settings": dict(sorted(settings.items())),
        "gazetteers": {name: dict(facts) for name, facts in gazetteers.items()},
        "attribution": ATTRIBUTION,
    }


def _installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # imported from a folder, not installed
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A file that a run wrote."""

    name: str
    """Its name, without a folder."""
    size: int
    """Its bytes."""
    sha256: str
    """Their digest."""
    table: pd.DataFrame | None = None
    """The table in it, if it is one of the program's, or some of its rows."""


def described(name: str, content: Content, table: pd.DataFrame | None = None) -> Described:
    """Describe a file by what it holds."""
    digest = _Digest()
    write_content(content, digest)
    return Described(name=name, size=digest.size, sha256=digest.sha256.hexdigest(), table=table)


class _Digest:
    """Takes what is written, and keeps its length and digest alone."""

    def __init__(self) -> None:
        self.size, self.sha256 = 0, hashlib.sha256()

    def write(self, data: bytes, /) -> int:
        self.size += len(data)
        self.sha256.update(data)
        return len(data)


def datapackage_text(
    outputs: Sequence[Described], *, inputs: Sequence[Mapping[str, Any]], provenance: Mapping[str, Any]
) -> str:
    """Return a ``datapackage.json``, indented, with a line end, for the files beside it.

    Of inputs it tells ``name``, and ``sha256`` where it is known; the provenance is what `provenance_of` gave.
    """
    package = {
        "profile": "data-package",
        "name": _slug(outputs[0].name),
        "resources": [_resource(one) for one in outputs],
        "sources": [{"title": one["name"], **_hash(one)} for one in inputs],
        "geomap": dict(provenance),
        "prov": _prov(outputs, inputs, provenance),
    }
    return json.dumps(package, ensure_ascii=False, indent=2) + "\n"


def _resource(one: Described) -> dict[str, Any]:
    ending = Path(one.name).suffix.lower()
    kind = None if one.table is None else kind_of(one.table)
    facts: dict[str, Any] = {
        "name": kind or _slug(one.name),
        "path": one.name,
        "format": ending[1:],
        "mediatype": _MEDIA.get(ending, "application/octet-stream"),
        "bytes": one.size,
        "hash": f"sha256:{one.sha256}",
    }
    if one.table is None or ending not in FORMATS:
        return facts
    key = {"primaryKey": [_KEYS[kind]]} if kind is not None and kind in _KEYS else {}
    fields = [{"name": str(name), "type": _type(str(name), str(dtype))} for name, dtype in one.table.dtypes.items()]
    tabular = {"profile": "tabular-data-resource"} if ending == ".csv" else {}
    return {**facts, **tabular, "encoding": "utf-8", "schema": {"fields": fields, **key, "missingValues": [""]}}


def _slug(name: str) -> str:
    """Return a name as a data package may have it: Latin letters in lower case, digits, "-", "_" and "."."""
    return _UNFIT.sub("-", Path(name).stem.lower()).strip("-") or "tables"


def _type(name: str, dtype: str) -> str:
    if DAYS.get(name) == 1:
        return "date"
    return "array" if name in LISTS else _TYPES.get(dtype, "string")


def _hash(one: Mapping[str, Any]) -> dict[str, str]:
    return {"hash": f"sha256:{one['sha256']}"} if "sha256" in one else {}


def _prov(
    outputs: Sequence[Described], inputs: Sequence[Mapping[str, Any]], provenance: Mapping[str, Any]
) -> dict[str, Any]:
    """Return who made what from what, in the manner of PROV-JSON."""
    made = [one.name for one in outputs]
    gazetteers = {f"gazetteer:{name}": dict(facts) for name, facts in provenance.get("gazetteers", {}).items()}
    read = {f"input:{one['name']}": {key: one[key] for key in ("sha256",) if key in one} for one in inputs}
    used = [*read, *gazetteers]
    return {
        "entity": {**read, **gazetteers, **{f"output:{name}": {} for name in made}},
        "activity": {"run": {"prov:label": provenance.get("command", "geomap")}},
        "agent": {"geomap": {"prov:type": "prov:SoftwareAgent", **_version(provenance)}},
        "used": [{"prov:activity": "run", "prov:entity": name} for name in used],
        "wasGeneratedBy": [{"prov:entity": f"output:{name}", "prov:activity": "run"} for name in made],
        "wasAssociatedWith": [{"prov:activity": "run", "prov:agent": "geomap"}],
    }


def _version(provenance: Mapping[str, Any]) -> dict[str, str]:
    version = provenance.get("versions", {}).get("geomap", "")
    return {"version": version} if version else {}
