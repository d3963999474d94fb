"""The word lists that the dead are counted with; ``counting.toml`` says what each decides."""

import tomllib
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> frozenset[str]:
    """Return a list by its name, in lower case; `KeyError` for another name. The file is read once."""
    return frozenset(_lists()[name].split())


@cache
def _lists() -> dict[str, str]:
    return tomllib.loads(files("geomap.events.deaths").joinpath("counting.toml").read_text("utf-8"))
