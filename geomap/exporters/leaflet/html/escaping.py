"""How report text gets into a page without ever being code.

branca compiles what it renders as a Jinja2 template, and then compiles the result once more, so text that reaches a
template runs on the machine that writes the map. Text therefore travels in a `RawElement`, as JSON that holds no ``<``,
and the page turns it into text nodes.
"""

import base64
import gzip
import html
import json
import re
from typing import Any
from urllib.parse import urlsplit

from branca.element import Element

Page = dict[str, Any]
"""A part of what a page holds as data: names, and values that JSON has."""

COMPRESS_ABOVE = 200_000
"""Characters of JSON above which a data block is gzipped: about where 1 MB pages begin."""

GZIP_LEVEL = 5
"""Of levels 1 to 9 on the texts of 100,000 mentions (11 MB) and on news: 6 takes one and a half times as long and saves
1 to 3 %, 9 takes two and a half times as long and saves 2 to 4 %, 3 saves a third of the time and adds 8 to 12 %."""

_IN_SCRIPT = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_IN_TEMPLATE = {ord(character): f"&#{ord(character)};" for character in "{}%`$\\"}
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class RawElement(Element):
    """A piece of page, HTML that is safe already, which is written as it is, once, and never compiled as a template."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._name = "RawElement"
        self.text = text

    def render(self, **_: Any) -> str:
        """Return the text."""
        return self.text


def json_for_script(value: object, *, lines: bool = False) -> str:
    """Write JSON that can stand inside a ``<script>``: it holds no ``<``, ``>``, ``&`` and no line separators.

    Lone surrogates are escaped too, so that the result can always be encoded. NaN and infinities raise `ValueError`.
    With ``lines`` each item of a list of texts stands on a line of its own, to be read without the others.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",\n" if lines else ",", ":"), allow_nan=False)
    for character, escaped in _IN_SCRIPT.items():  # five times as quick as str.translate
        text = text.replace(character, escaped)
    return _LONE_SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def data_block(element_id: str, value: object, *, lines: bool = False, level: int = GZIP_LEVEL) -> RawElement:
    """Make the script block that carries a value into the page, gzipped when it is long.

    The gzip header holds no time stamp, so the same value gives the same bytes. ``lines`` is that of `json_for_script`,
    ``level`` that of gzip: data that no report makes longer may take their time.
    """
    text = json_for_script(value, lines=lines)
    kind = "application/json"
    if len(text) > COMPRESS_ABOVE:
        kind = "application/gzip;base64"
        text = base64.b64encode(gzip.compress(text.encode(), level, mtime=0)).decode()
    return RawElement(f'<script type="{kind}" id="{element_id}">{text}</script>')


def safe_url(url: str) -> str:
    """Return the address if it is an http or https one with a host, else an empty string."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme.lower() in {"http", "https"} and parts.netloc else ""


def inert_text(text: str) -> str:
    """Escape text for HTML so that no template language or script string finds syntax in it either."""
    return html.escape(text.encode("utf-8", "replace").decode(), quote=True).translate(_IN_TEMPLATE)
