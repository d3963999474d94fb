"""The files a page is made of: its own, and the third-party ones from the vendor folder or the CDN."""

import base64
import functools
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_HERE = Path(__file__).resolve().parent
VENDOR = _HERE / "vendor"
"""Copied in from npm when the package is built; absent from a checkout that was built without Node."""

PAGE_MODULES = (
    "dom",
    "text",
    "events",
    "reports",
    "data",
    "search",
    "selection",
    "days",
    "address",
    "copies",
    "geometry",
    "labels",
    "icons",
    "symbols",
    "describe",
    "ground",
    "outlines",
    "basemap",
    "tiles",
    "boundaries",
    "buttons",
    "view",
    "eventwords",
    "regions",
    "clusters",
    "spider",
    "markers",
    "downloads",
    "verdicts",
    "judgefields",
    "judging",
    "quotes",
    "place",
    "article",
    "chooser",
    "reader",
    "places",
    "key",
    "method",
    "sheet",
    "panel",
    "active",
    "ticks",
    "choices",
    "facets",
    "found",
    "filters",
    "timeline",
    "printing",
    "main",
)
"""The page's modules in the order they are joined: a module comes after those it imports."""

PAGE_STYLES = ("page", "map", "filters", "verdicts", "print")
"""The page's style sheets in the order they are joined."""

_IMPORT = re.compile(r"^import [^;]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(async )?function|const|class|let)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asset:
    """A pinned third-party file."""

    name: str
    """File name in the vendor folder."""
    package: str
    """Name of the npm package."""
    version: str
    """Version of the package."""
    licence: str
    """SPDX identifier."""
    url: str
    """Where the CDN has the same bytes."""
    integrity: str
    """``sha384-…``, as browsers check it."""


@functools.cache
def assets() -> dict[str, Asset]:
    """Return the pinned files of ``vendor.json`` by name."""
    listed = json.loads((_HERE / "vendor.json").read_text("utf-8"))
    return {name: Asset(name=name, **facts) for name, facts in listed.items()}


def vendored() -> bool:
    """Tell whether all third-party files are there, so that a page can carry them."""
    return all((VENDOR / name).is_file() for name in assets())


def cdn_tag(asset: Asset) -> str:
    """Return the tag that loads a file from the CDN; the browser refuses it when its bytes have changed."""
    checked = f'integrity="{asset.integrity}" crossorigin="anonymous"'
    if asset.name.endswith(".css"):
        return f'<link rel="stylesheet" href="{asset.url}" {checked}>'
    return f'<script src="{asset.url}" {checked}></script>'


def inline_tag(asset: Asset) -> str:
    """Return the tag that holds the file itself, headed by its licence."""
    licence = (VENDOR / "licences" / f"{asset.package}.txt").read_text("utf-8").replace("*/", "* /")
    text = (VENDOR / asset.name).read_text("utf-8")
    if asset.name.endswith(".css"):
        return f"<style>\n/*!\n{licence}*/\n{_with_inlined_images(text)}\n</style>"
    text = re.sub(r"\n//# sourceMappingURL=.*", "", re.sub(r"</(?=script)", r"<\\/", text, flags=re.IGNORECASE))
    icons = _default_icons() if asset.name == "leaflet.js" else ""
    return f"<script>\n/*!\n{licence}*/\n{text.strip()}\n{icons}</script>"


def page_style() -> str:
    """Return the page's own style sheets as one."""
    return "\n".join(map(style_text, PAGE_STYLES))


def style_text(name: str) -> str:
    """Return one of the page's style sheets."""
    return (_HERE / "page" / f"{name}.css").read_text("utf-8")


def module_text(name: str) -> str:
    """Return one of the page's modules, to be joined with others."""
    return (_HERE / "page" / f"{name}.js").read_text("utf-8")


def page_shell() -> str:
    """Return the page's own HTML: constant, filled in by the script."""
    return (_HERE / "page" / "page.html").read_text("utf-8")


@functools.cache
def page_script() -> str:
    """Return the page's modules as one script."""
    return joined_script(list(map(module_text, PAGE_MODULES)))


def joined_script(modules: Sequence[str]) -> str:
    """Return modules as one script, each after those it imports.

    Joining needs no bundler: the modules use distinct top-level names, one-line imports and ``export`` before
    declarations, so dropping both and wrapping the rest in one function gives the same program.
    """
    body = "\n".join(_EXPORT.sub("", _IMPORT.sub("", module)) for module in modules)
    return f'(function () {{\n"use strict";\n{body}}})();'


def _data_uri(name: str) -> str:
    return f"data:image/png;base64,{base64.b64encode((VENDOR / name).read_bytes()).decode()}"


def _with_inlined_images(css: str) -> str:
    return re.sub(r"url\(images/([\w.-]+)\)", lambda match: f"url({_data_uri(match[1])})", css)


def _default_icons() -> str:
    """Give Leaflet its marker icons, which it would look for beside a style sheet that an inlined page has not."""
    files = {"iconUrl": "marker-icon.png", "iconRetinaUrl": "marker-icon-2x.png", "shadowUrl": "marker-shadow.png"}
    icons = json.dumps({option: _data_uri(name) for option, name in files.items()})
    return f"delete L.Icon.Default.prototype._getIconUrl;\nL.Icon.Default.mergeOptions({icons});\n"
