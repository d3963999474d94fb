from pathlib import Path

import pytest

from geomap.gazetteers import load_gazetteer
from geomap.gazetteers.file_layout import level_of
from geomap.types import Level


@pytest.mark.parametrize(
    ("kind", "level"),
    [
        ("A.PCLI", "country"),
        ("A.TERR", "country"),
        ("A.ADM1", "admin1"),
        ("A.ADM2", "admin2"),
        ("A.ADM3", "admin3"),
        ("A.ADM5", "admin4"),
        ("A.ADMD", "area"),
        ("A.ADM1H", "area"),
        ("P.PPL", "settlement"),
        ("P.PPLC", "settlement"),
        ("P.PPLX", "quarter"),
        ("H.STM", "water"),
        ("L.RGN", "area"),
        ("L.MILB", "facility"),
        ("T.ISL", "area"),
        ("S.AIRB", "facility"),
        ("R.RD", "area"),
        (".", "area"),
    ],
)
def test_a_class_and_a_code_tell_the_level(kind: str, level: Level) -> None:
    assert level_of(*kind.split(".")) == level


@pytest.mark.parametrize(
    ("entry_id", "level"),
    [
        ("geonames:690791", "country"),
        ("geonames:709716", "admin1"),
        ("geonames-admin2:UA.05.1", "admin2"),
        ("geonames:703448", "settlement"),
        ("geomap:donbas", "area"),
    ],
)
def test_each_entry_carries_the_level_it_was_built_with(small_gazetteer: Path, entry_id: str, level: Level) -> None:
    gazetteer = load_gazetteer(small_gazetteer)
    entry = gazetteer.entry(entry_id)
    assert entry is not None
    assert (entry.level, entry.accuracy_km, entry.extent_km) == (level, 0.0, 0.0)
    assert [one.level for one in gazetteer.lookup(entry.name) if one.id == entry_id] == [level]
