"""Check the map of the two real reports on the Kursk offensive of March 2025: what any reader would expect of it."""

import json
import sys
from pathlib import Path

import geomap

KURSK_OBLAST = "geonames:538555"
UKRAINE = "geonames:690791"


def main(folder: Path) -> int:
    """Print what is wrong with the results in a folder and return the number of complaints."""
    mentions = geomap.read_mentions(folder / "seeds.csv")
    page = (folder / "seeds.html").read_text(encoding="utf-8")
    features = json.loads((folder / "seeds.geojson").read_text(encoding="utf-8"))["features"]
    kursk = mentions[mentions["toponym"].str.startswith("Kursk") & ~mentions["boilerplate"]]
    pokrovsk = mentions[mentions["toponym"] == "Pokrovsk"]
    kyiv = mentions[mentions["toponym"] == "Kyiv"]
    outlet = mentions[mentions["sentence"].str.contains("The Moscow Times") & (mentions["toponym"] == "Moscow")]
    captions = mentions[mentions["sentence"].str.contains("Collage")]
    expected = {
        "two reports": mentions["document_id"].nunique() == 2,
        "at least 30 mentions": len(mentions) >= 30,
        "at least nine in ten resolved": (mentions["entry_id"] != "").mean() >= 0.9,
        "the Kursk region is the oblast": (kursk["entry_id"] == KURSK_OBLAST).sum() >= 5,
        "Kursk is in Russia": set(kursk["country_code"]) == {"RU"},
        "Pokrovsk is in Ukraine, not in Russia": len(pokrovsk) >= 2 and set(pokrovsk["country_code"]) == {"UA"},
        "Kyiv is a city of Ukraine": len(kyiv) >= 3 and set(kyiv["country_code"]) == {"UA"},
        "Ukraine is the country": UKRAINE in set(mentions["entry_id"]),
        "The Moscow Times is no place": set(outlet["role"]) <= {"embedded"},
        "Greenland is in a teaser": bool(mentions.loc[mentions["toponym"] == "Greenland", "boilerplate"].all()),
        "captions are boilerplate where repeated": bool(captions["boilerplate"].all()),
        "a feature a place": len(features) == mentions.loc[mentions["entry_id"] != "", "entry_id"].nunique(),
        "the page stands alone": "<script src" not in page and "https://cdn" not in page,
        "the page names its source": "GeoNames" in page,
    }
    wrong = [what for what, holds in expected.items() if not holds]
    for what in wrong:
        sys.stderr.write(f"not so: {what}\n")
    sys.stdout.write(f"{len(expected) - len(wrong)} of {len(expected)} expectations hold for the real reports\n")
    return len(wrong)


if __name__ == "__main__":
    sys.exit(min(main(Path(sys.argv[1])), 1))
