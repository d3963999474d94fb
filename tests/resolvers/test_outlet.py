"""What an outlet's name and address say about its home, and that nothing is asked of a report without one."""

import pytest

from geomap.gazetteers import load_gazetteer
from geomap.pipeline import Geoparser
from geomap.resolvers.names_in_text import surnames_of
from geomap.resolvers.outlet import Outlet, outlet_of
from geomap.types import Document


def outlet(source: str = "", url: str = "") -> Outlet:
    return outlet_of(Document(id="d", text="", source=source, url=url), load_gazetteer().candidates)


@pytest.mark.parametrize(
    ("source", "country", "names"),
    [
        ("Kyiv Independent", "", ("kyiv",)),
        ("Dallas Morning News", "", ("dallas",)),
        ("The Sudan Tribune", "", ("sudan",)),
        ("pravda.com.ua", "UA", ()),
        ("lviv-portal.ua", "UA", ("lviv",)),
        ("thelosangelesdaily.com", "", ("los angeles",)),
        ("readingandnewburyweekly.co.uk", "GB", ("reading", "newbury")),
        ("WWW.EXAMPLE.IE", "IE", ()),
        ("news.example.com.co", "CO", ()),
        ("startup.io", "", ()),
        ("news.eu", "", ()),
        ("The Guardian", "", ()),
        ("Daily News", "", ()),
    ],
)
def test_the_name_of_an_outlet_says_where_it_is_at_home(source: str, country: str, names: tuple[str, ...]) -> None:
    assert outlet(source) == Outlet(country=country, names=names)


def test_the_address_counts_where_no_outlet_is_named() -> None:
    assert outlet(url="https://www.kharkivnews.com.ua/a/1") == Outlet(country="UA", names=("kharkiv",))
    assert outlet("The Example", "https://example.ie/a") == Outlet(country="IE")


@pytest.mark.parametrize(
    "odd", ["", " ", ".", "...", "a.b", "http://[", "http://[::1]/", "-.-.com", "🎖", "x" * 100_000, "a." * 50_000]
)
def test_odd_outlets_and_addresses_say_nothing(odd: str) -> None:
    assert outlet(odd) == outlet(url=odd) == Outlet()


def test_the_same_words_mean_the_namesake_in_the_country_of_the_outlet() -> None:
    text = "Two people were killed in Hyderabad on Monday, officials said."
    given = [Document(id=name, text=text, source=name) for name in ("example.in", "example.pk")]
    (indian,), (pakistani,) = (p.resolutions for p in Geoparser().parse(given))
    assert indian.entry is not None
    assert pakistani.entry is not None
    assert (indian.entry.country_code, pakistani.entry.country_code) == ("IN", "PK")


def test_words_behind_a_name_or_a_title_may_be_surnames() -> None:
    text = "Judge Ada Q. Henry met Ms. Burbank in Paris. In London it rained on O’Connor, said Dr. Weston."
    assert surnames_of(text) >= {"Henry", "Burbank", "Weston"}
    assert not surnames_of(text) & {"Paris", "London", "O’Connor", "In"}
    assert surnames_of("") == frozenset()
