"""How much is likely to be said of a place, before any report is read."""

from geomap.types import GazetteerEntry

# Populations stand in for importance where the gazetteer has none: medians of the units that have one.
_ASSUMED_POPULATION = {"ADM1": 1_000_000, "ADM2": 60_000, "PPLX": 20_000}
_DEFAULT_POPULATION = {"A": 200_000, "P": 300, "L": 300_000, "H": 300_000, "T": 100_000, "S": 1_000_000}


def importance(entry: GazetteerEntry) -> int:
    """Return the population, or what stands in for it where the gazetteer has none."""
    if entry.population:
        return entry.population
    return _ASSUMED_POPULATION.get(entry.feature_code, _DEFAULT_POPULATION.get(entry.feature_class, 1_000))
