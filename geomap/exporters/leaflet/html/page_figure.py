"""The frame of the page: what branca's Figure does, with the files inside and a Content-Security-Policy around."""

import base64
import hashlib
import re
import warnings
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

from branca.element import Element, Figure, Link

from geomap.errors import ConfigError, GeomapWarning
from geomap.exporters.leaflet.html.assets import vendored
from geomap.exporters.leaflet.html.escaping import RawElement, inert_text
from geomap.exporters.leaflet.html.foreign_elements import (
    Foreign,
    foreign_files,
    foreign_in,
    host_of,
    linked_files,
    needed_files,
    owners_of,
    promised_files,
    shown_tiles,
    with_files,
)
from geomap.exporters.leaflet.html.languages import Words

Elements = dict[str, Element]

TILE_HOSTS = (
    "https://*.tile.opentopomap.org",
    "https://gibs.earthdata.nasa.gov",
    "https://tile.openstreetmap.org",
)
"""Where the optional online layers come from; nothing is asked of them until a reader chooses one."""

_SCRIPT = re.compile(r"<script(?![^>]*\bsrc\b)(?![^>]*\btype=\"application/)[^>]*>(.*?)</script>", re.DOTALL)
"""A script that stands in the page; data blocks are none."""


class PageFigure(Figure):
    """A Figure that writes one file: third-party files inlined or pinned, every script allowed by its hash alone.

    It takes what folium's Figure takes: elements added to ``header``, ``html`` and ``script``, and the files, hosts and
    handlers that they bring.

    Parameters
    ----------
    title
        Title of the page; any text.
    offline
        What `render` does unless told otherwise.
    tile_hosts
        Where further online layers come from, as sources of a Content-Security-Policy.
    words
        The language of the page.
    reads_beside
        Whether it reads a file of tiles that lies beside it.
    """

    def __init__(
        self,
        *,
        words: Words,
        title: str = "",
        offline: bool | None = None,
        tile_hosts: Sequence[str] = (),
        reads_beside: bool = False,
    ) -> None:
        super().__init__(title=title)
        self._words = words
        self._offline = offline
        self._allowed: tuple[str, ...] = ()
        self._made: list[Elements] = [{}, {}, {}]
        self._tile_hosts = tuple(dict.fromkeys([*TILE_HOSTS, *tile_hosts]))
        self._beside = ("'self'",) if reads_beside else ()
        self.header._children.clear()

    def allow(self, address: str) -> None:
        """Let the page ask a host, as `GeoMap.allow` does."""
        self._allowed = tuple(sorted({*self._allowed, host_of(address)}))

    def render(self, *, offline: bool | None = None, **_: Any) -> str:
        """Write the page.

        Parameters
        ----------
        offline
            ``True`` to carry all files, so that the page loads none; ``False`` to link the third-party ones with
            integrity hashes, and those of folium's plugins without; ``None`` as the figure was made. A figure made with
            ``None`` carries what geomap has and links what plugins bring; a `GeomapWarning` then names their hosts.
            Without the vendor folder geomap's files are linked all the same, with a warning.

        Raises
        ------
        ConfigError
            If the page is to be offline and an element needs a file that geomap does not have, or opens with tiles.
        """
        offline = self._offline if offline is None else offline
        self._render_children()
        script = self.script.render()
        head = self._with_needed(script)
        elements = [*head, *self.html._children.values()]
        texts = [one.render() for one in elements]
        theirs = [text for text, one in zip(texts, elements, strict=True) if not isinstance(one, RawElement)]
        placed, remote = with_files(theirs, offline=offline is not False and self._is_built())
        self._check(foreign_files(remote), offline=offline)
        foreign = foreign_in([*theirs, script], remote, allowed=self._allowed)
        rest = iter(placed)
        texts = [text if isinstance(one, RawElement) else next(rest) for text, one in zip(texts, elements, strict=True)]
        header, body = "\n".join(texts[: len(head)]), "\n".join(texts[len(head) :])
        content = f"{header}\n</head>\n<body>\n{body}\n<script>\n{script}\n</script>\n</body>\n</html>\n"
        policy = _policy(content, foreign, self._tile_hosts, self._beside)
        return f"{_head(self.title or '', policy, self._words, foreign)}{content}"

    def _render_children(self) -> None:
        """Let the elements of the map write their parts once more; what users added stays before or after these."""
        parts = (self.header, self.html, self.script)
        split = [_without_made(part, made) for part, made in zip(parts, self._made, strict=True)]
        for part, (before, _) in zip(parts, split, strict=True):
            part._children = OrderedDict(before)
        for child in list(self._children.values()):
            child.render()  # without arguments: folium's own layers take none
        for number, (part, (before, after)) in enumerate(zip(parts, split, strict=True)):
            self._made[number] = {name: one for name, one in part._children.items() if before.get(name) is not one}
            part._children.update(after)

    def _with_needed(self, script: str) -> list[Element]:
        """Return the header's elements, after Leaflet folium's own files where an element relies on them."""
        own = list(self.header._children.items())
        markup = "\n".join(one.render() for part in (self.header, self.html) for one in _not_raw(part))
        files = needed_files(f"{markup}\n{script}", linked_files(markup))
        needed = [(name, link) for name, link in files.items() if name not in self.header._children]
        at = 1 + max((number for number, (name, _) in enumerate(own) if name == "leaflet"), default=-1)
        return [element for _, element in (*own[:at], *needed, *own[at:])]

    def _is_built(self) -> bool:
        if vendored():
            return True
        message = "built without Node: the map loads Leaflet from a CDN. Run npm ci && npm run build for a single file"
        warnings.warn(message, GeomapWarning, stacklevel=4)
        return False

    def _check(self, loaded: Sequence[str], *, offline: bool | None) -> None:
        """Say which files of plugins the page loads, or that it may not, nor tiles when it opens."""
        tiles = {url: name for child in self._children.values() for url, name in shown_tiles(child).items()}
        loaded = [*loaded, *(tiles if offline else ())]
        if not loaded or offline is False:
            return
        needing = self._needing(loaded, tiles)
        if offline:
            raise ConfigError(
                f"the page cannot be offline: {needing} needs {', '.join(loaded)}; let the page load them with "
                "offline=None, or give a plugin your own copies with .add_js_link(name, 'file:///…') and .add_css_link"
            )
        hosts = ", ".join(sorted({urlsplit(url).netloc for url in loaded}))
        message = f"for {needing} the page loads files from {hosts}: it is not one for offline use; see offline="
        warnings.warn(message, GeomapWarning, stacklevel=4)

    def _needing(self, loaded: Sequence[str], tiles: Mapping[str, str]) -> str:
        """Return in words which elements need files; those of folium's own list are for icons, or for the others."""
        links = [*self.header._children.items(), *self.html._children.items()]
        owners = {link.url: name for name, link in links if isinstance(link, Link)} | dict(tiles)
        for child in self._children.values():
            owners |= owners_of(child)
        shared = {link.url for link in promised_files().values()}
        needing = {owners.get(url, "an added element") for url in loaded if url in owners or url not in shared}
        return " and ".join(sorted(needing or {"Icon"}))


