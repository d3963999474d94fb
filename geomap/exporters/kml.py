"""KML, for Google Earth: a placemark a row, with the days it may have been for the time slider."""

import html
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, BinaryIO
from xml.sax.saxutils import escape, quoteattr

import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from geomap.bundle import ATTRIBUTION
from geomap.exporters.csv_jsonl import rows
from geomap.exporters.geometry import drawn_of, plain, written_of
from geomap.exporters.styles import SIGNS
from geomap.formats import Kind
from geomap.tables.files import NO_XML, escaped

if TYPE_CHECKING:
    from geomap.exporters.export import Export

_NUMBERS = {name: number for number, name in enumerate(SIGNS)}
_TYPES: Mapping[str, str] = {"int64": "int", "Int64": "int", "float64": "double", "bool": "bool"}
_DAYS: Mapping[Kind, tuple[str, str]] = {
    "mentions": ("event_date", "published"),
    "places": ("first_published", "last_published"),
    "events": ("event_date", ""),
    "incidents": ("first_date", "last_date"),
}


def write_kml(export: "Export", file: BinaryIO) -> None:
    """Write a KML 2.2 file with a placemark a row.

    All cells are in the data of the placemark; what a number or a text lacks is left out. Its geometry is as in
    `geomap.exporters.geometry`, or none. Its time span is that of the event; of a mention without one the day of the
    report, and of a place the days of the reports that mention it.
    """
    kind = export.placed()
    _write_lines(file, _head(kind, plain(export.table)))
    for part in export.parts():
        _write_lines(file, _placemarks(kind, part))
    _write_lines(file, ["</Document>", "</kml>"])


def _write_lines(file: BinaryIO, lines: Iterable[str]) -> None:
    file.write("".join(f"{line}\n" for line in lines).encode())


def _placemarks(kind: Kind, part: pd.DataFrame) -> Iterator[str]:
    table = plain(part)
    drawn = written_of([one.geometry for one in drawn_of(part)], _drawn, nothing="")
    names = [str(name) for name in table.columns]
    for row, geometry in zip(rows(table), drawn, strict=True):
        yield from _placemark(kind, dict(zip(names, row, strict=True)), geometry)


def _head(kind: Kind, table: pd.DataFrame) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<kml xmlns="http://www.opengis.net/kml/2.2">'
    yield "<Document>"
    yield f"<name>{kind}</name>"
    yield f"<description>{_text(ATTRIBUTION)}</description>"
    for number, sign in enumerate(SIGNS.values()):
        red, green, blue = (sign.colour[at : at + 2] for at in (1, 3, 5))
        yield (
            f'<Style id="sign{number}"><IconStyle><color>ff{blue}{green}{red}</color><scale>0.7</scale>'
            "</IconStyle><LabelStyle><scale>0.7</scale></LabelStyle>"
            f"<LineStyle><color>ff{blue}{green}{red}</color></LineStyle>"
            f"<PolyStyle><color>40{blue}{green}{red}</color></PolyStyle></Style>"
        )
    yield f'<Schema name="{kind}" id="{kind}">'
    for name, dtype in table.dtypes.items():
        yield f'<SimpleField type="{_TYPES.get(str(dtype), "string")}" name={_attribute(str(name))}></SimpleField>'
    yield "</Schema>"


def _placemark(kind: Kind, row: Mapping[str, Any], geometry: str) -> Iterator[str]:
    sign = _NUMBERS.get(row.get("event_type", ""), len(SIGNS) - 1)
    yield "<Placemark>"
    yield f"<name>{_text(row['name'] or row.get('toponym') or '')}</name>"
    yield f"<description>{_text(_balloon(row))}</description>"
    if span := _span(kind, row):
        yield f"<TimeSpan><begin>{span[0]}</begin><end>{span[1]}</end></TimeSpan>"
    yield f"<styleUrl>#sign{sign}</styleUrl>"
    yield f'<ExtendedData><SchemaData schemaUrl="#{kind}">'
    for name, value in row.items():
        if value is not None and value != "":
            yield f"<SimpleData name={_attribute(name)}>{_text(_cell(value))}</SimpleData>"
    yield "</SchemaData></ExtendedData>"
    if geometry:
        yield geometry
    yield "</Placemark>"


def _span(kind: Kind, row: Mapping[str, Any]) -> tuple[str, str] | None:
    first, last = (row.get(name) or "" for name in _DAYS[kind])
    if kind in ("mentions", "events"):  # an interval in one cell, else the report's day
        days = (first or last).split("/")
        first, last = days[0], days[-1]
    return (_text(first), _text(last)) if first and last else None


def _balloon(row: Mapping[str, Any]) -> str:
    """Return what opens on a click, as HTML: the quotation and where it is from."""
    quoted = html.escape(str(row.get("sentence") or ""))
    source = ", ".join(html.escape(str(row[name])) for name in ("title", "source", "published") if row.get(name))
    url = str(row.get("url") or "")
    if url.startswith(("http://", "https://")):
        source = f'<a href="{html.escape(url)}">{source or html.escape(url)}</a>'
    return "".join([f"<blockquote>{quoted}</blockquote>" if quoted else "", f"<p>{source}</p>" if source else ""])


def _cell(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _text(value: str) -> str:
    return escape(escaped(value, NO_XML), {"\r": "&#13;"})


def _attribute(value: str) -> str:
    return quoteattr(escaped(value, NO_XML))


def _drawn(geometry: BaseGeometry) -> str:
    if isinstance(geometry, shapely.Point):
        return f"<Point><coordinates>{geometry.x},{geometry.y}</coordinates></Point>"
    drawn = [_polygon(part) for part in shapely.get_parts(geometry) if isinstance(part, shapely.Polygon)]
    return drawn[0] if len(drawn) == 1 else f"<MultiGeometry>{''.join(drawn)}</MultiGeometry>"


def _polygon(part: shapely.Polygon) -> str:
    inner = "".join(f"<innerBoundaryIs>{_ring(ring.coords)}</innerBoundaryIs>" for ring in part.interiors)
    return f"<Polygon><outerBoundaryIs>{_ring(part.exterior.coords)}</outerBoundaryIs>{inner}</Polygon>"


def _ring(points: Iterable[Sequence[float]]) -> str:
    return f"<LinearRing><coordinates>{' '.join(f'{x},{y}' for x, y in points)}</coordinates></LinearRing>"
