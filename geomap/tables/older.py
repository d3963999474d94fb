"""Tables of earlier versions, which lack columns that were added later.

The first of these says where in its report a sentence starts.

This is the one place that looks for a name in a sentence. A table says where its names and its sentences stand, and
nothing that reads a table looks for that again.
"""

import warnings
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from typing import Any

import pandas as pd

from geomap.errors import GeomapWarning
from geomap.formats import Kind
from geomap.tables.events import event_ids
from geomap.tables.schema import PCODE_COLUMNS
from geomap.tables.units import UNIT_COLUMNS, unit_columns

_ADDED: Mapping[str, Any] = dict.fromkeys(
    ("location_basis", "location_words", *PCODE_COLUMNS, "same_as", "apart_from", "corrected_by", "fatalities_said"), ""
)
"""Columns that were added later to all tables that have them → what their cells are in a table that lacks them."""

_ADDED_TO: Mapping[Kind, Mapping[str, Any]] = {
    "mentions": {},
    "places": {"admin1": "", "admin2": ""},
    "events": {"admin2": ""},
    "incidents": {
        **dict.fromkeys(("admin2", "feature_class", "feature_code"), ""),
        **dict.fromkeys(("radius_km", "geo_precision", "where_precision"), None),
    },
}
"""The same of those that were added to one kind of table and that others always had."""

_FOLLOWING = ("event_id", *UNIT_COLUMNS)
"""Columns that were added later and follow from others."""

Spots = Sequence[tuple[int, str]]
"""Document offset and words of each name in a sentence."""


def with_added_columns(table: pd.DataFrame, kind: Kind) -> pd.DataFrame:
    """Return a table with the columns that were added later and that it lacks, each the same in all rows."""
    added = {**_ADDED, **dict.fromkeys(_FOLLOWING, ""), **_ADDED_TO[kind]}
    return table.assign(**{name: cell for name, cell in added.items() if name not in table.columns})


def with_following_cells(columns: Mapping[str, list[Any]], *, lacking: Container[str]) -> dict[str, list[Any]]:
    """Return a table's columns, read and checked, with those of `_FOLLOWING` filled that the file lacked."""
    filled = dict(columns)
    if "event_id" in filled and "event_id" in lacking:
        filled["event_id"] = event_ids(filled)
    if "country_code" in filled and any(name in lacking for name in UNIT_COLUMNS):
        named = unit_columns([filled[name] for name in ("country_code", "admin1", "admin2")])
        filled |= {name: cells for name, cells in named.items() if name in lacking}
    return filled


def with_sentence_starts(table: pd.DataFrame, *, names: str, what: str) -> pd.DataFrame:
    """Return a table with the column ``sentence_start``, worked out where it is missing and there is but one answer.

    Parameters
    ----------
    table
        A table as it was read, its cells still of any type. One that has the column, or lacks those that it would be
        worked out from, is returned as it is.
    names
        The column with the words that stand at ``start``: ``toponym`` or ``trigger``.

    Returns
    -------
        The table; the cell is ``None`` where the names of a sentence fit it in no way or in several, as "Kursk" does in
        "From Kursk to Kursk". A `GeomapWarning` counts such sentences.
    """
    needed = ["document_id", "sentence_index", "sentence", "start", names]
    if "sentence_start" in table.columns or not set(needed) <= set(table.columns):
        return table
    keys, spots = [], defaultdict(list)
    for document, index, sentence, start, name in zip(*(table[column] for column in needed), strict=True):
        keys.append((str(document), str(index), str(sentence)))
        spots[keys[-1]].append((start, str(name)))
    starts = {key: _start(key[-1], found) for key, found in spots.items()}
    unknown = sum(start is None for start in starts.values())
    if unknown:
        message = (
            f"{what}: made by an earlier version, it does not tell where {unknown:,} of its {len(starts):,} sentences "
            "start; names are not marked in them. Parse the reports again to have them marked"
        )
        warnings.warn(message, GeomapWarning, stacklevel=2)
    return table.assign(sentence_start=pd.Series([starts[key] for key in keys], index=table.index, dtype=object))


def _start(sentence: str, cells: Sequence[tuple[Any, str]]) -> int | None:
    try:
        return only_start(sentence, [(int(float(start)), name) for start, name in cells])
    except (TypeError, ValueError, OverflowError):
        return None  # `read_mentions` names the cell


def only_start(sentence: str, spots: Spots) -> int | None:
    """Tell where a sentence starts in its document, if its names can stand in it in one way alone.

    All names of a sentence are shifted by one number, the offset of the sentence. Where several fit, those count that
    put no name inside a word: "Russia" is not meant in "Russian".
    """
    offset, name = spots[0]
    shifts = [offset - at for at in range(len(sentence)) if name and sentence.startswith(name, at)]
    fitting = [shift for shift in shifts if shift >= 0 and _fits(sentence, spots, shift)]
    if len(fitting) > 1:
        fitting = [shift for shift in fitting if all(_is_apart(sentence, spot, shift) for spot in spots)]
    return fitting[0] if len(fitting) == 1 else None


def _fits(sentence: str, spots: Spots, shift: int) -> bool:
    return all(start >= shift and sentence.startswith(name, start - shift) for start, name in spots)


def _is_apart(sentence: str, spot: tuple[int, str], shift: int) -> bool:
    """Tell whether no letter or digit touches a name."""
    first, last = spot[0] - shift, spot[0] - shift + len(spot[1])
    return not (sentence[:first][-1:].isalnum() or sentence[last : last + 1].isalnum())
