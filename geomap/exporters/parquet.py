"""Parquet, with how the table was made in its metadata, and GeoParquet, which has a geometry a row."""

import io
import json
from typing import TYPE_CHECKING, Any

import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geomap.exporters.geometry import Shown, written_of

if TYPE_CHECKING:
    import pyarrow as pa

    from geomap.exporters.formats import Export

_GEO_VERSION = "1.1.0"


def write_parquet(export: "Export") -> bytes:
    """Return the bytes of a Parquet file; of a GeoDataFrame, those of a GeoParquet file.

    Its metadata have ``geomap``, a JSON object with ``table``, the kind of table, and how it was made.
    """
    if "geometry" in export.table.columns:
        return write_geoparquet(export)
    return _written(_arrow(export.table, _facts(export)))


def write_geoparquet(export: "Export") -> bytes:
    """Return the bytes of a GeoParquet file (version 1.1.0): the table with ``extent`` and ``geometry``, as WKB.

    Coordinates are WGS 84 degrees, longitude first, which is what GeoParquet takes where it is told nothing.
    """
    from geomap.exporters.geodata import drawn_of, plain

    export.placed()
    found = drawn_of(export.table)
    table = plain(export.table).assign(extent=pd.Series([one.extent for one in found], dtype="str"))
    arrow = _arrow(table.reset_index(drop=True), {**_facts(export), "geo": _geo(found)})
    import pyarrow as pa

    cells = written_of([one.geometry for one in found], _wkb, nothing=None)
    return _written(arrow.append_column("geometry", pa.array(cells, type=pa.binary())))


def _wkb(geometry: BaseGeometry) -> bytes | None:
    return shapely.to_wkb(geometry, byte_order=1)


def _facts(export: "Export") -> dict[str, Any]:
    return {"geomap": {"table": export.kind, **export.provenance}}


def _arrow(table: pd.DataFrame, facts: dict[str, Any]) -> "pa.Table":
    import pyarrow as pa

    texts = {name: table[name].map(_encodable) for name in table.columns if pd.api.types.is_string_dtype(table[name])}
    arrow = pa.Table.from_pandas(table.assign(**texts), preserve_index=False)
    told = {name: json.dumps(value, ensure_ascii=False) for name, value in facts.items()}
    return arrow.replace_schema_metadata({**(arrow.schema.metadata or {}), **told})


def _encodable(value: Any) -> Any:
    """Return a text with "?" for lone surrogates, which have no bytes."""
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else value


def _geo(found: list[Shown]) -> dict[str, Any]:
    """Return the metadata that the GeoParquet specification asks for."""
    geometries = [one.geometry for one in found if one.geometry is not None]
    bounds = shapely.total_bounds(geometries).tolist() if geometries else []
    column = {
        "encoding": "WKB",
        "geometry_types": sorted({one.geom_type for one in geometries}),
        "orientation": "counterclockwise",
        **({"bbox": bounds} if bounds else {}),
    }
    return {"version": _GEO_VERSION, "primary_column": "geometry", "columns": {"geometry": column}}


def _written(arrow: "pa.Table") -> bytes:
    import pyarrow.parquet as pq

    out = io.BytesIO()
    pq.write_table(arrow, out)
    return out.getvalue()
