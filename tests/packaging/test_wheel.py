"""The wheel, installed in a bare environment and run from another folder with the network off."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import pytest

import geomap
from geomap.exporters.csv_jsonl import to_csv
from geomap.exporters.leaflet.html.assets import bundled_script, joined_script

pytestmark = pytest.mark.packaging

ROOT = Path(__file__).resolve().parents[2]
REPORT = """Title: Shelling
URL: https://example.org/1
Published: 2024-09-06

Artillery struck the outskirts of Pokrovsk on Friday, and drones hit Sudzha in the Kursk region.
Nobody was hurt in Kharkiv.
"""
NO_NETWORK = '''"""Refuses every connection but those within the machine."""
import socket

def refuse(self, address, *rest):
    raise RuntimeError(f"a connection was tried: {address}")

socket.socket.connect = socket.socket.connect_ex = refuse
socket.getaddrinfo = lambda *args, **more: refuse(None, args)
'''


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        [str(word) for word in command], cwd=cwd, env={**os.environ, **environment}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel of this checkout."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, cwd=ROOT)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def bare(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel where the dependencies of this environment are seen, but not its geomap; return its ``bin``."""
    folder = tmp_path_factory.mktemp("bare")
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder)
    python = folder / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "-q", "--no-deps", "--no-index", wheel, cwd=folder)
    packages = next(folder.glob("lib/python*/site-packages"))
    # A path file in a folder that a path file names is not read, so the editable install of this checkout stays out.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    (packages / "sitecustomize.py").write_text(NO_NETWORK)
    return folder / "bin"


def without_network() -> list[str]:
    """Return the words before a command that take its network away, where this machine allows it."""
    words = ["unshare", "--map-root-user", "--net"]
    allowed = shutil.which("unshare") and subprocess.run([*words, "true"], capture_output=True).returncode == 0
    return words if allowed else []


def test_the_wheel_carries_the_gazetteer_and_the_page_and_no_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        names = set(opened.namelist())
    assert names >= {
        "geomap/py.typed",
        "geomap/bundled/gazetteer.sqlite",
        "geomap/bundled/gazetteer.names.npz",
        "geomap/bundled/iso_3166_2.tsv",
        "geomap/bundled/outlines.topojson",
        "geomap/bundled/towns.tsv",
        "geomap/bundled/waters.json.gz",
        "geomap/bundled/SOURCES.toml",
        "geomap/exporters/leaflet/vendor.json",
        "geomap/exporters/leaflet/vendor/leaflet.js",
        "geomap/exporters/leaflet/vendor/leaflet.css",
        "geomap/exporters/leaflet/vendor/page.js",
        "geomap/exporters/leaflet/vendor/jquery.min.js",
        "geomap/exporters/leaflet/vendor/supercluster.min.js",
        "geomap/exporters/leaflet/vendor/protomaps-leaflet.js",
        "geomap/bundled/LICENSE.airportsdata",
        "geomap/bundled/LICENSE.unicode",
        "geomap/models/CARD.md",
        "geomap/models/CARD-resolver.md",
        "geomap/models/resolver.json",
        "geomap/models/encoder.onnx",
        "geomap/models/fast.onnx",
        "geomap/models/tokenizer.json",
        "geomap/recognizers/words.toml",
    }
    assert any(name.endswith("dist-info/licenses/LICENSE") for name in names)
    tops = {name.split("/")[0] for name in names}
    assert tops == {"geomap", f"geomap-{geomap.__version__}.dist-info"}
    assert not [name for name in names if "__pycache__" in name or "/test" in name]
    makers = tuple(f"geomap/training/{name}" for name in ("event_", "marked", "recognizer.py", "softmax"))
    assert not [name for name in names if name.startswith(makers)]
    assert "geomap/training/resolver.py" in names  # users go on training it
    assert wheel.stat().st_size < 64_000_000


def test_the_bundle_of_the_wheel_is_made_of_its_modules(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        opened.extractall(tmp_path)
    folder = tmp_path / "geomap" / "exporters" / "leaflet"
    script = bundled_script(folder / "vendor" / "page.js", folder / "page")
    assert script is not None
    assert script.isascii()
    assert len(script) < 0.65 * len(joined_script(folder / "page" / "main.js"))


def test_the_source_archive_can_be_built_without_node(tmp_path: Path) -> None:
    run(sys.executable, "-m", "build", "--sdist", "--no-isolation", "--outdir", tmp_path, cwd=ROOT)
    archive = next(tmp_path.glob("*.tar.gz"))
    with tarfile.open(archive) as opened:
        names = {name.partition("/")[2] for name in opened.getnames()}
    assert names >= {
        "hatch_build.py",
        "gazetteer/SOURCES.toml",
        "gazetteer/recipe/build.py",
        "geomap/exporters/leaflet/vendor/leaflet.js",
        "geomap/exporters/leaflet/vendor/page.js",
        "LICENSE",
    }
    assert not [name for name in names if name.startswith((".venv", "node_modules", ".ci"))]
    assert not {"gazetteer/gazetteer.sqlite", "gazetteer/gazetteer.names.npz"} & names


def test_an_installed_wheel_maps_reports_from_any_folder_without_the_network(bare: Path, tmp_path: Path) -> None:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "one.txt").write_text(REPORT, encoding="utf-8")
    home = run(bare / "python", "-c", "import geomap; print(geomap.__file__)", cwd=tmp_path)
    assert home.startswith(str(bare.parent))
    run(*without_network(), bare / "geomap", "map", "reports", "-o", "out.html", cwd=tmp_path)
    assert "Pokrovsk" in (tmp_path / "out.html").read_text(encoding="utf-8")
    here = geomap.to_mentions(geomap.Geoparser().parse(geomap.read_documents(str(tmp_path / "reports"))))
    assert {"Pokrovsk", "Kharkiv"} <= set(here["toponym"])
    assert (tmp_path / "out.csv").read_text(encoding="utf-8") == to_csv(here)


def test_an_installed_wheel_answers_without_the_network(bare: Path, tmp_path: Path) -> None:
    quiet = without_network()
    assert "geonames:704422" in run(*quiet, bare / "geomap", "lookup", "--json", "Pokrovsk", cwd=tmp_path)
    assert "GeoNames" in run(*quiet, bare / "geomap", "info", cwd=tmp_path)
    run(*quiet, bare / "geomap", "gazetteer", "verify", cwd=tmp_path)


def test_spacy_and_pandas_find_an_installed_wheel(bare: Path, tmp_path: Path) -> None:
    made = "import spacy; nlp = spacy.blank('en'); nlp.add_pipe('geomap'); doc = nlp('Shelling hit Pokrovsk.')"
    found = f"{made}; print(doc.spans['places'][0].kb_id_)"  # with no import of geomap
    assert "geonames:704422" in run(bare / "python", "-c", found, cwd=tmp_path)
    parsed = (
        "import pandas, geomap.pandas; print(pandas.Series(['Shelling hit Sumy.']).geomap.parse()['name'].tolist())"
    )
    assert "['Sumy']" in run(bare / "python", "-c", parsed, cwd=tmp_path)
