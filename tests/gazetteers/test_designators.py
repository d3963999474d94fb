from collections.abc import Iterable

import pytest

from gazetteer.recipe.designators import Designators
from geomap.gazetteers import load_gazetteer
from geomap.types import GazetteerEntry
from tests.by_hand import entry


def country(code: str, *pairs: tuple[str, str], level: str = "ADM2", admin1: str = "1") -> Iterable[GazetteerEntry]:
    """Return units, each with the town in it."""
    for number, (unit, town) in enumerate(pairs):
        codes = {"country_code": code, "admin1": admin1, "admin2": str(number)}
        yield entry(unit, id=f"{code}:{number}", feature_class="A", feature_code=level, **codes)
        yield entry(town, id=f"{code}:town{number}", **codes)


RAIONS = [("Pokrovsk Raion", "Pokrovsk"), ("Sumy Raion", "Sumy"), ("Polohy Raion", "Tokmak"), ("Kyiv", "Kyiv")]
SAINTS = [("San Juan", "San Juan"), ("San Pedro", "San Pedro"), ("San Luis", "Luis"), ("Municipio de León", "León"),
          ("Municipio de San Blas", "San Blas"), ("Municipio de Lima", "Rimac")]  # fmt: skip
QUARTERS = [("Ibadan North", "Ibadan"), ("Ibadan South", "Ibadan"), ("Kano North", "Kano"), ("Kano South", "Kano")]


@pytest.mark.parametrize(
    ("units", "name", "bare"),
    [
        (RAIONS, "Pokrovsk Raion", "Pokrovsk"),
        (RAIONS, "Polohy Raion", "Polohy"),
        (RAIONS, "Kyiv", ""),
        (SAINTS, "Municipio de Lima", "Lima"),
        (SAINTS, "Municipio de San Blas", "San Blas"),
        (SAINTS, "San Juan", ""),
        (QUARTERS, "Ibadan North", ""),
        ([("Sector 1", "Dubai"), ("Sector Oliva", "Oliva"), ("Sector Pico", "Pico")], "Sector 1", ""),
    ],
)
def test_a_designator_is_told_from_a_part_of_the_name(units: list[tuple[str, str]], name: str, bare: str) -> None:
    entries = list(country("XX", *units))
    unit = next(one for one in entries if one.name == name)
    assert Designators(entries).bare(unit) == bare


def test_a_word_of_three_countries_is_a_designator_in_a_fourth_unless_it_is_contradicted_there() -> None:
    known = [("Ava City", "Ava"), ("Bo City", "Bo")]
    entries = [one for code in ("AA", "BB", "CC") for one in country(code, *known)]
    entries += [*country("DD", ("Lae City", "Port")), *country("EE", ("Quezon City", "Quezon City"))]
    designators = Designators(entries)
    units = {one.country_code: one for one in entries if one.level == "admin2"}
    assert designators.bare(units["DD"]) == "Lae"
    assert designators.bare(units["EE"]) == ""


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        ("Pangasinan", "Province of Pangasinan"),
        ("Pangasinan Province", "Province of Pangasinan"),
        ("Kupiansk", "Kupiansk Raion"),
        ("Comalapa", "Municipio de Comalapa"),
        ("Nusaybin", "Nusaybin İlçesi"),
        ("Kladno", "Okres Kladno"),
        ("Sargodha", "Sargodha District"),
    ],
)
def test_a_unit_is_found_by_its_bare_name(name: str, unit: str) -> None:
    assert unit in {one.name for one in load_gazetteer().lookup(name)}
