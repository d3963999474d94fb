"""What others drew ends within its limits, or with a message."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import shapely

from geomap import trial
from geomap.boundaries import read_features
from geomap.errors import ConfigError, GazetteerError
from geomap.gazetteers.importing.importing import import_file
from tests.fuzz.targets import areas

SHORT = pytest.mark.usefixtures("short")


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let work take a second, so that the tests need not wait for ten."""
    monkeypatch.setattr(trial, "SECONDS", 1.0)
    monkeypatch.setattr(trial, "SECONDS_A_BYTE", 0.0)


def tangle(corners: int) -> str:
    """Return a GeoJSON file with an area whose rim crosses itself about as often as the square of its corners."""
    points = np.random.default_rng(15).random((corners, 2)) * 10 + 30
    rim = [*points.round(4).tolist(), points[0].round(4).tolist()]
    geometry = {"type": "Polygon", "coordinates": [rim]}
    return json.dumps({"type": "Feature", "properties": {"name": "A"}, "geometry": geometry})


def endless(path: Path) -> Path:
    """Make the layer of a GeoPackage a view that has no end."""
    path.write_bytes(areas())
    with closing(sqlite3.connect(path)) as base:
        base.executescript(
            "ALTER TABLE a RENAME TO b; CREATE VIEW a AS "
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
            "SELECT i AS fid, geom, name FROM n, b WHERE i < 0;"
        )
        base.commit()
    return path


@SHORT
def test_an_area_that_crosses_itself_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "tangle.geojson"
    path.write_text(tangle(20_000), "utf-8")
    with pytest.raises(ConfigError, match=r"tangle\.geojson: takes (longer than the 1 s|more than the 2 GB).*simplify"):
        read_features(path)


@SHORT
def test_a_layer_without_end_is_refused(tmp_path: Path) -> None:
    path = endless(tmp_path / "endless.gpkg")
    with pytest.raises(ConfigError, match="takes longer than the 1 s that a file of its size may"):
        read_features(path)
    with pytest.raises(GazetteerError, match="takes longer than the 1 s that a file of its size may"):
        import_file(path, folder=tmp_path / "own")


def test_what_is_drawn_well_is_read_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "areas.gpkg"
    path.write_bytes(areas())
    assert [shapely.area(geometry) for geometry, _ in read_features(path)] == [1.0, 1.0]


def take_memory(path: Path) -> None:
    bytearray(trial.MEMORY + 500_000_000)


def end_the_process(path: Path) -> None:
    import os
    import signal

    os.kill(os.getpid(), signal.SIGSEGV)


def lack_memory_as_geos_does(path: Path) -> None:
    raise shapely.errors.GEOSException("std::bad_alloc")


def raise_an_error(path: Path) -> None:
    raise ValueError(path)


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (take_memory, "takes more than the 2 GB of memory that a file may"),
        (lack_memory_as_geos_does, "takes more than the 2 GB of memory that a file may"),
        (end_the_process, "brings down the library that reads it"),
        (raise_an_error, ""),
    ],
)
def test_a_trial_tells_how_it_ended(work: object, words: str, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b" " * 5_000)
    name = getattr(work, "__name__", "")
    assert trial.trial(f"tests.test_trial:{name}", tmp_path / "a") == words
    assert trial.trial(f"tests.test_trial:{name}", tmp_path / "not there") == ""
