"""How exact a place is, and the point that its wording means."""

import pytest
from geopy.distance import geodesic

from geomap.gazetteers.file_layout import level_of
from geomap.resolvers.locating import extent_km, moved_point, part_at
from geomap.resolvers.precision import precision_codes
from geomap.types import GazetteerEntry


def entry(kind: str, *, latitude: float = 50.0, longitude: float = 36.0, population: int = 0) -> GazetteerEntry:
    feature_class, feature_code = kind.split(".")
    return GazetteerEntry(
        id="geonames:1",
        name="Somewhere",
        latitude=latitude,
        longitude=longitude,
        feature_class=feature_class,
        feature_code=feature_code,
        level=level_of(feature_class, feature_code),
        country_code="UA",
        population=population,
    )


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("P.PPL", (1, 1)),
        ("P.PPLC", (1, 1)),
        ("P.PPLX", (1, 1)),
        ("P.PPLL", (1, 1)),
        ("S.AIRB", (1, 1)),
        ("S.BRDR", (1, 1)),
        ("A.ADM4", (2, 2)),
        ("A.ADM2", (2, 3)),
        ("A.ADMD", (2, 3)),
        ("A.ADM1", (3, 4)),
        ("A.ADM1H", (3, 4)),
        ("T.MT", (3, 4)),
        ("T.ISL", (3, 4)),
        ("H.LK", (3, 4)),
        ("H.STM", (3, 4)),
        ("V.FRST", (3, 4)),
        ("L.PRK", (3, 4)),
        ("L.RGN", (3, 5)),
        ("T.DSRT", (3, 5)),
        ("R.RD", (3, 5)),
        ("A.PCLI", (None, 6)),
        ("A.PCLH", (None, 6)),
        ("L.CONT", (None, 6)),
        ("H.SEA", (3, 7)),
        ("H.STRT", (3, 7)),
        ("U.RDGU", (3, 7)),
    ],
)
def test_each_kind_of_place_has_its_codes(kind: str, codes: tuple[int | None, int]) -> None:
    assert precision_codes(entry(kind), "") == codes


@pytest.mark.parametrize(
    ("kind", "relation", "codes"),
    [
        ("P.PPL", "near", (2, 2)),
        ("P.PPL", "outside", (2, 2)),
        ("P.PPL", "outskirts", (2, 2)),
        ("P.PPL", "south of", (2, 2)),
        ("P.PPL", "20 km south of", (2, 2)),
        ("P.PPL", "1,000 km south of", (3, 5)),
        ("P.PPL", "between", (2, 5)),
        ("P.PPL", "on the road to", (2, 5)),
        ("P.PPL", "off the coast of", (2, 7)),
        ("S.AIRB", "near", (2, 2)),
        ("A.ADM2", "near", (3, 4)),
        ("A.ADM1", "near", (3, 5)),
        ("A.PCLI", "near the border with", (3, 5)),
        ("A.PCLI", "near … border", (3, 5)),
        ("A.PCLI", "off … coast", (3, 7)),
        ("H.SEA", "near", (3, 7)),
        ("H.SEA", "off the coast of", (3, 7)),
    ],
)
def test_words_that_move_the_point_make_it_less_exact(kind: str, relation: str, codes: tuple[int, int]) -> None:
    assert precision_codes(entry(kind), relation) == codes


@pytest.mark.parametrize(
    ("kind", "codes"),
    [("A.PCLI", (3, 5)), ("A.ADM1", (2, 4)), ("A.ADM2", (2, 3)), ("P.PPL", (1, 1)), ("L.CONT", (None, 6))],
)
def test_a_part_of_a_country_is_vague_and_that_of_a_region_nearer(kind: str, codes: tuple[int | None, int]) -> None:
    assert precision_codes(entry(kind), "", part="eastern") == codes


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("in eastern Ukraine", "eastern"),
        ("in north-western Ukraine", "north-western"),
        ("in the south of Ukraine", "in the south of"),
        ("the northern part of Ukraine", "the northern part of"),
        ("the far north of Ukraine", "the far north of"),
        ("in central Ukraine", "central"),
        ("in Ukraine's east", "east"),
        ("in Ukraine’s eastern regions", "eastern regions"),
        ("south of Ukraine", ""),
        ("to the south of Ukraine", ""),
        ("Ukraine's eastern neighbour", ""),
        ("in Ukraine", ""),
        ("Ukraine", ""),
    ],
)
def test_the_part_of_a_place_is_read_from_the_words_around_it(text: str, part: str) -> None:
    start = text.index("Ukraine")
    assert part_at(text, (start, start + len("Ukraine"))) == part


