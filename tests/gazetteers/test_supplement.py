from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from gazetteer.recipe.build import build_gazetteer
from gazetteer.recipe.containers import Containers
from gazetteer.recipe.supplement import read_supplement
from geomap.errors import GazetteerError
from geomap.gazetteers import SqliteGazetteer, load_gazetteer
from geomap.gazetteers.alternates import Place
from tests.by_hand import entry

Cities = Mapping[str, Mapping[str, Any]]
HEADER = (
    "id\tname\tlatitude\tlongitude\tfeature\tcountry_code\tadmin1\tpopulation\tnames\tabbreviations\tdemonyms\thistoric"
    "\taccuracy_km\textent_km\twithin\n"
)


def built_with(sources: Path, cities: Cities, *rows: str) -> SqliteGazetteer:
    """Build with a second supplement; a row is id, name, point, feature, names, accuracy, extent, within."""
    lines = []
    for row in rows:
        id, name, point, feature, names, *rest = row.split("|")
        latitude, longitude = point.split() if point else ("", "")
        fields = (id, name, latitude, longitude, feature, "", "", "", names.replace(",", "|"), "", "", "", *rest)
        lines.append("\t".join(fields) + "\n")
    (sources / "supplement_more.tsv").write_text(HEADER + "".join(lines), encoding="utf-8")
    target = sources / "supplemented.sqlite"
    build_gazetteer(target, sources=sources, cities=cities)
    return load_gazetteer(target)


def test_a_row_without_a_point_lies_in_the_middle_of_its_unit(sources: Path, cities: Cities) -> None:
    gazetteer = built_with(sources, cities, "x:hrodivka|Hrodivka||P.PPL|Grodovka|||UA.05.1")
    (place,) = gazetteer.lookup("Grodovka")
    raion = gazetteer.entry("geonames-admin2:UA.05.1")
    assert raion is not None
    assert (place.latitude, place.longitude) == (raion.latitude, raion.longitude)
    assert (place.country_code, place.admin1, place.admin2, place.level) == ("UA", "05", "1", "settlement")
    assert place.accuracy_km == 40.0


@pytest.mark.parametrize("within", ["UA.05 near=Pokrovsk", "UA.05; near=pokrovsk"])
def test_a_row_may_lie_near_a_settlement_of_its_unit(sources: Path, cities: Cities, within: str) -> None:
    gazetteer = built_with(sources, cities, f"x:h|Hrodivka||P.PPL||||{within}", f"x:i|Ivanivka||P.PPL||5||{within}")
    (place,), (exact,) = gazetteer.lookup("Hrodivka"), gazetteer.lookup("Ivanivka")
    assert (place.latitude, place.longitude, place.accuracy_km) == (48.28172, 37.18224, 17.0)
    assert exact.accuracy_km == 5.0


def test_a_row_for_a_place_that_is_known_there_adds_its_names(sources: Path, cities: Cities) -> None:
    gazetteer = built_with(sources, cities, "x:p|Pokrovsk||P.PPL|Grishino|||UA.05", "x:q|Donetsk||P.PPLX||||UA.05")
    assert [entry.id for entry in gazetteer.lookup("Grishino")] == ["geonames:704422"]
    assert gazetteer.entry("x:p") is None
    quarter = gazetteer.entry("x:q")
    assert quarter is not None
    assert quarter.level == "quarter"


@pytest.mark.parametrize(("point", "id"), [("48.3\t37.3", "x:vague"), ("49.9\t36.2", "x:exact")])
def test_a_row_with_a_point_gives_it_to_the_place_known_by_its_unit_alone(tmp_path: Path, point: str, id: str) -> None:
    ukraine = entry("Ukraine", feature_class="A", feature_code="PCLI")
    vague = entry("Zvirove", id="x:vague", latitude=48.2, longitude=37.2, admin2="1416", accuracy_km=17.0)
    row = f"x:exact\tZvirove\t{point}\tP.PPL\tUA\t\t\tZverevo\t\t\t\t2\t\t\n"
    (tmp_path / "supplement.tsv").write_text(HEADER + row, encoding="utf-8")
    (place,) = read_supplement(tmp_path, Containers([Place(entry=ukraine), Place(entry=vague)]))
    assert (place.entry.id, place.entry.accuracy_km, place.names) == (id, 2.0, (("Zverevo", "alternate"),))
    assert f"{place.entry.latitude}\t{place.entry.longitude}" == point


def test_a_point_an_extent_and_an_accuracy_are_kept_as_written(sources: Path, cities: Cities) -> None:
    gazetteer = built_with(sources, cities, "x:r|Some Ridge|48.5 37.9|T.RDGE||2|12.5|UA.05")
    (ridge,) = gazetteer.lookup("Some Ridge")
    assert (ridge.latitude, ridge.longitude, ridge.accuracy_km, ridge.extent_km) == (48.5, 37.9, 2.0, 12.5)
    assert (ridge.country_code, ridge.admin1, ridge.level) == ("UA", "05", "area")


def test_a_row_may_lie_in_an_entry_by_its_id(sources: Path, cities: Cities) -> None:
    gazetteer = built_with(sources, cities, "x:q|Kyivskyi||P.PPLX||6||geonames:709717")
    (quarter,) = gazetteer.lookup("Kyivskyi")
    assert (quarter.latitude, quarter.longitude, quarter.admin1) == (48.023, 37.80224, "05")


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("x:h|Hrodivka||P.PPL||||UA.77", "line 2: nothing has the code or id 'UA.77'"),
        ("x:h|Hrodivka||P.PPL||||UA.05 near=Nowhere", "line 2: no settlement of UA.05 has the name 'Nowhere'"),
        ("x:h|Hrodivka||P.PPL||far||UA.05", "line 2: accuracy_km 'far' is no distance"),
        ("x:h|Hrodivka||P.PPL|||-3|UA.05", "line 2: extent_km '-3' is no distance"),
        ("x:h|Hrodivka||P.PPL||||", "'x:h' has no valid latitude and longitude"),
    ],
)
def test_a_row_that_lies_nowhere_is_named(sources: Path, cities: Cities, row: str, message: str) -> None:
    with pytest.raises(GazetteerError, match=message):
        built_with(sources, cities, row)


def test_a_unit_carries_the_radius_that_holds_its_places(sources: Path, cities: Cities) -> None:
    rows = [f"x:v{n}|Village{n}|48.0{n} 37.8|P.PPL||||UA.05" for n in range(5)]
    towns = {
        f"{900 + n}": {**cities["709717"], "geonameid": 900 + n, "name": f"Town{n}", "alternatenames": []}
        for n in range(5)
    }
    donetsk = built_with(sources, {**cities, **towns}, *rows).entry("geonames:709716")
    assert donetsk is not None
    assert 13 < donetsk.extent_km < 14
