"""The table of known names is made from a gazetteer's names as reports spell them."""

from pathlib import Path

from geomap.bundle import bundled_path
from geomap.training.known_names import names_and_kinds

UNIT, COUNTRY, TOWN = 6, 5, 2


def kinds() -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for name, kind in names_and_kinds(Path(bundled_path("gazetteer.sqlite"))):
        found.setdefault(name, set()).add(kind)
    return found


def test_abbreviations_have_the_dots_that_reports_add_and_units_their_bare_names() -> None:
    found = kinds()
    assert not {"Engels air base", "Simferopol Airport"} & set(found), (
        "the place is meant, and the noun is read by rule"
    )
    for name in ("Ky.", "KY", "Fla.", "Calif.", "S.C.", "N.J.", "Sumy", "Sumy Oblast", "Kharkiv"):
        assert UNIT in found[name], name
    assert COUNTRY in found["U.S."]
    assert TOWN in found["Pokrovsk"] | found["Avdiivka"] | found["Sudzha"]
    assert not [name for name in found if "|" in name or not name]