TOWN = entry("P.PPL", population=9_000)
CITY = entry("P.PPLA", population=1_400_000)
PROVINCE = entry("A.ADM1")
COUNTRY = entry("A.PCLI")


def test_a_town_itself_is_a_point_and_a_region_reaches_around_its() -> None:
    assert moved_point(CITY, "").radius_km == 0
    assert (moved_point(CITY, "").latitude, moved_point(CITY, "").longitude) == (50.0, 36.0)
    assert 0 < extent_km(TOWN) < extent_km(CITY) < extent_km(entry("A.ADM2")) < moved_point(PROVINCE, "").radius_km
    assert moved_point(PROVINCE, "").radius_km < moved_point(COUNTRY, "").radius_km


@pytest.mark.parametrize(
    ("relation", "km", "north", "east"),
    [
        ("20 km south of", 20.0, -1, 0),
        ("about 15 miles north-west of", 24.14, 1, -1),
        ("some 20km (12 miles) to the east of", 20.0, 0, 1),
        ("south-southwest of", 26.0, -1, -1),
        ("just north of", 6.0, 1, 0),
    ],
)
def test_a_direction_moves_the_point_along_the_earth(relation: str, km: float, north: int, east: int) -> None:
    point = moved_point(TOWN, relation)
    moved = geodesic((TOWN.latitude, TOWN.longitude), (point.latitude, point.longitude)).kilometers
    assert moved == pytest.approx(km, abs=0.1)
    assert [round(point.latitude - 50, 2) * north >= 0, round(point.longitude - 36, 2) * east >= 0] == [True, True]
    assert (point.latitude == pytest.approx(50, abs=0.01)) == (north == 0)


@pytest.mark.parametrize(
    "relation", ["near", "outside", "on the outskirts of", "off the coast of", "within 30 km of", "between"]
)
def test_words_without_a_direction_only_widen_the_circle(relation: str) -> None:
    point = moved_point(TOWN, relation)
    assert (point.latitude, point.longitude) == (TOWN.latitude, TOWN.longitude)
    assert point.radius_km > moved_point(TOWN, "").radius_km


def test_the_circle_grows_with_the_words_and_the_distance() -> None:
    radii = [
        moved_point(TOWN, relation).radius_km for relation in ("adjacent to", "the outskirts of", "outside", "near")
    ]
    assert radii == sorted(set(radii))
    assert moved_point(TOWN, "60 km south of").radius_km > moved_point(TOWN, "20 km south of").radius_km
    assert moved_point(TOWN, "60 km south-southwest of").radius_km < moved_point(TOWN, "60 km south of").radius_km
    assert moved_point(TOWN, "within 30 km of").radius_km >= 30


def test_the_circle_of_a_bare_direction_reaches_back_to_the_town() -> None:
    point = moved_point(CITY, "south of")
    assert geodesic((50, 36), (point.latitude, point.longitude)).kilometers <= point.radius_km + 0.1


def test_a_region_is_left_by_its_edge_and_a_country_not_at_all() -> None:
    point = moved_point(PROVINCE, "20 km south of")
    assert geodesic((50, 36), (point.latitude, point.longitude)).kilometers > extent_km(PROVINCE)
    point = moved_point(COUNTRY, "100 km south of")
    assert (point.latitude, point.longitude) == (50, 36)
    assert point.radius_km == extent_km(COUNTRY) + 100


def test_a_distance_beyond_the_earth_counts_as_not_said() -> None:
    assert moved_point(TOWN, "9999999 km south of") == moved_point(TOWN, "south of")


@pytest.mark.parametrize("latitude", [90.0, -90.0, 89.999, 0.0])
@pytest.mark.parametrize("longitude", [180.0, -180.0, 179.999, 0.0])
@pytest.mark.parametrize("relation", ["20 km north of", "300 km east of", "south-west of", "20,000 km west of", "near"])
def test_a_point_stays_on_the_map_at_the_poles_and_the_date_line(
    latitude: float, longitude: float, relation: str
) -> None:
    point = moved_point(entry("P.PPL", latitude=latitude, longitude=longitude), relation)
    assert -90 <= point.latitude <= 90
    assert -180 <= point.longitude <= 180
    assert 0 < point.radius_km <= 20_004


def test_populations_that_are_wrong_keep_the_radius_of_a_town() -> None:
    assert extent_km(entry("P.PPL", population=-5)) == extent_km(entry("P.PPL"))
    assert extent_km(entry("P.PPL", population=10**12)) == 25.0
