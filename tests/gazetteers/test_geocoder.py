from pathlib import Path
from typing import Any

import pytest
from geopy.geocoders.base import Geocoder  # type: ignore[import-untyped]

from gazetteer.recipe.build import build_gazetteer
from geomap.errors import ConfigError
from geomap.gazetteers import GazetteerGeocoder, load_gazetteer


@pytest.fixture(scope="module")
def geocoder() -> GazetteerGeocoder:
    return GazetteerGeocoder(load_gazetteer())


def test_it_is_a_geopy_geocoder(geocoder: GazetteerGeocoder) -> None:
    assert isinstance(geocoder, Geocoder)


def test_a_location_is_named_with_its_containers_and_carries_the_entry(geocoder: GazetteerGeocoder) -> None:
    location = geocoder.geocode("Sudzha, Kursk Oblast, Russia")
    assert location.raw["id"] == "geonames:486816"
    assert (round(location.latitude, 2), round(location.longitude, 2)) == (51.19, 35.27)
    assert location.address.startswith("Sudzha, Kursk")
    assert location.address.endswith("Russia")


@pytest.mark.parametrize(
    ("query", "entry_id"),
    [
        ("Pokrovsk", "geonames:704422"),
        ("Pokrovsk, Ukraine", "geonames:704422"),
        ("Paris", "geonames:2988507"),
        ("Paris, Texas", "geonames:4717560"),
        ("Paris, TX, US", "geonames:4717560"),
        ("Long Beach, CA", "geonames:5367929"),
        ("Tripoli, Lebanon", "geonames:266826"),
        ("Al Jazirah, Sudan", "geonames:408648"),
    ],
)
def test_containers_decide_between_namesakes(geocoder: GazetteerGeocoder, query: str, entry_id: str) -> None:
    assert geocoder.geocode(query).raw["id"] == entry_id


@pytest.mark.parametrize("query", ["", ",", "Xyzzy", "Paris, Xyzzy", "Kyiv, Russia", "Pokrovsk, Sudan"])
def test_nothing_that_fits_is_none(geocoder: GazetteerGeocoder, query: str) -> None:
    assert geocoder.geocode(query) is None


@pytest.mark.parametrize("query", [None, float("nan"), 3, {"city": "Kyiv"}])
def test_what_is_no_text_is_refused(geocoder: GazetteerGeocoder, query: Any) -> None:
    with pytest.raises(ConfigError, match=r"is no name of a place; give a text, and leave empty cells out with dropna"):
        geocoder.geocode(query)


def test_all_namesakes_are_given_when_asked(geocoder: GazetteerGeocoder) -> None:
    everywhere = geocoder.geocode("Springfield, United States", exactly_one=False)
    assert len(everywhere) > 10
    assert geocoder.geocode("Springfield, United States", exactly_one=False, limit=3) == everywhere[:3]
    assert {location.raw["country_code"] for location in everywhere} == {"US"}


@pytest.mark.parametrize(
    ("point", "name"),
    [
        ((48.2817, 37.1822), "Pokrovsk"),
        ("48.59, 37.83", "Chasiv Yar"),
        ((-17.6, 179.99), "Levuka"),
        ((-17.6, -179.99), "Levuka"),
        ((90, 0), "Longyearbyen"),
        ((-90, 0), "Puerto Williams"),
        ((48.2817, 360 + 37.1822), "Pokrovsk"),
    ],
)
def test_the_nearest_populated_place_is_found_anywhere(geocoder: GazetteerGeocoder, point: object, name: str) -> None:
    assert geocoder.reverse(point).raw["name"] == name


def test_several_near_places_come_nearest_first(geocoder: GazetteerGeocoder) -> None:
    near = geocoder.reverse((50.4501, 30.5234), exactly_one=False, limit=4)
    assert len(near) == 4
    assert near[0].raw["name"] == geocoder.reverse((50.4501, 30.5234)).raw["name"]


def test_a_gazetteer_without_populated_places_has_no_nearest(sources: Path) -> None:
    (sources / "aliases.tsv").write_text("place\tkind\tname\n", encoding="utf-8")
    build_gazetteer(sources / "empty.sqlite", sources=sources, cities={})
    empty = GazetteerGeocoder(load_gazetteer(sources / "empty.sqlite"))
    assert empty.reverse((48, 37)) is None
    assert empty.reverse((48, 37), exactly_one=False) is None
    assert empty.geocode("Ukraine").raw["id"] == "geonames:690791"
