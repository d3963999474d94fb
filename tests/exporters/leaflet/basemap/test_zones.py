"""Areas of control and front lines: their sides, colours and dates."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from shapely.geometry import LineString, MultiPolygon, box

from geomap.boundaries import is_zone
from geomap.errors import ConfigError
from geomap.exporters.leaflet.basemap import zones
from geomap.exporters.leaflet.basemap.user_boundaries import read_boundaries
from geomap.resolvers.containment import Containment
from geomap.types import GazetteerEntry
from tests.exporters.leaflet.basemap.test_user_boundaries import write_geojson

AREA, FRONT = box(30, 50, 31, 51), LineString([(31, 49), (31, 51)])


def day(words: str) -> int:
    return (date.fromisoformat(words) - date(1970, 1, 1)).days


def spans(*zones: dict[str, Any]) -> list[tuple[int | None, int | None]]:
    return [(zone["from"], zone["to"]) for zone in zones]


def test_what_has_a_side_a_colour_or_dates_is_a_zone_and_the_rest_stays_a_boundary(tmp_path: Path) -> None:
    facts = {"name": "East", "Side": " Red  army ", "fill": "F00", "stroke": "#00AAff"}
    data = read_boundaries(write_geojson(tmp_path, (AREA, facts), (FRONT, {"name": "River"})))
    assert data["signs"] == [{"words": "Red army", "fill": "#ff0000", "stroke": "#00aaff", "area": True, "hatch": 0}]
    assert [(zone["name"], zone["sign"]) for zone in data["zones"]] == [("East", 0)]
    assert data["zones"][0]["rings"] == [[[31.0, 50.0], [31.0, 51.0], [30.0, 51.0], [30.0, 50.0], [31.0, 50.0]]]
    assert data["labels"] == [{"name": "River", "at": [31.0, 50.0]}]
    assert len(data["lines"]) == 1


def test_dates_are_days_and_both_ends_belong_to_them(tmp_path: Path) -> None:
    found = read_boundaries(
        write_geojson(
            tmp_path,
            (AREA, {"valid_from": "2024-08-06", "valid_to": "2024/09/01"}),
            (AREA, {"valid_to": "2024-09-01T23:59:59Z", "valid_from": None}),
            (AREA, {"side": "Red", "valid_from": "", "date": "  "}),
        )
    )
    first, last = day("2024-08-06"), day("2024-09-01")
    assert spans(*found["zones"]) == [(first, last), (None, last), (None, None)]


def test_a_snapshot_holds_until_the_day_before_the_next_date_of_the_file(tmp_path: Path) -> None:
    dates = ["2024-08-20", "2024-08-06", "2024-08-20", "2025-01-01"]
    shots = [(FRONT, {"date": words}) for words in dates]
    found = read_boundaries(write_geojson(tmp_path, *shots, (AREA, {"valid_from": "2024-08-10"})))
    early, middle, late = (day(words) for words in ("2024-08-06", "2024-08-20", "2025-01-01"))
    between = (middle, late - 1)
    assert spans(*found["zones"][:4]) == [between, (early, middle - 1), between, (late, None)]
    assert spans(found["zones"][4]) == [(day("2024-08-10"), None)]


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"date": "August 2024"}, "date 'August 2024' is no date; write it like 2024-08-09"),
        ({"valid_from": "2024-13-01"}, "valid_from '2024-13-01' is no date"),
        ({"valid_to": "2024-02-30"}, "valid_to '2024-02-30' is no date"),
        ({"valid_from": 20240809}, "valid_from '20240809' is no date"),
        ({"valid_to": ["2024-02-03"]}, "is no date"),
        ({"valid_from": "2024-08-09", "valid_to": "2024-08-08"}, "valid_to is before valid_from; put the later"),
        ({"date": "2024-08-09", "valid_to": "2024-08-10"}, "give either the one or the others"),
        ({"fill": "redish"}, "fill 'redish' is no colour; write it like #0072b2"),
        ({"stroke": "#12345"}, "stroke '#12345' is no colour"),
        ({"fill": "url(#x)"}, "is no colour"),
        ({"stroke": '#fff");alert(1)'}, "is no colour"),
    ],
)
def test_wrong_dates_and_colours_name_the_file_the_feature_and_the_remedy(
    facts: dict[str, Any], why: str, tmp_path: Path
) -> None:
    with pytest.raises(ConfigError, match=r"lines\.geojson, feature 2: ") as caught:
        read_boundaries(write_geojson(tmp_path, (AREA, {"side": "Red"}), (AREA, facts)))
    assert why in str(caught.value)


def test_sides_without_colours_get_some_and_no_two_sides_the_same_hatch(tmp_path: Path) -> None:
    found = read_boundaries(
        write_geojson(
            tmp_path,
            (AREA, {"side": "Red"}),
            (FRONT, {"side": "Red"}),
            (AREA, {"side": "Blue"}),
            (AREA, {"side": "Red", "fill": "#123456"}),
            (FRONT, {"valid_from": "2024-01-01"}),
        )
    )
    signs = [(sign["words"], sign["hatch"], sign["area"]) for sign in found["signs"]]
    assert signs == [("Red", 0, True), ("Red", 0, False), ("Blue", 1, True), ("Red", 0, True), ("", 2, False)]
    assert found["signs"][0]["fill"] == found["signs"][1]["stroke"] != found["signs"][2]["fill"]
    assert found["signs"][3] == {"words": "Red", "fill": "#123456", "stroke": "#123456", "area": True, "hatch": 0}


def test_holes_and_parts_are_rings(tmp_path: Path) -> None:
    holed = box(30, 50, 32, 52).difference(box(30.5, 50.5, 31, 51))
    both = MultiPolygon([holed, box(40, 50, 41, 51)])
    assert len(read_boundaries(write_geojson(tmp_path, (both, {"side": "Red"})))["zones"][0]["rings"]) == 3


def test_more_signs_than_a_key_holds_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zones, "MOST_SIGNS", 1)
    with pytest.raises(ConfigError, match=r"lines\.geojson: has 2 sides, names and colours .* the same side"):
        read_boundaries(write_geojson(tmp_path, (AREA, {"side": "Red"}), (AREA, {"side": "Blue"})))


@pytest.mark.parametrize(
    "facts",
    [
        {"adm1_en": "Kursk", "adm1_pcode": "RU38", "date": "2019-02-20"},
        {"shapename": "Kursk", "shapeid": "1", "date": "2019-02-20"},
        {"name": "Kursk"},
        {"name": "Kursk", "side": "", "fill": None},
    ],
)
def test_units_with_the_date_of_their_survey_are_no_zones(facts: dict[str, Any]) -> None:
    assert not is_zone(facts)


def test_who_holds_the_ground_says_nothing_of_where_a_place_is(tmp_path: Path) -> None:
    region = GazetteerEntry(
        id="geonames:1",
        name="Ruritania",
        latitude=50.5,
        longitude=30.5,
        feature_class="A",
        feature_code="ADM1",
        level="admin1",
        country_code="RT",
    )
    place = GazetteerEntry(
        id="geonames:2",
        name="Alba",
        latitude=10,
        longitude=10,
        feature_class="P",
        feature_code="PPL",
        level="settlement",
        country_code="RT",
    )
    unit = Containment(write_geojson(tmp_path, (AREA, {"name": "Ruritania"})))
    assert unit.told(region, "Ruritania", place, slack_km=0) is False
    held = Containment(write_geojson(tmp_path, (AREA, {"name": "Ruritania", "side": "Ruritania"})))
    assert held.told(region, "Ruritania", place, slack_km=0) is None
