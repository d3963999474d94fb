"""What a page says of how it was made: the program, the data, what was counted and what was left out."""

from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version

import pandas as pd

from geomap.bundle import sources
from geomap.exporters.leaflet.html.escaping import Page


def program() -> str:
    """Return name and version of this program."""
    try:
        return f"geomap {version('geomap')}"
    except PackageNotFoundError:  # imported from a folder, not installed
        return "geomap (not installed)"


def about_run(
    *, recognizer: str, resolver: str, gazetteer: str, imported: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return facts about a run of the program by their names, in the order in which they are to be read, for a map.

    A gazetteer has a file name if it is another than the bundled one; of that there are also its sources with date and
    licence, how many corrections were written by hand, and what the imported ones on top of it were made from.
    """
    names = " + ".join(("bundled", *(imported or {})))
    facts = {"recognizer": recognizer, "resolver": resolver, "gazetteer": gazetteer or names}
    if gazetteer:
        return facts
    facts |= {f"gazetteer_{name}": words for name, words in (imported or {}).items()}
    found = sources()
    for key, source in found.items():
        if "date" in source and "licence" in source and key != "geomap":
            stated = f"{source.get('name', key)} {source.get('version', '')}".strip()
            facts[f"gazetteer_{key}"] = f"{stated}, {source['date']}, {source['licence']}"
    written = found.get("geomap", {}).get("tables", {})
    corrections = [f"{count:,} {name.removesuffix('.tsv').replace('_', ' ')}" for name, count in written.items()]
    return facts | ({"corrections_by_hand": ", ".join(corrections)} if corrections else {})


def about_blur(km: float | None) -> dict[str, str]:
    """Say what was done to the coordinates, in words of the page; nothing where they are exact, without a ``km``."""
    return {} if km is None else {"blur_km": f"{km:g}"}


def about_corrections(mentions: pd.DataFrame, told: Sequence[tuple[str, str]]) -> Page:
    """Return what a page says of corrections: in how many rows of its table, by whom, and one by one where known.

    Those that are told are in words, each with what became of it; those of a saved table are not known. Empty when
    there are none, as for a table without the column ``corrected_by``.
    """
    cells = mentions["corrected_by"].tolist() if "corrected_by" in mentions.columns else []
    by = [cell for cell in cells if isinstance(cell, str) and cell]
    if not (by or told):
        return {}
    names = sorted({name for cell in by for name in cell.split("; ")})
    return {"corrections": {"mentions": len(by), "by": ", ".join(names), "told": [list(pair) for pair in told]}}


def about_page(given: Mapping[str, str] | None, *, blur_km: float | None) -> Page:
    """Return what a page says of itself: the program, what its maker told, such as `about_run`, and the blur."""
    about: Page = {"program": program(), **{str(key): str(value) for key, value in (given or {}).items()}}
    return about | about_blur(blur_km)
