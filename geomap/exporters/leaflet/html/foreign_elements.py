"""What elements of folium, of its plugins and of users bring into a page: files, the hosts they ask, handlers.

They are made for `folium.Map`, which loads ten files from four hosts and has no Content-Security-Policy. Here each file
is carried or linked by name, and the policy allows what these elements write and nothing else. Their text comes from
the map's maker; text of reports is never in it.
"""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from branca.element import CssLink, Element, JavascriptLink, Link
from folium.folium import _default_css, _default_js
from folium.raster_layers import TileLayer, WmsTileLayer

from geomap.errors import ConfigError
from geomap.exporters.leaflet.html.assets import ON_REQUEST, Asset, assets, carried, cdn_tag, file_tag, inline_tag

_FILE_TAG = re.compile(
    r"""
    <script\b [^>]*? \bsrc \s*=\s* ["'](?P<script>[^"']+)["'] [^>]* > \s* </script\s*>
    | <link\b (?=[^>]*stylesheet) [^>]*? \bhref \s*=\s* ["'](?P<style>[^"']+)["'] [^>]* >
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""A tag that loads a script or a style sheet."""

_LINK_TARGET = re.compile(r"""\bhref\s*=\s*\\?["'][^"'\\]*""", re.IGNORECASE)
"""Where a link leads: nothing is loaded from there."""

_ADDRESS = re.compile(r"(?P<scheme>https?)://(?P<host>[\w.{}-]+(?::\d+)?)", re.IGNORECASE)
"""The beginning of a web address; braces stand in addresses of tiles."""

_HANDLER = re.compile(r"""\son[a-z]+\s*=\s*(?P<quote>\\?["'])(?P<code>.*?)(?P=quote)""", re.IGNORECASE | re.DOTALL)
"""A handler of events in markup, such as ``onclick``."""

_NAMESPACE_HOST = "www.w3.org"
"""Addresses there name languages, such as SVG; nothing is asked of them."""

_JQUERY = re.compile(r"\$[.(]|\bjQuery\b")
"""A script that uses jQuery, as popups do: folium loads it on every map, so that no element asks for it."""

_ICONS = re.compile(r"L\.AwesomeMarkers|\bglyphicon|\bfa-|[\"']fa[\"']")
"""Markers with icons of folium's two icon fonts."""

_LEFT_OUT = {"leaflet", "leaflet_css", "bootstrap", "bootstrap_css"}
"""The page has Leaflet, and Bootstrap's style would change what is around the map."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """What a page's foreign elements ask of its policy."""

    scripts: tuple[str, ...] = ()
    """Addresses of scripts that the page loads."""
    styles: tuple[str, ...] = ()
    """Addresses of style sheets that the page loads, each beside images and fonts of its own."""
    hosts: tuple[str, ...] = ()
    """Sources of images, tiles and data, such as ``https://*.example.org``; sorted."""
    handlers: tuple[str, ...] = ()
    """The code of handlers that stand in markup; sorted."""
    frames: bool = False
    """Whether there are frames in the page."""
    compiles: bool = False
    """Whether scripts that are not geomap's may compile code, as MeasureControl and Vega do with their templates."""


def promised_files() -> dict[str, Link]:
    """Return the files that folium loads on every map, by folium's names for them: but Leaflet, and Bootstrap."""
    scripts = {name: JavascriptLink(url) for name, url in _default_js if name not in _LEFT_OUT}
    return scripts | {name: CssLink(url) for name, url in _default_css if name not in _LEFT_OUT}


def needed_files(text: str, linked: Iterable[str]) -> dict[str, Link]:
    """Return those of the promised files that elements rely on without asking for them, by what they write.

    A page that asks for any (``linked``) gets all that folium promises to plugins.
    """
    if _ICONS.search(text) or any(map(_is_foreign, linked)):
        return promised_files()
    return {name: link for name, link in promised_files().items() if name == "jquery" and _JQUERY.search(text)}


def linked_files(text: str) -> list[str]:
    """Return the addresses of the scripts and style sheets that markup loads, in its order."""
    return [_address(tag) for tag in _FILE_TAG.finditer(text)]


def with_files(texts: Sequence[str], *, offline: bool) -> tuple[list[str], list[str]]:
    """Put each file into the markup that loads it, as far as it is here.

    Offline geomap's own copies are carried; else they are linked with integrity hashes, as the others are without.

    Returns
    -------
        The texts with files that are here in the place of their tags, a second tag for one left out; and the addresses
        of those that stay remote, in order. A ``file:`` address of a file that cannot be read is a `ConfigError`.
    """
    remote: list[str] = []
    placed: set[str] = set()

    def place(tag: re.Match[str]) -> str:
        url = _address(tag)
        asset = _asset_of(url)
        if (asset.url if asset else url) in placed:
            return ""
        placed.add(asset.url if asset else url)
        if asset and offline and carried(asset):
            return inline_tag(asset)
        if urlsplit(url).scheme == "file":
            return file_tag(url, style=tag["style"] is not None)
        remote.append(asset.url if asset else url)
        return cdn_tag(asset) if asset else tag[0]

    return [_FILE_TAG.sub(place, text) for text in texts], remote


def foreign_in(texts: Iterable[str], remote: Sequence[str], *, allowed: Iterable[str] = ()) -> Foreign:
    """Return what the policy has to allow for the texts of elements, for the files that stay remote, and besides."""
    texts = list(texts)
    scripts = [tag["script"] for text in texts for tag in _FILE_TAG.finditer(text) if tag["script"]]
    text = "\n".join(_FILE_TAG.sub("", text) for text in texts)
    styles = [url for url in remote if urlsplit(url).path.endswith(".css")]
    return Foreign(
        scripts=tuple(_source(url) for url in remote if url not in styles),
        styles=tuple(map(_source, styles)),
        hosts=tuple(sorted({*allowed, *_hosts(_LINK_TARGET.sub("", text))})),
        handlers=tuple(sorted({html.unescape(found["code"].replace("\\", "")) for found in _HANDLER.finditer(text)})),
        frames="<iframe" in text.lower(),
        compiles=any(_asset_of(html.unescape(url)) is None for url in scripts),
    )


def host_of(address: str) -> str:
    """Return the source of a policy that allows the host of an address; without a scheme it is asked over https.

    An address that names none is a `ConfigError`.
    """
    sources = list(_hosts(address if "://" in address else f"https://{address}"))
    if len(sources) != 1 or ("." not in sources[0] and "localhost" not in sources[0]):
        raise ConfigError(f"{address!r} names no host; give one such as 'https://nominatim.openstreetmap.org'")
    return sources[0]


def foreign_files(remote: Iterable[str]) -> list[str]:
    """Return those of the addresses that are neither geomap's own nor files beside the page."""
    return [url for url in remote if _is_foreign(url)]


def owners_of(element: Element) -> dict[str, str]:
    """Return by address which kind of element in a tree asks for a file."""
    own: Any = element
    pairs = [*getattr(own, "default_js", ()), *getattr(own, "default_css", ())]
    owners = {url: type(element).__name__ for _, url in pairs}
    for child in element._children.values():
        owners = {**owners_of(child), **owners}
    return owners


def shown_tiles(element: Element) -> dict[str, str]:
    """Return by address the names of the layers of a tree that load tiles when the page opens."""
    is_shown = isinstance(element, TileLayer | WmsTileLayer) and element.show
    address = getattr(element, "tiles", getattr(element, "url", ""))
    tiles = {str(address): str(getattr(element, "layer_name", ""))} if is_shown else {}
    for child in element._children.values():
        tiles |= shown_tiles(child)
    return tiles


def _address(tag: re.Match[str]) -> str:
    return html.unescape(tag["script"] or tag["style"]).strip()


def _asset_of(url: str) -> Asset | None:
    """Return geomap's copy of a file, also where another host has the same version of it."""
    path = urlsplit(url).path
    for asset in assets().values():
        name = path.rsplit("/", 1)[-1].replace(f"-{asset.version}", "")
        if url == asset.url or (name == asset.name and asset.package in path and asset.version in path):
            return asset
    return None


def _is_foreign(url: str) -> bool:
    parts, asset = urlsplit(url), _asset_of(url)
    missing = asset is None or (asset.name in ON_REQUEST and not carried(asset))
    return bool(parts.netloc) and parts.scheme != "file" and missing


def _source(url: str) -> str:
    """Return what a policy calls a file: its address, or the page's own place for a file beside the page."""
    parts = urlsplit(url)
    if not parts.netloc:
        return "data:" if parts.scheme == "data" else "'self'"
    return f"{parts.scheme or 'https'}://{parts.netloc}{quote(parts.path, safe='/@%+~:!$&*()=')}"


def _hosts(text: str) -> Iterator[str]:
    for found in _ADDRESS.finditer(text):
        host, scheme = found["host"].rstrip("."), found["scheme"].lower()
        if host == _NAMESPACE_HOST:
            continue
        if "}" not in host:
            yield f"{scheme}://{host}"
        elif fixed := host.rsplit("}", 1)[-1].partition(".")[2]:
            yield f"{scheme}://*.{fixed}"
