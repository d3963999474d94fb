"""The committed map is the one that the program makes of the sample reports."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    command = [sys.executable, "-m", "geomap", "map", "seeds/", "-o", str(folder / "demo.html")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("name", ["demo.html", "demo.csv", "demo.geojson"])
def test_the_demo_is_made_again_byte_for_byte(made: Path, name: str) -> None:
    assert (made / name).read_bytes() == (ROOT / "maps" / name).read_bytes(), "run make map and commit maps/"
