"""The files a page is made of: its own, and the third-party ones from the vendor folder or the CDN."""

import base64
import functools
import hashlib
import itertools
import json
import mimetypes
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from geomap.errors import ConfigError

_HERE = Path(__file__).resolve().parents[1]
VENDOR = _HERE / "vendor"
"""Copied in from npm when the package is built, with the bundle; absent from a checkout that was built without Node."""

PAGE = _HERE / "page"
"""The page's own files: style sheets, the HTML, and modules that lead from ``main.js`` to all others."""

ON_REQUEST = frozenset({"jquery.min.js"})
"""The third-party files that only some pages need: those with popups of folium's."""

BUNDLE = VENDOR / "page.js"
"""The page's modules as one small script, made by ``build_assets.mjs``; its first line says of what."""

PAGE_STYLES = ("page", "map", "events", "filters", "verdicts", "compare", "publish", "print")
"""The page's style sheets in the order they are joined."""

_IMPORT = re.compile(r"""^import [^;]*?(?P<quote>["'])(?P<path>[^"']+)(?P=quote);\n""", re.MULTILINE)
_BESIDE = re.compile(r"""url\(\s*["']?(?![a-z]+:|//|\#)(?P<path>[^"')?\#]+)[^)]*\)""", re.IGNORECASE)
"""What a style sheet asks for by its place from its own."""
_COMMENT = re.compile(r"^[ \t]*(?://.*|/\*\*(?s:.*?)\*/[ \t]*)\n", re.MULTILINE)
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


def carried(asset: Asset) -> bool:
    """Tell whether a third-party file is there, so that a page can carry it."""
    return (VENDOR / asset.name).is_file()


def vendored() -> bool:
    """Tell whether all third-party files that every page needs are there."""
    return all(carried(asset) for asset in assets().values() if asset.name not in ON_REQUEST)


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
        return f"<style>\n/*!\n{licence}*/\n{_with_inlined_images(text, VENDOR)}\n</style>"
    icons = _default_icons() if asset.name == "leaflet.js" else ""
    return f"<script>\n/*!\n{licence}*/\n{_as_script(text)}\n{icons}</script>"


def file_tag(url: str, *, style: bool) -> str:
    """Return the tag that holds a file of the user's, by its ``file:`` address, with what lies beside a style sheet.

    One that is not there, or no text in UTF-8, is a `ConfigError`.
    """
    path = Path(url2pathname(urlsplit(url).path))
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise ConfigError(
            f"{path}: cannot be read as a file of the page; give the address of one that is here"
        ) from None
    if style:
        whole = _with_inlined_images(text, path.parent).replace("</", "<\\/")
        return f"<style>\n{whole}\n</style>"
    return f"<script>\n{_as_script(text)}\n</script>"


def page_style(*, without: Collection[str] = ()) -> str:
    """Return the page's own style sheets as one, without those named."""
    return "\n".join(style_text(name) for name in PAGE_STYLES if name not in without)


def style_text(name: str) -> str:
    """Return one of the page's style sheets."""
    return (PAGE / f"{name}.css").read_text("utf-8")


def page_shell() -> str:
    """Return the page's own HTML: constant, filled in by the script."""
    return (PAGE / "page.html").read_text("utf-8")


@functools.cache
def page_script() -> str:
    """Return the page's modules as one script: bundled, or joined where the bundle is missing or they changed since."""
    bundled = bundled_script(BUNDLE, PAGE)
    return joined_script(PAGE / "main.js") if bundled is None else bundled


@functools.cache
def early_script() -> str:
    """Return what a page runs from its head, before its buttons and its data are read."""
    return joined_script(PAGE / "early.js")


def bundled_script(bundle: Path, folder: Path) -> str | None:
    """Return the script of a bundle, ``None`` where there is none or it was made of other modules than a folder has."""
    if not bundle.is_file():
        return None
    made_of, _, script = bundle.read_text("utf-8").partition("\n")
    return script.strip() if made_of == f"// {digest_of(folder)}" else None


def digest_of(folder: Path) -> str:
    """Return what tells modules from changed ones: SHA-256 of names and texts, as ``build_assets.mjs`` finds it."""
    found = hashlib.sha256()
    for name in sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.js")):
        found.update(name.encode() + b"\0" + (folder / name).read_bytes() + b"\0")
    return found.hexdigest()


def joined_script(start: Path) -> str:
    """Return a module and all it imports as one script, each module after those it imports.

    This is what a checkout without Node does. It needs no bundler: the modules use distinct top-level names, imports
    that keep them, and ``export`` before declarations, so dropping both and wrapping the rest in one function gives the
    same program. Comments that fill whole lines, a sixth of the text, are left out too.

    Raises
    ------
    ConfigError
        As `modules_in_order` does.
    """
    texts = (path.read_text("utf-8") for path in modules_in_order(start))
    body = "\n".join(_COMMENT.sub("", _EXPORT.sub("", _IMPORT.sub("", text))) for text in texts)
    return f'(function () {{\n"use strict";\n{body}}})();'


def modules_in_order(start: Path) -> list[Path]:
    """Return a module and all it leads to, each once and after those it imports, which come as its imports name them.

    A missing module, or modules that import each other in a circle, are a `ConfigError` that names them.
    """
    order: dict[Path, None] = {}

    def visit(module: Path, way: tuple[Path, ...]) -> None:
        if module in order:
            return
        if module in way:
            circle = [path.name for path in (*itertools.dropwhile(lambda path: path != module, way), module)]
            raise ConfigError(f"modules import each other in a circle: {' → '.join(circle)}")
        if not module.is_file():
            raise ConfigError(f"{way[-1].name if way else 'the page'} needs {module}, which is not there")
        for found in _IMPORT.finditer(module.read_text("utf-8")):
            visit((module.parent / found["path"]).resolve(), (*way, module))
        order[module] = None

    visit(start.resolve(), ())
    return list(order)


def _as_script(text: str) -> str:
    """Make a script one that can stand inside a page: it ends no tag and asks for no map of its source."""
    text = re.sub(r"</(?=script)", r"<\\/", text, flags=re.IGNORECASE)
    return re.sub(r"\n//# sourceMappingURL=.*", "", text).strip()


def _data_uri(path: Path) -> str:
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


def _with_inlined_images(css: str, folder: Path) -> str:
    """Put images and fonts into a style sheet, those that are where it says, or beside it."""

    def inline(found: re.Match[str]) -> str:
        path = folder / found["path"]
        path = path if path.is_file() else folder / path.name
        return f"url({_data_uri(path)})" if path.is_file() else found[0]

    return _BESIDE.sub(inline, css)


def _default_icons() -> str:
    """Give Leaflet its marker icons, which it would look for beside a style sheet that an inlined page has not."""
    files = {"iconUrl": "marker-icon.png", "iconRetinaUrl": "marker-icon-2x.png", "shadowUrl": "marker-shadow.png"}
    icons = json.dumps({option: _data_uri(VENDOR / name) for option, name in files.items()})
    return f"delete L.Icon.Default.prototype._getIconUrl;\nL.Icon.Default.mergeOptions({icons});\n"
