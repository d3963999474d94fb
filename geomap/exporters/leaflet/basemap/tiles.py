"""Backgrounds of tiles, off until a reader chooses one: online ones, and a file of vector tiles of the user's own.

Online ones go by the names that xyzservices gives them. The file is PMTiles version 3, with the tiles of OpenStreetMap
tools: a small one is carried by the page. A larger one lies beside the page, which asks its server for the parts that
it needs (https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md).
"""

import base64
import difflib
import html
import json
import re
import struct
import warnings
import zlib
from pathlib import Path
from urllib.parse import urlsplit

import xyzservices

from geomap.errors import ConfigError
from geomap.exporters.leaflet.html.escaping import Page

CARRIED = 3_000_000
"""The most bytes of a file that a page carries: with them it is 4 MB larger, as large as a few photographs."""

_MAGIC, _HEADER = b"PMTiles", 127
_VECTOR = 1
_NONE, _GZIP = 1, 2
_LONGEST_CREDIT = 300  # characters
_LONGEST_METADATA = 10_000_000  # bytes
_PLACEHOLDER = re.compile(r"\{(?!(?:x|y|-y|z|s|r)\})[^}]*\}")


def tile_layer(name: str) -> Page:
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
    """Refuse a name that `folium.TileLayer` would make no background of, with the errors of `tile_layer`.

    What it takes with a warning is let through.
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


def read_tiles(path: str | Path) -> Page:
    """Return what a page needs to know of a file of tiles.

    Parameters
    ----------
    path
        A ``.pmtiles`` file of vector tiles in one of the schemas of Protomaps, OpenMapTiles or Shortbread.

    Returns
    -------
        ``file``, its name; ``zooms``, the smallest and the largest zoom of its tiles; ``bounds`` as west, south, east,
        north in degrees; ``credit``, plain text; ``data``, the file in base64, if it has no more than `CARRIED` bytes.

    Raises
    ------
    ConfigError
        If the file cannot be read or its tiles cannot be drawn; the message names the file and the remedy.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
            _check_header(path, header)
            start, length = struct.unpack_from("<QQ", header, 24)
            size = path.stat().st_size
            if start + length > size:
                raise ConfigError(f"{path}: is cut short, its metadata are missing; copy or make it again")
            file.seek(start)
            credit = _credit(path, file.read(min(length, _LONGEST_METADATA)), header[97])
            whole = path.read_bytes() if size <= CARRIED else None
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}); give an existing file") from None
    facts: Page = {
        "file": path.name,
        "zooms": [header[100], header[101]],
        "bounds": [degrees / 1e7 for degrees in struct.unpack_from("<4i", header, 102)],
        "credit": credit,
    }
    return facts if whole is None else facts | {"data": base64.b64encode(whole).decode()}


def check_beside(path: Path, page: Path) -> None:
    """Refuse a file that a page neither carries, as it is larger than `CARRIED`, nor finds in its own folder."""
    if path.stat().st_size > CARRIED and path.resolve().parent != page.resolve().parent:
        raise ConfigError(
            f"{path}: is too large for the page to carry, which reads it from beside itself; copy it to "
            f"{page.parent} and give that copy"
        )


def _check_header(path: Path, header: bytes) -> None:
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise ConfigError(f"{path}: is no PMTiles file; make one with: pmtiles convert tiles.mbtiles {path.name}")
    version, compression, kind = header[7], header[98], header[99]
    if version != 3:
        raise ConfigError(f"{path}: is PMTiles version {version}, not 3; convert it again with a newer pmtiles")
    if kind != _VECTOR:
        raise ConfigError(f"{path}: holds pictures; give vector tiles, such as an extract of build.protomaps.com")
    if compression not in {_NONE, _GZIP} or header[97] not in {_NONE, _GZIP}:
        raise ConfigError(f"{path}: is packed in a way that browsers do not unpack; convert it with gzip")


def _credit(path: Path, data: bytes, compression: int) -> str:
    """Return the attribution of the metadata in plain words."""
    try:
        if compression == _GZIP:
            data = zlib.decompressobj(wbits=31).decompress(data, _LONGEST_METADATA)
        facts = json.loads(data or b"{}")
        words = facts.get("attribution") if isinstance(facts, dict) else ""
    except (zlib.error, ValueError, RecursionError) as error:
        raise ConfigError(f"{path}: has damaged metadata ({error}); make it again") from None
    plain = html.unescape(re.sub(r"<[^>]*>", "", words if isinstance(words, str) else ""))
    return " ".join(plain.split())[:_LONGEST_CREDIT]
