"""Count how many settlements of a list the bundled gazetteer knows near where the list has them.

Run as ``python tests/accuracy/frontline.py list.tsv``; the list has the columns country, name, latitude and longitude.
A settlement counts as known if some entry of its name lies within 25 km, and as held if the circle of such an entry
(its accuracy, at least 3 km) holds the list's point.
"""

import csv
import sys
from collections import Counter
from pathlib import Path

from geomap.gazetteers import load_gazetteer
from geomap.gazetteers.distance import haversine_km

NEAR_KM, LEAST_KM = 25.0, 3.0


def count(path: Path) -> dict[str, tuple[int, int, int]]:
    """Return the numbers of settlements, of known and of held ones, by country."""
    gazetteer = load_gazetteer()
    listed, known, held = Counter[str](), Counter[str](), Counter[str]()
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            point = float(row["latitude"]), float(row["longitude"])
            country = row["country"]
            entries = [entry for entry in gazetteer.lookup(row["name"]) if entry.level in ("settlement", "quarter")]
            near = [(haversine_km(*point, entry.latitude, entry.longitude), entry.accuracy_km) for entry in entries]
            listed[country] += 1
            known[country] += any(km <= NEAR_KM for km, _ in near)
            held[country] += any(km <= max(accuracy, LEAST_KM) for km, accuracy in near)
    return {country: (listed[country], known[country], held[country]) for country in sorted(listed)}


if __name__ == "__main__":
    for country, (listed, known, held) in count(Path(sys.argv[1])).items():
        sys.stdout.write(f"{country}: {known} of {listed} within {NEAR_KM:.0f} km, {held} in their circle\n")
