"""Where the data files are that come with the program.

A wheel carries them in ``geomap/bundled/``; a checkout and an editable install keep them in the ``gazetteer/`` folder
beside the package.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

ATTRIBUTION = (
    "Places: GeoNames (geonames.org), CC BY 4.0; Natural Earth, public domain; "
    "names of countries: Unicode CLDR, Unicode License v3"
)
"""What is to be named with every table and map made from the bundled data."""

_PACKAGE = Path(__file__).resolve().parent

VOCABULARY = _PACKAGE / "models" / "tokenizer.json"
"""The word pieces of the recogniser's models."""


def bundled_path(name: str) -> Path:
    """Return where a bundled data file is, or should be.

    Parameters
    ----------
    name
        File name, such as ``gazetteer.sqlite``.

    Returns
    -------
        The packaged copy if there is one, else the path beside the package, which may not exist.
    """
    packaged = _PACKAGE / "bundled" / name
    return packaged if packaged.is_file() else _PACKAGE.parent / "gazetteer" / name


@cache
def sources() -> dict[str, Any]:
    """Return what the bundled data are made of, from ``SOURCES.toml``; empty when the file is not there."""
    path = bundled_path("SOURCES.toml")
    return tomllib.loads(path.read_text("utf-8")) if path.is_file() else {}
