"""What kind of file is to be imported, by its name and its first line."""

from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from geomap.errors import GazetteerError
from geomap.gazetteers.importing.geonames import NAME_COLUMNS, PLACE_COLUMNS, UNIT_COLUMNS
from geomap.gazetteers.importing.lines import inner_name, read_lines

Format = Literal["geonames", "whosonfirst", "table", "features", "names", "unit names"]
"""GeoNames' places, Who's On First, a table with a header, GeoJSON and the like, or names of GeoNames' places."""

PUBLISHERS: Mapping[Format, str] = {
    "geonames": "GeoNames (geonames.org)",
    "whosonfirst": "Who's On First (whosonfirst.org)",
    "names": "GeoNames (geonames.org)",
    "unit names": "GeoNames (geonames.org)",
}
"""Who is to be named, where the format tells."""

LICENCES: Mapping[Format, str] = {
    "geonames": "CC BY 4.0",
    "whosonfirst": "see whosonfirst.org/docs/licenses",
    "names": "CC BY 4.0",
    "unit names": "CC BY 4.0",
    "table": "not stated",
    "features": "not stated",
}
"""Of the data, as their publishers state it."""

_BY_ENDING: Mapping[str, Format] = {
    ".jsonl": "whosonfirst", ".ndjson": "whosonfirst", ".geojson": "features", ".json": "features",
    ".gpkg": "features", ".shp": "features", ".csv": "table", ".tsv": "table",
}  # fmt: skip


def format_of(path: Path, encoding: str = "utf-8") -> Format:
    """Return what a file is.

    Raises
    ------
    GazetteerError
        It is of no known kind, cannot be read, or is cut off.
    """
    if not path.is_file():
        raise GazetteerError(f"{path}: no such file")
    ending = Path(inner_name(path)).suffix.lower()
    if ending in _BY_ENDING:
        return _BY_ENDING[ending]
    first = next((text for _, text in read_lines(path, skip=lambda _line, _what: None, encoding=encoding)), "")
    fields = first.split("\t")
    if len(fields) == PLACE_COLUMNS and fields[0].isdecimal():
        return "geonames"
    if len(fields) in NAME_COLUMNS and fields[0].isdecimal() and fields[1].isdecimal():
        return "names"
    if len(fields) == UNIT_COLUMNS and "." in fields[0] and fields[3].isdecimal():
        return "unit names"
    if len(fields) > 1 and not any(one.isdecimal() for one in fields):
        return "table"
    raise GazetteerError(
        f"{path}, line 1: has {len(fields)} columns and no header; GeoNames' places have {PLACE_COLUMNS}, and a table "
        "of your own needs a first line with the names of its columns"
    )
