"""Memory does not grow with the number of reports: nothing is remembered of each that comes."""

import functools
import gc
import random
import string
from collections.abc import Iterator

from geomap.pipeline import Geoparser
from geomap.types import Document

MADE_UP = random.Random(15)


def unheard_of() -> str:
    return "".join(MADE_UP.choices(string.ascii_lowercase, k=9))


def reports(count: int) -> Iterator[Document]:
    """Yield short reports with a place, a person, nouns and verbs that no other has."""
    for number in range(count):
        place, person, thing, done = (unheard_of() for _ in range(4))
        text = (
            f"Shelling hit {place.title()} near Kyiv on Friday and killed {number + 2} {thing}s, "
            f"{person.title()} said. The {thing} {done}ed the town, 12 km north of Sumy."
        )
        yield Document(id=str(number), text=text)


def unbounded() -> dict[str, int]:
    """Return how many answers each cache without a bound holds, by the function's name."""
    caches = [one for one in gc.get_objects() if isinstance(one, functools._lru_cache_wrapper)]
    return {
        f"{one.__module__}.{one.__qualname__}": one.cache_info().currsize
        for one in caches
        if one.__module__.startswith("geomap.") and one.cache_info().maxsize is None
    }


def test_no_cache_without_a_bound_grows_with_the_reports() -> None:
    parser = Geoparser(recognizer="fast")
    list(parser.parse(reports(8)))
    before = unbounded()
    assert before
    list(parser.parse(reports(8)))
    assert {name: held for name, held in unbounded().items() if held > before.get(name, 0) and name in before} == {}
