"""Areas that somebody drew say what lies in a place: the user's own first, then the bundled outlines."""

import json
import pickle
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import LineString, box, mapping

from geomap import Document, Geoparser
from geomap.errors import ConfigError
from geomap.resolvers.containment import Containment
from tests.by_hand import entry

OBLAST = entry("Donetsk Oblast", latitude=48.1, longitude=37.8, admin1="05", feature_class="A", feature_code="ADM1")
RAION = entry("Donetsk Raion", latitude=48.1, longitude=37.8, admin1="05", feature_class="A", feature_code="ADM2")
INSIDE, OUTSIDE = entry("In", latitude=48.2, longitude=37.9), entry("Out", latitude=49.5, longitude=37.9)
WHOLE, PART = box(36.5, 46.8, 39.1, 49.3), box(37.5, 48.0, 38.2, 48.5)


def areas(folder: Path, *features: tuple[Any, dict[str, Any]]) -> Containment:
    return Containment(write(folder, *features))


def write(folder: Path, *features: tuple[Any, dict[str, Any]]) -> Path:
    listed = [{"type": "Feature", "geometry": mapping(shape), "properties": facts} for shape, facts in features]
    path = folder / "areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": listed}), "utf-8")
    return path


@pytest.mark.parametrize(
    "facts",
    [{"name": "Donetsk"}, {"shapeName": "Donetsk Oblast"}, {"NAME_1": "Donetsk"}, {"ADM1_EN": "Donetsk region"},
     {"id": "test:Donetsk Oblast"}],
)  # fmt: skip
def test_an_own_area_is_known_by_its_name_in_the_usual_columns_or_by_the_id(tmp_path: Path, facts: Any) -> None:
    own = areas(tmp_path, (WHOLE, facts))
    assert own.told(OBLAST, "Donetsk region", INSIDE, slack_km=0) is True
    assert own.told(OBLAST, "Donetsk region", OUTSIDE, slack_km=0) is False
    assert own.told(OBLAST, "Donetsk region", OUTSIDE, slack_km=40) is True


def test_an_own_area_says_nothing_of_other_names_namesakes_elsewhere_and_towns(tmp_path: Path) -> None:
    own = areas(tmp_path, (WHOLE, {"name": "Luhansk"}), (box(0, 0, 1, 1), {"name": "Donetsk"}), (PART, {}))
    assert own.told(OBLAST, "Donetsk region", INSIDE, slack_km=0) is None
    town = entry("Luhansk", latitude=48.1, longitude=37.8)
    assert own.told(town, "Luhansk", INSIDE, slack_km=0) is None


def test_of_areas_of_one_name_a_first_order_unit_is_the_largest_and_a_second_order_one_the_smallest(
    tmp_path: Path,
) -> None:
    own = areas(tmp_path, (WHOLE, {"name": "Donetsk"}), (PART, {"name": "Donetsk"}))
    edge = entry("Edge", latitude=47.0, longitude=37.0)
    assert own.told(OBLAST, "Donetsk", edge, slack_km=0) is True
    assert own.told(RAION, "Donetsk", edge, slack_km=0) is False


def test_the_areas_of_a_second_level_are_not_found_under_the_name_of_the_first(tmp_path: Path) -> None:
    own = areas(tmp_path, (PART, {"ADM1_EN": "Donetsk", "ADM2_EN": "Kalmius"}))
    assert own.told(OBLAST, "Donetsk", INSIDE, slack_km=0) is None


def test_lines_hold_nothing_and_crossed_rings_are_mended(tmp_path: Path) -> None:
    assert areas(tmp_path, (LineString([(30, 50), (31, 51)]), {"name": "Donetsk"})).told(
        OBLAST, "Donetsk", INSIDE, slack_km=0
    ) is None  # fmt: skip
    bow = {"type": "Polygon", "coordinates": [[[37, 47], [39, 49], [39, 47], [37, 49], [37, 47]]]}
    listed = [{"type": "Feature", "geometry": bow, "properties": {"name": "Donetsk"}}]
    (tmp_path / "bow.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": listed}), "utf-8")
    assert Containment(tmp_path / "bow.geojson").told(OBLAST, "Donetsk", INSIDE, slack_km=0) is not None


def test_what_the_text_puts_into_an_own_area_is_taken_there(tmp_path: Path) -> None:
    report = Document(id="x", text="Shelling hit Oleksandrivka in Donetsk region on Friday.")
    west = write(tmp_path, (box(36.5, 47.2, 37.6, 48.45), {"name": "Donetsk Oblast"}))
    for boundaries, is_west in ((None, False), (west, True)):
        (parsed,) = Geoparser(boundaries=boundaries, events=False).parse([report])
        found = parsed.resolutions[0].entry
        assert found
        assert (found.longitude < 37.6) is is_west


def test_a_file_that_cannot_be_read_is_refused_before_the_work_begins(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.geojson"):
        Geoparser(boundaries=tmp_path / "none.geojson")


def test_containment_can_be_pickled(tmp_path: Path) -> None:
    own = pickle.loads(pickle.dumps(areas(tmp_path, (WHOLE, {"name": "Donetsk"}))))
    assert own.told(OBLAST, "Donetsk", INSIDE, slack_km=0) is True
