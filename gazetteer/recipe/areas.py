"""The table of first-level areas, ``admin1.tsv``: its rows, read and written."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from geomap.errors import GazetteerError
from geomap.writing import write_file

COLUMNS = (
    "id",
    "country_code",
    "admin1",
    "name",
    "latitude",
    "longitude",
    "iso_3166_2",
    "names",
    "population",
    "kind",
    "natural_earth",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """One row of ``admin1.tsv``."""

    id: str
    """``geonames:NNN`` where Natural Earth knows it, else ``naturalearth:`` and a code."""
    country_code: str
    """ISO 3166-1 code."""
    admin1: str
    """GeoNames ADM1 code without the country, empty where the area is no present-day ADM1."""
    name: str
    """English name."""
    latitude: float
    """Of a point inside the area."""
    longitude: float
    """Of a point inside the area."""
    iso_3166_2: str
    """Empty if unknown or if several units were merged."""
    names: tuple[str, ...]
    """Names in many languages, sorted."""
    kind: str
    """``adm1``; ``other`` for an older, finer or special area; ``country`` for the only area of its country."""
    units: tuple[str, ...]
    """Codes of the Natural Earth units that make it up."""


def write_areas(areas: Sequence[Area], target: Path) -> None:
    """Write ``admin1.tsv``: a header, then one area a line; names and units are joined by ``|``.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
    writer.writerow(COLUMNS)
    writer.writerows(map(_row, areas))
    write_file(target, text.getvalue())


def _row(area: Area) -> list[str]:
    point = [f"{area.latitude:.4f}", f"{area.longitude:.4f}"]
    names, units = "|".join(area.names), "|".join(area.units)
    # Natural Earth has no population; the column is for tables from elsewhere.
    return [
        *(area.id, area.country_code, area.admin1, area.name, *point, area.iso_3166_2),
        *(names, "", area.kind, units),
    ]


def read_areas(path: Path) -> list[Area]:
    """Read ``admin1.tsv`` as `write_areas` left it.

    Raises
    ------
    GazetteerError
        If the file is missing or lacks columns.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        return [_area_of_row(row) for row in rows]
    except (OSError, KeyError, ValueError) as error:
        remedy = "restore it from the repository, or run: make gazetteer-data"
        raise GazetteerError(f"{path}: cannot be read as admin1.tsv; {remedy}") from error


def _area_of_row(row: Mapping[str, str]) -> Area:
    return Area(
        id=row["id"],
        country_code=row["country_code"],
        admin1=row["admin1"],
        name=row["name"],
        latitude=float(row["latitude"]),
        longitude=float(row["longitude"]),
        iso_3166_2=row["iso_3166_2"],
        names=tuple(row["names"].split("|")),
        kind=row["kind"],
        units=tuple(row["natural_earth"].split("|")),
    )
