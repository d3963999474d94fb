"""The guide is built without a warning, leads to no page that is not there, and asks no other host for anything."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import geomap
from geomap.exporters.shapes import SHAPED
from geomap.formats import FORMATS
from tests.docs.blocks import GUIDE, ROOT

LOADED = re.compile(
    r'<(?:script|img|iframe)[^>]+src="(?:https?:)?//[^"]+|<link[^>]+href="(?:https?:)?//[^"]+|@import|url\((?:https?:)?//'
)
"""What a browser fetches by itself; a link that a reader may follow is none."""


def build_guide(folder: Path) -> None:
    """Build the guide into a folder; a broken link, a missing anchor and a page outside the contents are errors."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONWARNINGS": "default"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the guide once for all tests."""
    folder = tmp_path_factory.mktemp("guide")
    build_guide(folder)
    return folder


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    pages = [*site.rglob("*.html"), *site.rglob("*.css")]
    loaded = {found.group() for page in pages for found in LOADED.finditer(page.read_text(encoding="utf-8"))}
    assert not loaded


def test_every_public_name_is_described(site: Path) -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in (site / "reference" / "python").glob("*.html"))
    described = {identifier.rpartition(".")[2] for identifier in re.findall(r'<h[23] id="(geomap\.[\w.]+)"', pages)}
    assert set(geomap.__all__) - {"__version__"} <= described


def test_what_the_guide_takes_from_the_program_is_there(site: Path) -> None:
    commands = (site / "reference" / "commands.html").read_text(encoding="utf-8")
    tables = (site / "reference" / "tables.html").read_text(encoding="utf-8")
    assert 'id="geomap-gazetteer-import"' in commands
    assert "--blur-km" in commands
    assert all(f"<code>{column}</code>" in tables for column in ("sentence_start", "fatalities_high", "incident_id"))
    outputs = (site / "reference" / "outputs.html").read_text(encoding="utf-8")
    assert all(f"<code>{word}</code>" in outputs for word in (*FORMATS, *SHAPED["acled"], *SHAPED["ged"]))
    assert not [page for page in site.rglob("*.html") if "{{ " in page.read_text(encoding="utf-8")]


@pytest.mark.parametrize("page", sorted(GUIDE.rglob("*.md")), ids=lambda page: str(page.relative_to(GUIDE)))
def test_the_files_that_a_page_names_are_there(page: Path) -> None:
    """A path in code, from the root of the checkout; on the pages of rooms also below the room that they last named."""
    room, missing = ROOT, []
    for name in re.findall(r"`([\w./-]+)`", page.read_text(encoding="utf-8")):
        if re.fullmatch(r"(?:geomap|gazetteer|tests|training)/[\w./-]*", name) and (ROOT / name).is_dir():
            room = ROOT / name
        if not re.fullmatch(r"[\w./-]+/|[\w./-]+\.(?:py|js|css|toml|tsv|md|onnx|ipynb)", name):
            continue
        if "how-it-works" in page.parts or name.startswith(("geomap/", "tests/", "gazetteer/", "maps/")):
            found = (ROOT / name).exists() or (room / name).exists() or list((ROOT / "geomap").rglob(name.rstrip("/")))
            missing += [] if found else [name]
    assert not missing
