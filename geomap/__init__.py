"""Find the places that news reports name, resolve them offline, and map them with their source sentences.

::

    import geomap

    documents = geomap.read_documents("seeds/")
    mentions = geomap.to_mentions(geomap.Geoparser().parse(documents))
    geomap.to_map(mentions).save("map.html")

The public names are imported on first use, so that ``import geomap`` costs nothing.
"""

TYPE_CHECKING = False  # type checkers take it for true; importing typing would take longer than all the rest
if TYPE_CHECKING:
    from geomap.config import Config as Config
    from geomap.corrections.applying import corrected as corrected
    from geomap.corrections.corrections_file import read_corrections as read_corrections
    from geomap.corrections.matching import Tally as Tally
    from geomap.corrections.records import Correction as Correction
    from geomap.errors import ConfigError as ConfigError
    from geomap.errors import CorrectionsError as CorrectionsError
    from geomap.errors import GazetteerError as GazetteerError
    from geomap.errors import GeomapError as GeomapError
    from geomap.errors import GeomapWarning as GeomapWarning
    from geomap.errors import ModelNotFoundError as ModelNotFoundError
    from geomap.errors import OutputError as OutputError
    from geomap.errors import ReportError as ReportError
    from geomap.errors import TableError as TableError
    from geomap.evaluation.scoring import evaluate as evaluate
    from geomap.exporters.export import write_table as write_table
    from geomap.exporters.geojson import to_geojson as to_geojson
    from geomap.exporters.geometry import to_geodataframe as to_geodataframe
    from geomap.exporters.leaflet import to_map as to_map
    from geomap.gazetteers import GazetteerGeocoder as GazetteerGeocoder
    from geomap.gazetteers import load_gazetteer as load_gazetteer
    from geomap.geoparsed import Geoparsed as Geoparsed
    from geomap.geoparsed import geoparse as geoparse
    from geomap.pipeline import Geoparser as Geoparser
    from geomap.readers import read_documents as read_documents
    from geomap.runs.many import parse_many as parse_many
    from geomap.second_opinion import second_opinion as second_opinion
    from geomap.tables import read_events as read_events
    from geomap.tables import read_incidents as read_incidents
    from geomap.tables import read_mentions as read_mentions
    from geomap.tables import read_places as read_places
    from geomap.tables import to_events as to_events
    from geomap.tables import to_incidents as to_incidents
    from geomap.tables import to_mentions as to_mentions
    from geomap.tables import to_places as to_places
    from geomap.types import Candidate as Candidate
    from geomap.types import Document as Document
    from geomap.types import Event as Event
    from geomap.types import EventDate as EventDate
    from geomap.types import GazetteerEntry as GazetteerEntry
    from geomap.types import Mention as Mention
    from geomap.types import ParsedDocument as ParsedDocument
    from geomap.types import Resolution as Resolution
    from geomap.types import Sentence as Sentence

    __version__: str

_HOMES = {
    "geomap.config": ("Config",),
    "geomap.corrections.applying": ("corrected",),
    "geomap.corrections.matching": ("Tally",),
    "geomap.corrections.corrections_file": ("read_corrections",),
    "geomap.corrections.records": ("Correction",),
    "geomap.errors": (
        "ConfigError",
        "CorrectionsError",
        "GazetteerError",
        "GeomapError",
        "GeomapWarning",
        "ModelNotFoundError",
        "OutputError",
        "ReportError",
        "TableError",
    ),
    "geomap.evaluation.scoring": ("evaluate",),
    "geomap.exporters.export": ("write_table",),
    "geomap.exporters.geometry": ("to_geodataframe",),
    "geomap.exporters.geojson": ("to_geojson",),
    "geomap.exporters.leaflet": ("to_map",),
    "geomap.gazetteers": ("GazetteerGeocoder", "load_gazetteer"),
    "geomap.geoparsed": ("Geoparsed", "geoparse"),
    "geomap.pipeline": ("Geoparser",),
    "geomap.readers": ("read_documents",),
    "geomap.runs.many": ("parse_many",),
    "geomap.second_opinion": ("second_opinion",),
    "geomap.tables": (
        "read_events",
        "read_incidents",
        "read_mentions",
        "read_places",
        "to_events",
        "to_incidents",
        "to_mentions",
        "to_places",
    ),
    "geomap.types": (
        "Candidate",
        "Document",
        "Event",
        "EventDate",
        "GazetteerEntry",
        "Mention",
        "ParsedDocument",
        "Resolution",
        "Sentence",
    ),
}
_HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

__all__ = ["__version__", *sorted(_HOME_OF)]


def __getattr__(name: str) -> object:
    """Import a public name on its first use (PEP 562)."""
    if name == "__version__":
        from importlib.metadata import version

        value: object = version("geomap")
    elif name in _HOME_OF:
        from importlib import import_module

        value = getattr(import_module(_HOME_OF[name]), name)
    else:
        raise AttributeError(f"module 'geomap' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
