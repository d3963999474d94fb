"""``geomap info``: what is installed, and whose data it stands on."""

import platform
from collections.abc import Iterator

from geomap.cli.gazetteer import described
from geomap.cli.words import printable, write_data

_LIBRARIES = ("spacy", "pandas", "shapely", "folium", "geopy", "trafilatura", "pyarrow")


def info() -> None:
    """Tell versions, recognisers, resolvers, the gazetteer in use, licences and the attribution it asks for."""
    write_data("".join(f"{printable(line)}\n" for line in _lines()))


def _lines() -> Iterator[str]:
    import geomap
    from geomap import registry
    from geomap.gazetteers import gazetteer_info
    from geomap.gazetteers.inspection import imported_sources

    yield f"geomap {geomap.__version__} (MIT licence)"
    yield f"Python {platform.python_version()}, {', '.join(_versions())}"
    yield f"recognisers: {', '.join(registry.names('recognizers'))}"
    yield f"resolvers: {', '.join(registry.names('resolvers'))}"
    yield from described(gazetteer_info())
    for name, words in imported_sources().items():
        yield f"imported gazetteer {name}: {words}"


def _versions() -> Iterator[str]:
    from importlib.metadata import PackageNotFoundError, version

    for name in _LIBRARIES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            yield f"{name} not installed"
