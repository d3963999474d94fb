"""Online backgrounds by the names that xyzservices gives them: off until a reader chooses one."""

import difflib
import re
import warnings
from typing import Any
from urllib.parse import urlsplit

import xyzservices

from geomap.errors import ConfigError

Layer = dict[str, Any]

_PLACEHOLDER = re.compile(r"\{(?!(?:x|y|-y|z|s|r)\})[^}]*\}")


def tile_layer(name: str) -> Layer:
    """Return what the page needs to know of an online background.

    Parameters
    ----------
    name
        A name of xyzservices, such as ``OpenTopoMap`` or ``Esri.WorldImagery``; case, dots and spaces do not matter.

    Returns
    -------
        ``name``, ``url`` with the places that Leaflet fills in, ``attribution``, ``maxZoom``, ``subdomains`` and the
        ``hosts`` that are asked for tiles.

    Raises
    ------
    ConfigError
        If there is no such provider, or it needs a key, is out of order, draws another projection than web maps do, or
        cannot be asked over https.
    """
    try:
        provider = xyzservices.providers.query_name(name)
    except ValueError:
        known = xyzservices.providers.flatten()
        meant = difflib.get_close_matches(name.lower(), {key.lower(): key for key in known}, n=1, cutoff=0.5)
        hint = next((key for key in known if meant and key.lower() == meant[0]), "OpenTopoMap")
        raise ConfigError(f"no online map is called {name!r}; did you mean {hint}?") from None
    _refuse_unusable(provider)
    url = provider.build_url(scale_factor="{r}", fill_subdomain=False)
    if _PLACEHOLDER.search(url) or not url.startswith("https://"):
        raise ConfigError(f"{provider.name} cannot be used from a page without a key; try OpenTopoMap")
    subdomains = list(provider.get("subdomains", "abc"))
    return {
        "name": provider.name,
        "url": url,
        "attribution": provider.get("html_attribution", provider.get("attribution", "")),
        "maxZoom": int(provider.get("max_zoom", 18)),
        "subdomains": subdomains,
        "hosts": sorted({f"https://{urlsplit(url.replace('{s}', one)).netloc}" for one in subdomains}),
    }


def check_background(name: str) -> None:
    """Refuse a name that `folium.TileLayer` would make no background of; what it takes with a warning is let through.

    Raises
    ------
    ConfigError
        As `tile_layer` does.
    """
    if name.lower() == "openstreetmap":  # folium's own name
        return
    try:
        with warnings.catch_warnings(action="ignore"):  # folium says the same again
            xyzservices.providers.query_name(name).build_url()
    except ValueError:
        tile_layer(name)


def _refuse_unusable(provider: xyzservices.TileProvider) -> None:
    if provider.requires_token():
        raise ConfigError(f"{provider.name} asks for a key, which a page would show to all; try OpenTopoMap")
    if provider.get("status") == "broken":
        raise ConfigError(f"{provider.name} is out of order; try OpenTopoMap")
    if provider.get("crs", "EPSG:3857") != "EPSG:3857" or provider.get("tms"):
        raise ConfigError(f"{provider.name} draws another grid than web maps; try OpenTopoMap")
