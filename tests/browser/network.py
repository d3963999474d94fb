"""A stand-in for the web: the hosts that folium's plugins load from, served from npm's copies by this machine."""

import http.server
import re
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MODULES = Path(__file__).resolve().parents[2] / "node_modules"
FOLDERS = {
    "cdnjs.cloudflare.com/ajax/libs/jquery/3.7.1": "jquery/dist",
    "cdnjs.cloudflare.com/ajax/libs/jqueryui/1.10.2": "jquery-ui/dist",
    "cdnjs.cloudflare.com/ajax/libs/leaflet-minimap/3.6.1": "leaflet-minimap/dist",
    "cdnjs.cloudflare.com/ajax/libs/leaflet.markercluster/1.1.0": "leaflet.markercluster/dist",
    "cdnjs.cloudflare.com/ajax/libs/leaflet.draw/1.0.2": "leaflet-draw/dist",
    "cdnjs.cloudflare.com/ajax/libs/moment.js/2.18.1": "moment/min",
    "cdnjs.cloudflare.com/ajax/libs/Leaflet.awesome-markers/2.0.2": "leaflet.awesome-markers/dist",
    "cdn.jsdelivr.net/gh/ljagis/leaflet-measure@2.1.7": "leaflet-measure",
    "cdn.jsdelivr.net/gh/python-visualization/folium@main/folium/templates": "leaflet.heat/dist",
    "code.jquery.com": "jquery/dist",
}
"""Where npm has what folium's plugins load, but for jsDelivr's npm addresses, which say it themselves."""
RENAMED = {"leaflet_heat.min.js": "leaflet-heat.js", "jquery-3.7.1.min.js": "jquery.min.js"}
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
KINDS = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
KINDS |= dict.fromkeys([".png", ".jpg", ".cgi"], "image/png")


def stored(address: str) -> bytes | None:
    """Return the bytes of an address without scheme: npm's copy, an empty style sheet, or a pixel of a map."""
    folder, name = address.rsplit("/", 1)
    package = re.match(r"cdn\.jsdelivr\.net/npm/((?:@[^/]+/)?[^/@]+)@[^/]+(/.*)?$", folder)
    known = next(((key, local) for key, local in FOLDERS.items() if f"{folder}/".startswith(f"{key}/")), None)
    local = f"{package[1]}{package[2] or ''}" if package else ""
    local = known[1] + folder.removeprefix(known[0]) if known else local
    stem, _, ending = name.rpartition(".")
    for one in (RENAMED.get(name, name), name.replace(".min.", "."), f"{stem}.min.{ending}"):
        if local and (MODULES / local / one).is_file():
            return (MODULES / local / one).read_bytes()
    return {"css": b"/* nothing */", "png": PIXEL, "jpg": PIXEL, "cgi": PIXEL}.get(name.rsplit(".", 1)[-1])


class _Handler(http.server.BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:  # the name that http.server calls
        self.asked.append(self.headers["Host"] + self.path)
        address = self.asked[-1].split("?")[0]
        content = stored(address)
        self.send_response(404 if content is None else 200)
        self.send_header("Content-Type", KINDS.get(Path(address).suffix, "application/octet-stream"))
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Content-Length", str(len(content or b"")))
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, *_: object) -> None:
        """Keep silent."""


@contextmanager
def web(folder: Path) -> Iterator[tuple[int, list[str]]]:
    """Serve every host on one port of this machine; gives the port and the list of what was asked for."""
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=stand-in"]
    subprocess.run([*command, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    asked: list[str] = []
    handler = type("Handler", (_Handler,), {"asked": asked})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1], asked
    server.shutdown()
    server.server_close()
    thread.join()


def missing() -> str:
    """Say what is not here of what the stand-in needs; an empty text when all is."""
    if shutil.which("openssl") is None:
        return "openssl is not here (apt install openssl)"
    if not (MODULES / "leaflet-minimap").is_dir():
        return "the plugins' scripts are not here: npm ci"
    return ""
