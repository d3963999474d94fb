"""How a table was made: the program, its settings, and the gazetteers, with no time that would change its bytes."""

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from geomap.bundle import ATTRIBUTION

_PROGRAMS = ("geomap", "spacy", "onnxruntime", "pandas")
"""What the result depends on, beside the models, which come with the first."""


def provenance_of(
    *, settings: Mapping[str, Any], gazetteers: Mapping[str, Mapping[str, str]], command: str = ""
) -> dict[str, Any]:
    """Describe how tables were made.

    Parameters
    ----------
    settings
        The settings of the run, such as the recogniser.
    gazetteers
        Name → facts of each gazetteer in use: ``sha256`` of its content, and more.
    command
        What was run, such as ``geomap events``.

    Returns
    -------
        A JSON object with ``command``, ``versions``, ``settings``, ``gazetteers`` and ``attribution``; sorted, so that
        two runs that agree in it say so alike.
    """
    return {
        **({"command": command} if command else {}),
        "versions": {name: found for name in _PROGRAMS if (found := _version(name))},
        "settings": dict(sorted(settings.items())),
        "gazetteers": {name: dict(facts) for name, facts in gazetteers.items()},
        "attribution": ATTRIBUTION,
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # imported from a folder, not installed
        return ""
