"""The rivers and lakes that maps draw: how they are made, and those that come with the program."""

import gzip
import json
import struct
from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
import shapely

from gazetteer.recipe.shapefiles import read_shapes, read_table
from gazetteer.recipe.waters import build_waters
from geomap.bundle import bundled_path
from geomap.errors import GazetteerError, OutputError
from geomap.exporters.leaflet.basemap.waters import load_waters

Lines = Sequence[Sequence[tuple[float, float]]]
GAZETTEER = bundled_path("gazetteer.sqlite")


def write_shapes(path: Path, *records: Lines, kind: int = 3) -> Path:
    body = b""
    for number, lines in enumerate(records, start=1):
        points = [point for line in lines for point in line]
        starts = list(accumulate([0, *(len(line) for line in lines[:-1])]))
        content = struct.pack("<i4d2i", kind, 0, 0, 0, 0, len(lines), len(points))
        content += struct.pack(f"<{len(starts)}i", *starts) + b"".join(struct.pack("<2d", *point) for point in points)
        content = content if lines else struct.pack("<i", 0)
        body += struct.pack(">2i", number, len(content) // 2) + content
    path.write_bytes(struct.pack(">7i", 9994, 0, 0, 0, 0, 0, 50 + len(body) // 2).ljust(100, b"\0") + body)
    return path


def write_table(path: Path, *rows: tuple[str, str], encoding: str = "utf-8") -> Path:
    columns = b"".join(
        name.encode().ljust(11, b"\0") + b"C" + bytes(4) + bytes([width]) + bytes(15)
        for name, width in (("SCALERANK", 10), ("name", 40))
    )
    cells = b"".join(b" " + rank.encode().rjust(10) + name.encode(encoding).ljust(40) for rank, name in rows)
    path.write_bytes(
        b"\x03abc" + struct.pack("<IHH", len(rows), 33 + len(columns), 51) + bytes(20) + columns + b"\r" + cells
    )
    return path


SQUARE = [(30.0, 50.0), (30.0, 50.1), (30.1, 50.1), (30.1, 50.0), (30.0, 50.0)]


def built(folder: Path, rivers: Sequence[tuple[Lines, str, str]], lakes: Sequence[Lines] = ([SQUARE],)) -> Any:
    shapes = write_shapes(folder / "rivers.shp", *(lines for lines, _, _ in rivers))
    write_table(folder / "rivers.dbf", *((rank, name) for _, rank, name in rivers))
    target = folder / "waters.json.gz"
    build_waters(shapes, write_shapes(folder / "lakes.shp", *lakes, kind=5), target, gazetteer=GAZETTEER)
    return json.loads(gzip.decompress(target.read_bytes()))


def test_rivers_are_sorted_by_rank_on_a_grid_and_named_as_the_gazetteer_does(tmp_path: Path) -> None:
    small = [[(30.0, 50.0), (30.5, 50.3), (31.0, 50.0)]]
    data = built(tmp_path, [(small, "9.000", "Brook of Ruritania"), ([[(35.2, 51.6), (36.1, 51.7)]], "7", "Seym")])
    assert data["grid"] == 0.002
    assert data["rivers"] == [
        [7, "Seym River", [17600, 25800, 450, 50]],
        [9, "Brook of Ruritania", [15000, 25000, 250, 150, 250, -150]],
    ]


def test_lakes_keep_their_islands_and_what_ran_dry_is_left_out(tmp_path: Path) -> None:
    island = [(30.02, 50.02), (30.08, 50.02), (30.08, 50.08), (30.02, 50.08), (30.02, 50.02)]
    kakhovka = [(34.0, 47.3), (34.0, 47.7), (34.6, 47.7), (34.6, 47.3), (34.0, 47.3)]
    data = built(tmp_path, [([[(0, 0), (1, 1)]], "1", "")], [[SQUARE, island], [], [kakhovka]])
    assert [ring[:4] for ring in data["lakes"]] == [[15000, 25000, 0, 50], [15010, 25010, 30, 0]]


def test_the_same_sources_give_the_same_bytes(tmp_path: Path) -> None:
    built(tmp_path, [([[(0, 0), (1, 1)]], "1", "A")])
    first = (tmp_path / "waters.json.gz").read_bytes()
    built(tmp_path, [([[(0, 0), (1, 1)]], "1", "A")])
    assert (tmp_path / "waters.json.gz").read_bytes() == first


def test_older_tables_are_in_windows_1252(tmp_path: Path) -> None:
    path = write_table(tmp_path / "a.dbf", ("1", "Isère"), encoding="cp1252")
    assert read_table(path) == [{"scalerank": "1", "name": "Isère"}]


def test_bad_sources_are_named(tmp_path: Path) -> None:
    for reader in (read_shapes, read_table):
        with pytest.raises(GazetteerError, match=r"none\.shp: cannot be read"):
            reader(tmp_path / "none.shp")
        (tmp_path / "bad.shp").write_bytes(b"x")
        with pytest.raises(GazetteerError, match=r"bad\.shp: is"):
            reader(tmp_path / "bad.shp")
    with pytest.raises(GazetteerError, match="is damaged"):
        read_shapes(write_shapes(tmp_path / "points.shp", [[(1, 1)]], kind=1))
    cut = write_shapes(tmp_path / "cut.shp", [SQUARE])
    cut.write_bytes(cut.read_bytes()[:-9])
    with pytest.raises(GazetteerError, match="is damaged"):
        read_shapes(cut)
    shapes = write_shapes(tmp_path / "r.shp", [SQUARE], [SQUARE])
    write_table(tmp_path / "r.dbf", ("1", "A"))
    with pytest.raises(GazetteerError, match="does not fit its table"):
        build_waters(shapes, shapes, tmp_path / "out.gz", gazetteer=GAZETTEER)
    write_table(tmp_path / "r.dbf", ("1", "A"), ("2", "B"))
    with pytest.raises(OutputError):
        build_waters(shapes, shapes, tmp_path / "no" / "out.gz", gazetteer=GAZETTEER)


def test_the_bundled_waters_hold_the_rivers_that_wars_are_fought_at() -> None:
    _, rivers, lakes = load_waters()
    names = {name for _, name, _ in rivers}
    assert {"Dnipro (Dnieper)", "Seym River", "Siverskyi Donets", "Euphrates", "Nile"} <= names
    assert len(lakes) > 1000
    assert bundled_path("waters.json.gz").stat().st_size < 600_000


def test_no_bundled_lake_covers_what_is_dry_land_now() -> None:
    grid, _, lakes = load_waters()
    spot = shapely.Point(34.3 / grid, 47.5 / grid)
    assert not any(shapely.polygons(points).contains(spot) for points, _ in lakes)