def _without_made(part: Element, made: Elements) -> tuple[Elements, Elements]:
    """Return what users added to a part, by name: what stands before the elements that a map has made, and after."""
    is_made = [made.get(name) is child for name, child in part._children.items()]
    first = next((at for at, made_here in enumerate(is_made) if made_here), len(is_made))
    theirs = [(at, pair) for at, pair in enumerate(part._children.items()) if not is_made[at]]
    return dict(pair for at, pair in theirs if at < first), dict(pair for at, pair in theirs if at > first)


def _not_raw(parent: Element) -> list[Element]:
    return [child for child in parent._children.values() if not isinstance(child, RawElement)]


def _head(title: str, policy: str, words: Words, foreign: Foreign) -> str:
    # Servers of tiles refuse pages that name no referrer; a page that asks none names none.
    referrer = "strict-origin-when-cross-origin" if foreign.hosts else "no-referrer"
    return (
        f'<!DOCTYPE html>\n<html lang="{words.language}" dir="{words.direction}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">\n'
        f'<meta name="referrer" content="{referrer}">\n'
        f"<title>{inert_text(title)}</title>\n"
    )


def _hash(code: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(code.encode('utf-8', 'replace')).digest()).decode()}'"


def _policy(content: str, foreign: Foreign, tile_hosts: Sequence[str], beside: Sequence[str]) -> str:
    """Return the Content-Security-Policy: the page, its pinned files, a file beside it, what elements brought."""
    handlers = ["'unsafe-hashes'", *map(_hash, foreign.handlers)] if foreign.handlers else []
    compiling = ["'unsafe-eval'"] if foreign.compiles else []
    near_styles = sorted({urljoin(url, "../") for url in foreign.styles if "://" in url})
    sources = {
        "default-src": ["'none'"],
        "script-src": [*map(_hash, _SCRIPT.findall(content)), *foreign.scripts, *handlers, *compiling],
        "style-src": ["'unsafe-inline'", *foreign.styles],  # folium's own elements carry style attributes
        "img-src": ["data:", *tile_hosts, *foreign.hosts, *near_styles],
        "font-src": ["data:", *foreign.hosts, *near_styles],
        "connect-src": [*beside, *foreign.hosts],
        "media-src": foreign.hosts,
        "frame-src": ["data:", *foreign.hosts] if foreign.frames else [],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(dict.fromkeys(allowed))}" for name, allowed in sources.items() if allowed)
