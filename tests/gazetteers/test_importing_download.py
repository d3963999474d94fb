"""Downloads from a server on this machine: whole, broken off and gone on with, refused."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from geomap.errors import ConfigError, GazetteerError
from geomap.gazetteers import gazetteer_info, load_gazetteer
from geomap.gazetteers.importing.downloading import fetch
from tests.gazetteers.importing_files import geonames_line, run, write_dump

DAY = "Wed, 01 Jan 2025 10:00:00 GMT"


@dataclass
class Mirror:
    """What the server holds and how it behaves."""

    files: dict[str, bytes] = field(default_factory=dict)
    tag: str = '"one"'
    day: str = DAY
    whole: bool = False
    most: int = 1 << 30
    ranges: list[str] = field(default_factory=list)
    address: str = ""


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    here = Mirror()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            data = here.files.get(self.path.rpartition("/")[2])
            if data is None:
                self.send_error(404)
                return
            begin, wanted = 0, self.headers.get("Range", "")
            here.ranges.append(wanted)
            if wanted and self.headers.get("If-Range") == here.tag:
                begin = 0 if here.whole else int(wanted.removeprefix("bytes=").removesuffix("-"))
            self.send_response(206 if wanted and (begin or here.whole) else 200)
            if wanted:
                self.send_header("Content-Range", f"bytes {begin}-{len(data) - 1}/{len(data)}")
            self.send_header("Content-Length", str(len(data) - begin))
            self.send_header("ETag", here.tag)
            self.send_header("Last-Modified", here.day)
            self.end_headers()
            self.wfile.write(data[begin : begin + here.most])

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here.address = f"http://127.0.0.1:{server.server_port}/dump"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield here
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def dump(tmp_path: Path) -> bytes:
    lines = [geonames_line(n, f"Zzvillage {n * 7919 % 1000}", (48.0, 37.0 + n / 1e5)) for n in range(1, 2000)]
    return write_dump(tmp_path / "ZZ.zip", lines).read_bytes()


def test_a_dump_is_fetched_imported_and_told_of(
    mirror: Mirror, dump: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEOMAP_GAZETTEERS", str(tmp_path / "own"))
    mirror.files["ZZ.zip"] = dump
    code, _, words = run("download", "zz", "--from", mirror.address)
    assert code == 0, words
    assert f"ZZ.zip: {len(dump):,} bytes from {mirror.address}/ZZ.zip" in words
    assert load_gazetteer().has_name("Zzvillage 919")
    imported = gazetteer_info("ZZ")["imported"]
    assert isinstance(imported, dict)
    assert (imported["bytes"], imported["date"], imported["origin"]) == (
        len(dump),
        "2025-01-01",
        f"{mirror.address}/ZZ.zip",
    )
    assert len(imported["sha256"]) == 64
    assert not list((tmp_path / "own" / "downloads").iterdir())


def test_a_download_that_breaks_off_goes_on(mirror: Mirror, dump: bytes, tmp_path: Path) -> None:
    mirror.files["ZZ.zip"], mirror.most = dump, 5000
    with pytest.raises(GazetteerError, match=r"broke off .*5,000 bytes are kept, run the same command again"):
        fetch("ZZ.zip", tmp_path / "d", origin=mirror.address)
    assert not (tmp_path / "d" / "ZZ.zip").exists()
    mirror.most = 1 << 30
    path, _ = fetch("ZZ.zip", tmp_path / "d", origin=mirror.address)
    assert path.read_bytes() == dump
    assert mirror.ranges == ["", "bytes=5000-"]
    assert [one.name for one in (tmp_path / "d").iterdir()] == ["ZZ.zip"]


def test_a_download_begins_anew_when_the_file_has_changed(mirror: Mirror, dump: bytes, tmp_path: Path) -> None:
    mirror.files["ZZ.zip"], mirror.most = b"x" * 20_000, 5000
    with pytest.raises(GazetteerError, match="broke off"):
        fetch("ZZ.zip", tmp_path / "d", origin=mirror.address)
    mirror.files["ZZ.zip"], mirror.most, mirror.tag = dump, 1 << 30, '"two"'
    assert fetch("ZZ.zip", tmp_path / "d", origin=mirror.address)[0].read_bytes() == dump


def test_what_is_not_there_is_refused(mirror: Mirror, tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"QQ\.zip: 404 Not Found; check the name, or give a mirror with --from"):
        fetch("QQ.zip", tmp_path, origin=mirror.address)
    with pytest.raises(GazetteerError, match=r"broke off \(.*refused"):
        fetch("QQ.zip", tmp_path, origin="http://127.0.0.1:1")
    with pytest.raises(GazetteerError, match="no such file"):
        fetch("QQ.zip", tmp_path / "d", origin=str(tmp_path))
    with pytest.raises(ConfigError, match="neither a folder nor an address"):
        fetch("QQ.zip", tmp_path, origin="ftp://example.org")


def test_a_truncated_dump_of_a_folder_is_refused(dump: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GEOMAP_GAZETTEERS", str(tmp_path / "own"))
    (tmp_path / "ZZ.zip").write_bytes(dump[:-200])
    code, _, words = run("download", "ZZ", "--from", str(tmp_path))
    assert (code, "is cut off or damaged" in words) == (1, True)
    assert run("list")[1] == ""


def test_a_download_that_is_no_whole_archive_is_refused_and_not_kept(
    mirror: Mirror, dump: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEOMAP_GAZETTEERS", str(tmp_path / "own"))
    damaged = dump[:200] + b"\0" * 50 + dump[250:]
    for bad in (dump[:-200], damaged, b"<html>under maintenance</html>"):
        mirror.files["ZZ.zip"] = bad
        code, _, words = run("download", "ZZ", "--from", mirror.address)
        assert (code, "is no whole archive" in words) == (1, True), words
        assert not list((tmp_path / "own" / "downloads").iterdir())
    mirror.files["ZZ.zip"] = dump
    assert run("download", "ZZ", "--from", mirror.address)[0] == 0


def test_a_download_of_what_cannot_be_imported_is_not_kept(
    mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEOMAP_GAZETTEERS", str(tmp_path / "own"))
    mirror.files["ZZ.zip"] = write_dump(tmp_path / "ZZ.zip", ["1\t2\t3"]).read_bytes()
    assert run("download", "ZZ", "--from", mirror.address)[0] == 1
    assert not list((tmp_path / "own" / "downloads").iterdir())


def test_a_server_with_an_odd_date_or_the_wrong_part_is_borne(mirror: Mirror, dump: bytes, tmp_path: Path) -> None:
    mirror.files["ZZ.zip"], mirror.day, mirror.most, mirror.whole = dump, "yesterday", 5000, True
    with pytest.raises(GazetteerError, match="broke off"):
        fetch("ZZ.zip", tmp_path / "d", origin=mirror.address)
    mirror.most = 1 << 30
    assert fetch("ZZ.zip", tmp_path / "d", origin=mirror.address)[0].read_bytes() == dump
    assert mirror.ranges == ["", "bytes=5000-"]
