import json

import pandas as pd
import pytest
from shapely.geometry import shape

from geomap.errors import TableError
from geomap.exporters.geojson import to_geojson, to_geojson_text
from geomap.gazetteers import gazetteer_info
from geomap.tables import MENTION_COLUMNS, to_mentions
from geomap.types import ParsedDocument
from tests.by_hand import POKROVSK, entry, parse_by_hand


def test_a_place_is_one_feature_with_its_mentions(parsed: list[ParsedDocument]) -> None:
    collection = to_geojson(to_mentions(parsed))
    first, second = collection["features"]
    assert first["id"] == POKROVSK.id
    assert first["properties"]["mentions_count"] == 2
    assert [mention["document_id"] for mention in first["properties"]["mentions"]] == ["report.txt", "b.txt"]
    assert first["properties"]["mentions"][0]["sentence"].startswith("=HYPERLINK")
    assert second["properties"]["country_code"] == "NA"


def test_longitude_comes_first_with_six_decimals() -> None:
    place = entry("Pokrovsk", latitude=48.123456789, longitude=-37.987654321)
    collection = to_geojson(to_mentions([parse_by_hand("In Pokrovsk.", ("Pokrovsk", place))]))
    assert collection["features"][0]["geometry"] == {"type": "Point", "coordinates": [-37.987654, 48.123457]}


def test_a_mention_is_at_the_point_meant_and_a_place_at_the_place() -> None:
    mentions = to_mentions([parse_by_hand("Near Pokrovsk.", ("Pokrovsk", POKROVSK))])
    mentions = mentions.assign(relation="20 km south of", point_latitude=48.1)
    assert to_geojson(mentions, per="mention")["features"][0]["geometry"]["coordinates"][1] == 48.1
    assert to_geojson(mentions)["features"][0]["geometry"]["coordinates"][1] == round(POKROVSK.latitude, 6)


def test_nil_mentions_have_no_place_but_a_feature_of_their_own_per_mention(parsed: list[ParsedDocument]) -> None:
    mentions = to_mentions(parsed)
    assert "Nowhere" not in json.dumps([f["properties"]["name"] for f in to_geojson(mentions)["features"]])
    features = to_geojson(mentions, per="mention")["features"]
    assert [feature["properties"]["toponym"] for feature in features] == mentions["toponym"].tolist()
    assert features[2]["geometry"] is None
    assert set(features[0]["properties"]) == {*MENTION_COLUMNS, "extent"}
    assert features[0]["properties"]["alternatives"][0]["name"] == "Engel’s"


@pytest.mark.parametrize("per", ["place", "mention"])
def test_the_text_is_strict_json_that_geometry_libraries_read(per: str, parsed: list[ParsedDocument]) -> None:
    text = to_geojson_text(to_geojson(to_mentions(parsed), per=per))  # type: ignore[arg-type]

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    read = json.loads(text, parse_constant=refuse)
    assert read == to_geojson(to_mentions(parsed), per=per)  # type: ignore[arg-type]
    assert read["attribution"] == gazetteer_info()["attribution"]
    points = [shape(feature["geometry"]) for feature in read["features"] if feature["geometry"]]
    assert (points[0].x, points[0].y) == (37.1758, 48.28204)


def test_an_empty_table_gives_a_collection_without_features() -> None:
    assert json.loads(to_geojson_text(to_geojson(to_mentions([]))))["features"] == []


def test_a_table_without_columns_is_refused() -> None:
    with pytest.raises(TableError, match="lacks the columns"):
        to_geojson(pd.DataFrame({"name": ["Kyiv"]}))
