"""One text in, one table out that also knows the events and the map: for notebooks and first steps."""

import datetime
from collections.abc import Callable
from typing import Any, Unpack

import pandas as pd

from geomap.errors import ReportError
from geomap.exporters.leaflet import GeoMap, to_map
from geomap.exporters.leaflet.geo_map import notebook_output
from geomap.kept_parsers import Settings, parse_kept
from geomap.language.detection import language_of
from geomap.readers.dates import parse_published
from geomap.tables import MENTION_COLUMNS, to_events, to_incidents, to_mentions, to_places
from geomap.types import Document, ParsedDocument

_HEIGHT = "400px"
_EVENT_COLUMNS = ["trigger", "event_sub_type", "name", "event_date", "fatalities_low", "fatalities_high", "sentence"]


def geoparse(
    text: str,
    *,
    id: str = "text",
    title: str = "",
    url: str = "",
    published: datetime.date | str | None = None,
    source: str = "",
    **settings: Unpack[Settings],
) -> "Geoparsed":
    """Return what one text tells: a mention table that also has its events, and shows itself on a map in a notebook.

    The models are loaded by the first call and kept.

    Parameters
    ----------
    text
        News text in English.
    id, title, url, published, source
        As in `Document`; ``published`` may be a text, such as "2024-09-07". Without it no day can be told from "on
        Friday".
    settings
        Those of `Geoparser`.

    Raises
    ------
    ConfigError
        If a setting is unknown or makes no sense.
    ReportError
        If the text is no text, or holds half a surrogate pair.

    Examples
    --------
    >>> geoparse("Shelling hit Pokrovsk.")["name"].tolist()
    ['Pokrovsk']
    """
    if not isinstance(text, str):
        raise ReportError(f"a {type(text).__name__} is no text; give a str, or use geomap.pandas for a table", path=id)
    day = None if pd.isna(published) else parse_published(published, path=id)
    document = Document(
        id=id, text=text, title=title, url=url, published=day, source=source, language=language_of(text)
    )
    (parsed,) = parse_kept([document], **settings)
    return Geoparsed(to_mentions([parsed]), parsed=parsed)


class Geoparsed(pd.DataFrame):
    """The mention table of one text, with all else that was found in it.

    It is a DataFrame like that of `to_mentions`; what is cut out of it, or computed from it, is a plain DataFrame.

    Parameters
    ----------
    mentions
        The mention table.
    parsed
        What it was made from.
    """

    _metadata = ["parsed"]  # noqa: RUF012  (pandas carries these attributes along, in pickles too)
    parsed: ParsedDocument
    """All that was found, as values: sentences, mentions, relations, resolutions, events."""

    def __init__(self, mentions: pd.DataFrame, *, parsed: ParsedDocument) -> None:
        super().__init__(mentions)  # type: ignore[call-arg]  # pandas-stubs knows __new__ alone
        self.parsed = parsed

    @property
    def _constructor(self) -> Callable[..., pd.DataFrame]:
        return pd.DataFrame

    @property
    def events(self) -> pd.DataFrame:
        """The event table, as `to_events` makes it."""
        return to_events([self.parsed])

    @property
    def incidents(self) -> pd.DataFrame:
        """The incident table, as `to_incidents` makes it."""
        return to_incidents(self.events)

    @property
    def places(self) -> pd.DataFrame:
        """The table of places, as `to_places` makes it."""
        return to_places(self)

    def to_map(self, **options: Any) -> GeoMap:
        """Return the map, with the whole text beside it; the options are those of `geomap.to_map`."""
        return to_map(self, **({"documents": [self.parsed.document]} | options))

    def show(self) -> None:
        """Open the map in the web browser."""
        self.to_map().show()

    def _repr_html_(self) -> str | None:
        """Show the map in a frame, then the mentions and the events; the plain table once columns were taken out."""
        plain: str | None = super()._repr_html_()  # type: ignore[misc]  # pandas-stubs leaves it out
        if plain is None or not set(MENTION_COLUMNS) <= set(self.columns):
            return plain
        page, events = self.to_map(embed=True).to_html(), self.events
        summary = f"Mentions: {len(self):,}; places: {len(self.places):,}; events: {len(events):,}"
        shown = notebook_output(page, self, summary=summary, width="100%", height=_HEIGHT, unfolded=True)
        if events.empty:
            return shown
        rows = events[_EVENT_COLUMNS].head(10).to_html(index=False, escape=True, border=0, na_rep="")
        return f"{shown}<details><summary>Events</summary>{rows}</details>"
