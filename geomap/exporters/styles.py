"""How events are drawn in files for maps: in the colours of the page on white, each with a shape of its own.

Styles for QGIS (QML) are hollow where the place is not exact.
"""

from collections.abc import Mapping
from typing import NamedTuple
from xml.sax.saxutils import quoteattr


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

_TYPED = frozenset(["mentions", "events", "incidents"])
"""Tables with the column ``event_type``."""
_EXACT = '"geo_precision" = 1'


def style_of(layer: str) -> str:
    """Return the style of a layer as QML: a renderer with a symbol for each event type, for places one and their names.

    A layer is ``mentions``, ``places``, ``events`` or ``incidents``, or one of these with ``_areas`` behind it.
    """
    table, _, areas = layer.partition("_")
    typed = table in _TYPED
    signs = SIGNS if typed else {"": Sign(SIGNS[""].colour, "circle")}
    symbol = _area if areas else _marker
    symbols = "".join(symbol(str(number), sign, exact=typed) for number, sign in enumerate(signs.values()))
    if not typed:
        renderer = f'<renderer-v2 type="singleSymbol" symbollevels="0"><symbols>{symbols}</symbols></renderer-v2>'
    else:
        categories = "".join(
            f'<category symbol="{number}" value={quoteattr(name)} label={quoteattr(name or "no event")} render="true"/>'
            for number, name in enumerate(signs)
        )
        renderer = (
            '<renderer-v2 type="categorizedSymbol" attr="event_type" symbollevels="0">'
            f"<categories>{categories}</categories><symbols>{symbols}</symbols></renderer-v2>"
        )
    labels = _LABELS if table == "places" and not areas else ""
    geometry = 2 if areas else 0
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        f'<qgis version="3.28.0" styleCategories="Symbology|Labeling" labelsEnabled="{int(bool(labels))}">'
        f"{renderer}{labels}<blendMode>0</blendMode><layerGeometryType>{geometry}</layerGeometryType></qgis>"
    )


def _marker(number: str, sign: Sign, *, exact: bool) -> str:
    """Return a marker that is filled where the place is exact, and hollow where it is near it or in a region."""
    options = {
        "name": sign.shape,
        "color": _rgba(sign.colour, 190),
        "outline_color": _rgba(sign.colour, 255),
        "outline_style": "solid",
        "outline_width": "0.4",
        "outline_width_unit": "MM",
        "size": "2.6",
        "size_unit": "MM",
        "scale_method": "diameter",
    }
    fill = f"if({_EXACT}, '{_rgba(sign.colour, 190)}', '255,255,255,120')"
    return _symbol(number, "marker", "SimpleMarker", options, fill if exact else "")


def _area(number: str, sign: Sign, *, exact: bool) -> str:
    options = {
        "color": _rgba(sign.colour, 38),
        "style": "solid",
        "outline_color": _rgba(sign.colour, 160),
        "outline_style": "dash",
        "outline_width": "0.3",
        "outline_width_unit": "MM",
    }
    return _symbol(number, "fill", "SimpleFill", options, "")


def _symbol(number: str, kind: str, layer: str, options: dict[str, str], fill: str) -> str:
    told = "".join(f'<Option name="{name}" type="QString" value="{value}"/>' for name, value in options.items())
    return (
        f'<symbol name="{number}" type="{kind}" alpha="1" clip_to_extent="1" force_rhr="0">'
        f'<layer class="{layer}" enabled="1" locked="0" pass="0"><Option type="Map">{told}</Option>'
        f"{_by_expression(fill) if fill else ''}</layer></symbol>"
    )


def _by_expression(fill: str) -> str:
    """Return what lets an expression choose the colour of a marker."""
    return (
        '<data_defined_properties><Option type="Map"><Option name="name" type="QString" value=""/>'
        '<Option name="properties" type="Map"><Option name="fillColor" type="Map">'
        '<Option name="active" type="bool" value="true"/>'
        f'<Option name="expression" type="QString" value={quoteattr(fill)}/>'
        '<Option name="type" type="int" value="3"/></Option></Option>'
        '<Option name="type" type="QString" value="collection"/></Option></data_defined_properties>'
    )


def _rgba(colour: str, alpha: int) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"{red},{green},{blue},{alpha}"


_LABELS = (
    '<labeling type="simple"><settings calloutType="simple">'
    '<text-style fieldName="name" fontSize="8" textColor="28,33,39,255" fontSizeUnit="Point">'
    '<text-buffer bufferDraw="1" bufferSize="0.8" bufferColor="255,255,255,220" bufferSizeUnits="MM"/></text-style>'
    '<placement placement="6" dist="1" distUnits="MM"/><rendering obstacle="1"/></settings></labeling>'
)
