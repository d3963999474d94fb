"""The local server of a review: it listens on this machine alone, and answers only who knows its address.

The address holds a random token. A request without it, from a page of another origin, or under another host name (as
after DNS rebinding) is refused before anything is looked at.
"""

import json
import secrets
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from geomap.errors import ConfigError, GeomapError
from geomap.exporters.leaflet.basemap import packed
from geomap.exporters.leaflet.basemap.bundled_outlines import basemap_for
from geomap.exporters.leaflet.html.assets import VENDOR, joined_script, style_text, vendored
from geomap.exporters.leaflet.html.escaping import data_block
from geomap.exporters.leaflet.html.languages import words_of
from geomap.gazetteers import SqliteGazetteer
from geomap.review.items import found_entries, shown_item, shown_list, shown_others, sub_types
from geomap.review.session import DEGREES, TEXTS, WHOLE, Session

HOST = "127.0.0.1"
"""The loopback address: nothing outside this machine can reach it."""

MOST_BYTES = 100_000
"""Of the body of a request: a decision is a few hundred."""

_FILES = Path(__file__).resolve().parent / "files"
_USUAL_PORT = 80  # which browsers leave out of a host's name
_HEADERS: Mapping[str, str] = {
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
_KINDS: Mapping[str, tuple[type, ...]] = {
    **dict.fromkeys(("verdict", "why", *TEXTS), (str,)),
    **dict.fromkeys(DEGREES, (int, float)),
    **dict.fromkeys(WHOLE, (int,)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """Where a server listens."""

    socket: socket.socket
    """Bound to the loopback address."""
    token: str
    """What the address must hold."""

    @property
    def port(self) -> int:
        """The port, also where any free one was asked for."""
        return int(self.socket.getsockname()[1])

    @property
    def address(self) -> str:
        """The address to open."""
        return f"http://{HOST}:{self.port}/{self.token}/"


def bind(port: int) -> Bound:
    """Take a port of the loopback address, 0 for any free one, and make up a token; a `ConfigError` if it is taken."""
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((HOST, port))
        found.listen()  # from now on requests wait, and are answered as soon as the program can
    except (OSError, OverflowError) as error:
        found.close()
        raise ConfigError(f"port {port} cannot be had ({error}); choose another with --port") from None
    return Bound(socket=found, token=secrets.token_urlsafe(24))


def serve(bound: Bound, app: ASGIApp) -> None:
    """Answer until the process is interrupted."""
    import uvicorn

    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, lifespan="off", ws="none")
    uvicorn.Server(config).run(sockets=[bound.socket])


def review_app(session: Session, gazetteer: SqliteGazetteer, *, port: int, token: str) -> ASGIApp:
    """Return the program behind the address of a review; the gazetteer is searched, and names regions and countries."""
    files = page_files()
    base = packed(_base_map(session))

    async def file(request: Request) -> Response:
        name = request.path_params.get("name", "index.html")
        if name not in files:
            return _refusal("there is no such file", 404)
        media, content = files[name]
        return Response(content, media_type=media)

    async def items(_: Request) -> Response:
        listed = shown_list(session.items, session.decisions())
        facts = {"items": listed, "file": session.path.name, "who": session.who, "sub_types": sub_types()}
        return JSONResponse(facts)

    async def item(request: Request) -> Response:
        number = int(request.path_params["number"])
        if number >= len(session.items):
            return _refusal("there is no such item", 404)
        asked = session.items[number]
        told = shown_item(asked, session.decisions()[number], gazetteer)
        return JSONResponse(told | {"others": shown_others(asked, session.items)})

    async def search(request: Request) -> Response:
        return JSONResponse(found_entries(request.query_params.get("q", ""), gazetteer))

    async def base_map(_: Request) -> Response:
        return JSONResponse(base)

    async def decide(request: Request) -> Response:
        number, always, cells = _decision(json.loads(await request.body()))
        session.decide(number, verdict=cells.pop("verdict", ""), why=cells.pop("why", ""), always=always, cells=cells)
        return JSONResponse(shown_list(session.items, session.decisions()))

    async def undo(_: Request) -> Response:
        number = session.undo()
        return JSONResponse({"item": number, "items": shown_list(session.items, session.decisions())})

    routes = [
        Route(f"/{token}/", file),
        Route(f"/{token}/items", items),
        Route(f"/{token}/items/{{number:int}}", item),
        Route(f"/{token}/search", search),
        Route(f"/{token}/base", base_map),
        Route(f"/{token}/decide", decide, methods=["POST"]),
        Route(f"/{token}/undo", undo, methods=["POST"]),
        Route(f"/{token}/page/{{name}}", file),
    ]
    return Guard(Starlette(routes=routes, exception_handlers={GeomapError: _told, ValueError: _told}), port, token)


def page_files() -> Mapping[str, tuple[str, str]]:
    """Return the files of the page by name, its own and those it shares with the map: media type and content.

    That the program was built without Leaflet is a `ConfigError`.
    """
    if not vendored():
        raise ConfigError("built without Node: there is no Leaflet to review on; run npm ci && npm run build")
    words = data_block("geomap-words", words_of("en").page_data()).text
    own = (_FILES / "review.css").read_text("utf-8")
    return {
        "index.html": ("text/html", (_FILES / "review.html").read_text("utf-8").replace("[[words]]", words)),
        "review.js": ("text/javascript", joined_script(_FILES / "review.js")),
        "review.css": ("text/css", "\n".join((style_text("page"), style_text("map"), own))),
        "leaflet.js": ("text/javascript", (VENDOR / "leaflet.js").read_text("utf-8")),
        "leaflet.css": ("text/css", (VENDOR / "leaflet.css").read_text("utf-8")),
    }


class Guard:
    """Refuses what does not come from the page itself, and adds the headers that keep others from it."""

    def __init__(self, app: ASGIApp, port: int, token: str) -> None:
        self._app = app
        names = (HOST, "localhost")
        self._hosts = {f"{name}:{port}" for name in names} | ({*names} if port == _USUAL_PORT else set())
        self._start = f"/{token}/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""

        async def send_guarded(message: Any) -> None:
            if message["type"] == "http.response.start":
                extra = [(name.encode(), value.encode()) for name, value in _HEADERS.items()]
                message["headers"] = [*message.get("headers", []), *extra]
            await send(message)

        why = self._refused(Request(scope))
        answer = self._app if not why else _refusal(why, 403)
        await answer(scope, receive, send_guarded)

    def _refused(self, request: Request) -> str:
        """Say why a request is refused; empty when it is not."""
        if request.headers.get("host", "") not in self._hosts:
            return "another host name"
        start = request.url.path[: len(self._start)]
        if not secrets.compare_digest(start.encode(), self._start.encode()):
            return "the token of this review is missing; open the address that geomap review printed"
        origin = request.headers.get("origin")
        if origin is not None and origin.removeprefix("http://") not in self._hosts:
            return "another origin"
        if request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
            return "another site"
        if request.method == "POST":
            if request.headers.get("content-type", "") != "application/json":
                return "a decision is sent as JSON"
            length = request.headers.get("content-length", "")
            if not length.isdecimal() or int(length) > MOST_BYTES:
                return "a decision is short and says how long it is"
        return ""


def _refusal(why: str, status: int) -> Response:
    return PlainTextResponse(f"{why}\n", status_code=status)


async def _told(_: Request, error: Exception) -> Response:
    return JSONResponse({"error": str(error)}, status_code=400)


def _decision(body: Any) -> tuple[int, bool, dict[str, Any]]:
    """Return an item's number, whether the decision holds always, and its cells; a `ValueError` for another shape."""
    if not isinstance(body, dict) or type(body.get("item")) is not int:
        raise ValueError("a decision is an object with the number of its item")
    cells: dict[str, Any] = {name: body[name] for name in _KINDS if body.get(name) is not None}
    for name, value in cells.items():
        if type(value) not in _KINDS[name]:
            raise ValueError(f"{name} is {str(value)[:40]!r}, of the wrong kind")
    return body["item"], body.get("always") is True, cells


def _base_map(session: Session) -> Any:
    """Return the outlines of the countries that the reports name, and of the world around them."""
    entries = [item.resolution.entry for item in session.items if item.resolution and item.resolution.entry]
    return basemap_for(
        [(entry.latitude, entry.longitude) for entry in entries],
        country_codes=sorted({entry.country_code for entry in entries} - {""}),
        admin1_ids=(),
    )
