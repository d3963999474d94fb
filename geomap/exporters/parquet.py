"""Parquet, with how the table was made in its metadata, and GeoParquet, which has a geometry a row."""

import itertools
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO

import pandas as pd
import shapely

from geomap.exporters.geometry import Shown, drawn_of, plain, written_of

if TYPE_CHECKING:
    import pyarrow as pa

    from geomap.exporters.export import Export

_GEO_VERSION = "1.1.0"
ROWS_A_GROUP = 32_768
"""Rows that a file holds together: some 30 MB of a mention table in memory, and 2 MB on the disk."""


def write_parquet(export: "Export", file: BinaryIO) -> None:
    """Write a Parquet file; of a GeoDataFrame, a GeoParquet file.

    Its metadata have ``geomap``, a JSON object with ``table``, the kind of table, and how it was made. What columns of
    any objects hold follows from all their rows: a table that has such columns is collected first.
    """
    if "geometry" in export.table.columns:
        write_geoparquet(export, file)
        return
    fixed = "object" not in map(str, export.table.dtypes)
    parts = (_arrow(part, _facts(export)) for part in (export.parts() if fixed else [export.whole()]))
    first = next(parts)
    _write(itertools.chain([first], parts), first.schema, file)


def write_geoparquet(export: "Export", file: BinaryIO) -> None:
    """Write a GeoParquet file (version 1.1.0): the table with ``extent`` and ``geometry``, as WKB.

    Coordinates are WGS 84 degrees, longitude first, which is what GeoParquet takes where it is told nothing. Its
    metadata, which pyarrow writes first, say how far all geometries reach: the rows wait for that in a temporary file.
    """
    import pyarrow as pa

    export.placed()
    reach = _Reach()
    with tempfile.TemporaryFile() as waiting:
        parts = (_with_geometry(part, _facts(export), reach) for part in export.parts())
        first = next(parts)
        with pa.ipc.new_stream(waiting, first.schema) as stream:
            for part in itertools.chain([first], parts):
                stream.write_table(part)
        waiting.seek(0)
        schema = first.schema.with_metadata({**(first.schema.metadata or {}), **_told({"geo": reach.metadata()})})
        batches = pa.ipc.open_stream(waiting)
        _write((pa.Table.from_batches([batch], first.schema) for batch in batches), schema, file)


def _with_geometry(part: pd.DataFrame, facts: Mapping[str, Any], reach: "_Reach") -> "pa.Table":
    import pyarrow as pa

    found = drawn_of(part)
    reach.add(found)
    table = plain(part).assign(extent=pd.Series([one.extent for one in found], dtype="str", index=part.index))
    cells = written_of([one.geometry for one in found], partial(shapely.to_wkb, byte_order=1), nothing=None)
    return _arrow(table.reset_index(drop=True), facts).append_column("geometry", pa.array(cells, type=pa.binary()))


def _facts(export: "Export") -> dict[str, Any]:
    return {"geomap": {"table": export.kind, **export.provenance}}


def _arrow(table: pd.DataFrame, facts: Mapping[str, Any]) -> "pa.Table":
    import pyarrow as pa

    texts = {name: table[name].map(_encodable) for name in table.columns if pd.api.types.is_string_dtype(table[name])}
    arrow = pa.Table.from_pandas(table.assign(**texts), preserve_index=False)
    return arrow.replace_schema_metadata({**(arrow.schema.metadata or {}), **_told(facts)})


def _told(facts: Mapping[str, Any]) -> dict[str, str]:
    return {name: json.dumps(value, ensure_ascii=False) for name, value in facts.items()}


def _encodable(value: Any) -> Any:
    """Return a text with "?" for lone surrogates, which have no bytes."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


class _Reach:
    """What kinds of geometries there are, and how far they reach together."""

    def __init__(self) -> None:
        self.kinds: set[str] = set()
        self.bounds: tuple[float, ...] = ()

    def add(self, found: Sequence[Shown]) -> None:
        geometries = [one.geometry for one in found if one.geometry is not None]
        if geometries:
            self.kinds |= {one.geom_type for one in geometries}
            west, south, east, north = shapely.total_bounds(geometries).tolist()
            known = self.bounds or (west, south, east, north)
            self.bounds = (min(known[0], west), min(known[1], south), max(known[2], east), max(known[3], north))

    def metadata(self) -> dict[str, Any]:
        """Return what the GeoParquet specification asks for."""
        column = {
            "encoding": "WKB",
            "geometry_types": sorted(self.kinds),
            "orientation": "counterclockwise",
            **({"bbox": list(self.bounds)} if self.bounds else {}),
        }
        return {"version": _GEO_VERSION, "primary_column": "geometry", "columns": {"geometry": column}}


def _write(parts: Iterable["pa.Table"], schema: "pa.Schema", file: BinaryIO) -> None:
    """Write rows in groups of `ROWS_A_GROUP`, however many come at a time; a table without rows has an empty group."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    waiting = schema.empty_table()
    groups = 0
    with pq.ParquetWriter(file, schema) as writer:
        for part in parts:
            waiting = pa.concat_tables([waiting, part.replace_schema_metadata(schema.metadata)])
            while len(waiting) >= ROWS_A_GROUP:
                writer.write_table(waiting.slice(0, ROWS_A_GROUP).combine_chunks())
                waiting, groups = waiting.slice(ROWS_A_GROUP), groups + 1
        if len(waiting) or not groups:
            writer.write_table(waiting.combine_chunks())
