"""The files of the review's page: its own, and the modules, colours and ground that it shares with the map."""

from collections.abc import Mapping
from pathlib import Path

from geomap.errors import ConfigError
from geomap.exporters.leaflet.html.assets import VENDOR, joined_script, style_text, vendored
from geomap.exporters.leaflet.html.escaping import data_block
from geomap.exporters.leaflet.html.languages import words_of

_FILES = Path(__file__).resolve().parent / "files"
_SCRIPT, _STYLE = "text/javascript", "text/css"


def page_files() -> Mapping[str, tuple[str, str]]:
    """Return the files of the page by name: media type and content.

    Raises
    ------
    ConfigError
        If the program was built without Leaflet.
    """
    if not vendored():
        raise ConfigError("built without Node: there is no Leaflet to review on; run npm ci && npm run build")
    words = data_block("geomap-words", words_of("en").page_data()).text
    return {
        "index.html": ("text/html", _own("review.html").replace("[[words]]", words)),
        "review.js": (_SCRIPT, joined_script(_FILES / "review.js")),
        "review.css": (_STYLE, f"{style_text('page')}\n{style_text('map')}\n{_own('review.css')}"),
        "leaflet.js": (_SCRIPT, _vendor("leaflet.js")),
        "leaflet.css": (_STYLE, _vendor("leaflet.css")),
    }


def _own(name: str) -> str:
    return (_FILES / name).read_text("utf-8")


def _vendor(name: str) -> str:
    return (VENDOR / name).read_text("utf-8")
