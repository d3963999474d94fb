"""The frame of the page: what branca's Figure does, with the files inside and a Content-Security-Policy around."""

import base64
import hashlib
import re
import warnings
from collections.abc import Iterator, Sequence
from typing import Any

from branca.element import Element, Figure, Link

from geomap.errors import GeomapWarning
from geomap.exporters.leaflet.assets import assets, cdn_tag, inline_tag, vendored
from geomap.exporters.leaflet.escaping import RawElement, inert_text
from geomap.exporters.leaflet.languages import Words

TILE_HOSTS = (
    "https://*.tile.opentopomap.org",
    "https://gibs.earthdata.nasa.gov",
    "https://tile.openstreetmap.org",
)
"""Where the optional online layers come from; nothing is asked of them until a reader chooses one."""

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


class PageFigure(Figure):
    """A Figure that writes one file: third-party files inlined or pinned, every script allowed by its hash alone.

    Parameters
    ----------
    title
        Title of the page; any text.
    tile_hosts
        Where further online layers come from, as sources of a Content-Security-Policy.
    words
        The language of the page.
    """

    def __init__(self, *, words: Words, title: str = "", tile_hosts: Sequence[str] = ()) -> None:
        super().__init__(title=title)
        self._words = words
        self._tile_hosts = tuple(dict.fromkeys([*TILE_HOSTS, *tile_hosts]))
        self.header._children.clear()

    def render(self, *, offline: bool = True, **_: Any) -> str:
        """Write the page.

        Parameters
        ----------
        offline
            Whether to carry the third-party files, so that the page loads nothing. Without the vendor folder the page
            loads them from the CDN all the same, with integrity hashes, and a `GeomapWarning` says so.
        """
        if offline and not vendored():
            offline = False
            message = (
                "built without Node: the map loads Leaflet from a CDN. Run npm ci && npm run build for a single file"
            )
            warnings.warn(message, GeomapWarning, stacklevel=3)
        for child in list(self._children.values()):
            child.render()  # without arguments: folium's own layers take none
        remote = [*_resolve_links(self.header, offline=offline), *_resolve_links(self.html, offline=offline)]
        header, body, script = self.header.render(), self.html.render(), self.script.render()
        content = f"{header}\n</head>\n<body>\n{body}\n<script>\n{script}\n</script>\n</body>\n</html>\n"
        policy = _policy(content, remote, self._tile_hosts)
        return f"{_head(self.title or '', policy, self._words)}{content}"


def _head(title: str, policy: str, words: Words) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="{words.language}" dir="{words.direction}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{inert_text(title)}</title>\n"
    )


def _links(parent: Element) -> Iterator[tuple[Element, str, Link]]:
    for name, child in list(parent._children.items()):
        if isinstance(child, Link):
            yield parent, name, child
        yield from _links(child)


def _resolve_links(parent: Element, *, offline: bool) -> list[str]:
    """Replace each link to a file by the file or by a pinned tag; return the addresses that stay remote."""
    known = {asset.url: asset for asset in assets().values()}
    remote = []
    for holder, name, link in _links(parent):
        asset = known.get(link.url)
        if asset and offline:
            holder.add_child(RawElement(inline_tag(asset)), name=name)
        elif asset:
            holder.add_child(RawElement(cdn_tag(asset)), name=name)
            remote.append(asset.url)
        elif offline:
            holder.add_child(RawElement(""), name=name)
            message = (
                f"{link.url} is not part of geomap: the offline page leaves it out. Save with offline=False to link it"
            )
            warnings.warn(message, GeomapWarning, stacklevel=4)
        else:
            remote.append(link.url)
    return remote


def _policy(content: str, remote: list[str], tile_hosts: Sequence[str]) -> str:
    """Return the Content-Security-Policy: no source of anything but the page itself, its pinned files and the tiles."""
    hashes = [base64.b64encode(hashlib.sha256(body.encode()).digest()).decode() for body in _SCRIPT.findall(content)]
    scripts = " ".join([*(f"'sha256-{digest}'" for digest in hashes), *remote])
    styles = " ".join(["'unsafe-inline'", *remote])  # folium's own elements carry style attributes
    images = " ".join(["data:", *tile_hosts, *(["https://cdn.jsdelivr.net/npm/"] if remote else [])])
    return (
        f"default-src 'none'; script-src {scripts}; style-src {styles}; img-src {images}; font-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
