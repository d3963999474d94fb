"""The text's own words bind: what contradicts them is out, and an unknown name is where they say."""

import pytest

from geomap.gazetteers.distance import haversine_km
from geomap.pipeline import Geoparser
from geomap.types import Document, Resolution

KUPIANSK, KREMINNA, LYMAN, KADUNA = (49.71, 37.62), (49.05, 38.22), (48.99, 37.81), (10.5, 7.6)


@pytest.fixture(scope="module")
def parser() -> Geoparser:
    return Geoparser(events=False)


def resolved(parser: Geoparser, text: str) -> dict[str, Resolution]:
    """Return the resolution of the last mention of each name."""
    parsed = next(iter(parser.parse([Document(id="d", text=text)])))
    return {one.mention.toponym: one for one in parsed.resolutions}


def off(resolution: Resolution, point: tuple[float, float]) -> float:
    """Return how far a resolution is from a point, in kilometres, less what it may be off by its own account."""
    assert resolution.location is not None
    here = resolution.location
    return haversine_km(here.latitude, here.longitude, *point) - here.radius_km


@pytest.mark.parametrize(
    ("text", "name", "anchor", "km"),
    [
        ("Russian forces attacked west of Kreminna near Terny and Yampolivka.", "Terny", KREMINNA, 45),
        ("Russian forces attacked west of Kreminna near Terny and Yampolivka.", "Yampolivka", KREMINNA, 45),
        ("On the Lyman axis in Donetsk Oblast, they repelled assaults near Nove and Ridkodub.", "Nove", LYMAN, 65),
        ("Troops regained positions near Synkivka, northeast of Kupiansk.", "Synkivka", KUPIANSK, 45),
    ],
)
def test_a_village_is_where_its_anchor_says(
    parser: Geoparser, text: str, name: str, anchor: tuple[float, float], km: float
) -> None:
    assert off(resolved(parser, text)[name], anchor) <= km


def test_a_name_that_no_gazetteer_knows_is_near_its_anchor(parser: Geoparser) -> None:
    one = resolved(parser, "Shelling hit the village of Qwertyivka, 20 km north of Kupiansk.")["Qwertyivka"]
    assert one.entry is None
    assert one.location is not None
    assert one.location.basis == "relation"
    assert one.location.words == "20 km north of Kupiansk"
    assert (one.location.geo_precision, one.location.where_precision) == (2, 2)
    assert one.location.latitude == pytest.approx(49.71 + 0.18, abs=0.05)
    assert 5 <= one.location.radius_km <= 15


def test_a_name_in_a_unit_has_the_precision_of_the_unit(parser: Geoparser) -> None:
    one = resolved(parser, "Gunmen raided a school in Qwertyiga, Kaduna State, on Thursday.")["Qwertyiga"]
    assert one.entry is None
    assert one.location is not None
    assert (one.location.geo_precision, one.location.where_precision) == (3, 4)
    assert off(one, KADUNA) < 0


def test_a_name_without_any_anchor_has_no_location(parser: Geoparser) -> None:
    one = resolved(parser, "Shelling hit the village of Qwertyivka on Monday.")["Qwertyivka"]
    assert (one.entry, one.location) == (None, None)


def test_spelling_crosses_no_border(parser: Geoparser) -> None:
    one = resolved(parser, "Six soldiers died in an attack in Kossi, a province in the west of Burkina Faso.")["Kossi"]
    assert one.entry is None or one.entry.country_code == "BF"


def test_what_is_told_once_holds_for_the_whole_report(parser: Geoparser) -> None:
    text = "They attacked southwest of Svatove near Makiivka. Other troops advanced in the north of Makiivka on Monday."
    parsed = next(iter(parser.parse([Document(id="d", text=text)])))
    ids = {r.entry.id if r.entry else "NIL" for r in parsed.resolutions if r.mention.toponym == "Makiivka"}
    assert len(ids) == 1


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("US and Ukrainian delegations met in Geneva on Thursday.", "Geneva", "CH"),
        ("The US embassy in Athens was hit by a rocket on Friday.", "Athens", "GR"),
        ("A US-owned factory in Odesa was hit by Russian missiles.", "Odesa", "UA"),
        ("A US state department spokesman said that Tripoli was calm.", "Tripoli", "LY"),
        ("American and British officials flew to Manila and then to Lima.", "Manila", "PH"),
        ("American and British officials flew to Manila and then to Lima.", "Lima", "PE"),
    ],
)
def test_actors_do_not_pull_places_to_their_home(parser: Geoparser, text: str, name: str, country: str) -> None:
    entry = resolved(parser, text)[name].entry
    assert entry is not None
    assert entry.country_code == country


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Clashes between Naga and Kuki groups killed four near Churachandpur, police in Imphal said.", "Kuki"),
        ("Clashes between Naga and Kuki groups killed four near Churachandpur, police in Imphal said.", "Naga"),
        ("A bomb went off in Baghdad's Shaab district. Shaab is poor. Basra and Mosul were quiet.", "Shaab"),
        ("Army units found explosives buried in Filipinas, Arauquita, on the 19th.", "Filipinas"),
    ],
)
def test_a_stranger_to_the_report_has_no_entry(parser: Geoparser, text: str, name: str) -> None:
    assert resolved(parser, text)[name].entry is None


def test_a_people_is_nowhere_in_particular(parser: Geoparser) -> None:
    text = "Clashes between Naga and Kuki groups killed four near Churachandpur, police in Imphal said."
    assert resolved(parser, text)["Kuki"].location is None


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Kharkiv and Sumy were shelled. Ukraine's envoy spoke in Dubai.", "Dubai", "AE"),
        ("Vovchansk and Lyptsi were shelled. Guns also fell silent in Nekhoteyevka.", "Nekhoteyevka", "RU"),
        ("Two Nigerien officers were tried in Agadez and Niamey. Dirkou residents protested.", "Dirkou", "NE"),
        ("Nekhoteyevka was shelled.", "Nekhoteyevka", "RU"),
        ("Idlib and Aleppo were bombed. Istanbul police detained two men from Azaz.", "Istanbul", "TR"),
    ],
)
def test_cities_neighbours_and_countrymen_are_no_strangers(
    parser: Geoparser, text: str, name: str, country: str
) -> None:
    entry = resolved(parser, text)[name].entry
    assert entry is not None
    assert entry.country_code == country
