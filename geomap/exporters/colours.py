"""How events are drawn in files for maps: in the colours of the page on white, each with a shape of its own."""

from collections.abc import Mapping
from typing import NamedTuple


class Sign(NamedTuple):
    """How an event type is drawn."""

    colour: str
    """``#rrggbb``."""
    shape: str
    """A simple marker of QGIS."""


SIGNS: Mapping[str, Sign] = {
    "Battles": Sign("#7a081e", "star"),
    "Explosions/Remote violence": Sign("#d06a14", "triangle"),
    "Violence against civilians": Sign("#a64ad0", "diamond"),
    "Protests": Sign("#12766b", "square"),
    "Riots": Sign("#785401", "pentagon"),
    "Strategic developments": Sign("#1a3f8f", "hexagon"),
    "": Sign("#868b95", "circle"),
}
"""ACLED event type → sign; "" for what tells of none."""
