"""The committed map shows what the program makes of the sample reports.

The page itself is committed once a release, since each change of its script would be a megabyte more; what it shows is
compared at all times.
"""

import base64
import gzip
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCKS = ("geomap-data", "geomap-texts", "geomap-base")
MAKERS_OWN = ("generator", "about", "version")
"""What a page says of the program that made it."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "geomap", "map", "seeds/", "-o", str(folder / "demo.html")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


def block_of(page: str, name: str) -> Any:
    """Return a block of data of a page."""
    found = re.search(rf'<script type="([^"]*)" id="{name}">(.*?)</script>', page, re.DOTALL)
    assert found, name
    text = found[2] if found[1] == "application/json" else gzip.decompress(base64.b64decode(found[2])).decode()
    return json.loads(text)


@pytest.mark.parametrize("name", ["demo.csv", "demo.geojson"])
def test_the_tables_of_the_demo_are_made_again_byte_for_byte(made: Path, name: str) -> None:
    assert (made / name).read_bytes() == (ROOT / "maps" / name).read_bytes(), "run make map and commit maps/"


@pytest.mark.parametrize("block", BLOCKS)
def test_the_page_of_the_demo_shows_what_is_made_of_the_reports_now(made: Path, block: str) -> None:
    now, committed = (
        block_of((folder / "demo.html").read_text(encoding="utf-8"), block) for folder in (made, ROOT / "maps")
    )
    if block == "geomap-data":
        now, committed = ({k: v for k, v in one.items() if k not in MAKERS_OWN} for one in (now, committed))
    assert now == committed, "run make map and commit maps/"
